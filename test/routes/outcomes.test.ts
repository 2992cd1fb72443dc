import t from 'tap'
import { exampleProblem } from '../../src/contract/example-problems.js'
import { OPERATIONS, type Operation } from '../../src/contract/outcomes.js'
import { PROBLEMS, type Kind } from '../../src/problems.js'

t.test('Every failure can be asked for, and names in JSON what it is about', async (t) => {
  const number = '+14155550142'
  const subjects = [
    { numbers: [number], account: 'demo', address: { locality: 'SAN FRANCISCO' } },
    { numbers: [], account: '', address: {} }
  ]
  for (const kind of Object.keys(PROBLEMS) as Kind[]) {
    for (const subject of subjects) {
      const { status, title, data } = exampleProblem(kind, subject)
      t.equal(status, PROBLEMS[kind].status, kind)
      t.equal(title, PROBLEMS[kind].message, kind)
      t.same(JSON.parse(JSON.stringify(data)), data, `${kind} is JSON`)
    }
  }
  const about: [kind: Kind, text: string][] = [
    ['number_exists', number],
    ['client_error', number],
    ['account_unknown', 'demo'],
    ['multiple_choice', 'SAN FRANCISCO']
  ]
  for (const [kind, text] of about) {
    const [subject] = subjects
    if (subject !== undefined) t.ok(JSON.stringify(exampleProblem(kind, subject).data).includes(text), kind)
  }
})

t.test('Every outcome of an operation has its own name, and is a success or an existing failure', async (t) => {
  for (const [name, { outcomes }] of Object.entries<Operation>(OPERATIONS)) {
    t.equal(new Set(outcomes.map((outcome) => outcome.name)).size, outcomes.length, name)
    t.same(
      outcomes.filter(({ kind }) => kind === undefined).map((outcome) => outcome.name),
      ['success'],
      name
    )
    for (const { kind } of outcomes) if (kind !== undefined) t.ok(Object.hasOwn(PROBLEMS, kind), `${name}: ${kind}`)
  }
})
