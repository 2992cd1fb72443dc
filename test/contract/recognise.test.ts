/** Every outcome is recognised by the answer that it has, in the forms of every dialect. */
import t from 'tap'
import { exampleProblem } from '../../src/contract/example-problems.js'
import { allOutcomes, formsOf, OPERATION_NAMES, outcomeOf, type OperationName } from '../../src/contract/outcomes.js'
import { recogniseEnd } from '../../src/contract/recognise.js'
import type { JsonValue } from '../../src/json.js'
import { PROBLEMS, type Kind } from '../../src/problems.js'

const NUMBER = '+14155550100'
const ACCOUNT = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'
const ABOUT = { numbers: [NUMBER], account: ACCOUNT, address: { street_address: '1 Main St' } }

function envelopeOf(kind: Kind): JsonValue {
  const { status, title, data } = exampleProblem(kind, ABOUT)
  return { data, error: String(status), message: title, status: 'error' }
}

function recognised(operation: OperationName | undefined, status: number, body: JsonValue | undefined) {
  const end = recogniseEnd(operation, status, body)
  return end === undefined ? undefined : outcomeOf(operation, end.kind)?.name
}

for (const operation of OPERATION_NAMES) {
  t.test(`Every answer of ${operation} is recognised`, async (t) => {
    for (const { name, kind } of allOutcomes(operation)) {
      // The connection closes, and there is nothing to recognise.
      if (kind === 'connection_closed') continue
      if (kind === undefined) t.equal(recognised(operation, 201, { data: {}, status: 'success' }), name)
      else
        for (const form of formsOf(kind))
          t.equal(recognised(operation, PROBLEMS[form].status, envelopeOf(form)), name, form)
    }
  })
}

t.test('A collection of which some numbers failed is recognised by its message', async (t) => {
  const body = {
    data: { [NUMBER]: { code: 404, message: 'bad_identifier' } },
    message: 'client error',
    status: 'error'
  }
  t.equal(recognised('buy_collection', 400, body), 'some_failed')
})

const FAULT = { code: 500, error: 'unspecified_fault' }
const UNKNOWN: readonly [title: string, status: number, body: JsonValue | undefined][] = [
  ['a text', 200, 'OK'],
  ['nothing', 204, undefined],
  ['a success without an envelope', 200, { data: [] }],
  ['a failure in the status of a success', 200, { status: 'error' }],
  ['a status that its message does not have', 500, { data: {}, message: 'bad_identifier', status: 'error' }],
  ['a message that no failure has', 404, { data: {}, message: 'gone', status: 'error' }],
  [
    'a fault that could be any of several',
    500,
    { data: { ...FAULT, message: 'no reason' }, message: 'unspecified_fault' }
  ],
  ['a list in the place of an object', 500, { data: [], message: 'unspecified_fault' }]
]
for (const [title, status, body] of UNKNOWN) {
  t.test(`An answer is not guessed: ${title}`, async (t) => {
    t.equal(recognised('buy', status, body), undefined)
  })
}
