import { join } from 'node:path'
import t from 'tap'
import { openConnection } from '../../db/connection.js'
import { emulatorFor } from '../emulator-under-test.js'
import { BAD_INPUT } from './bad-input.cases.js'
import { BOUGHT, read } from './calls.js'
import { DECISIONS } from './decisions.cases.js'
import { EXAMPLES } from './document.cases.js'
import { replayExample } from './example.js'
import { LIST_CASES } from './list.cases.js'
import { MAGIC_ADDRESS_CASES, MAGIC_NUMBER_CASES } from './magic.cases.js'
import { PLUMBING } from './plumbing.cases.js'
import { checkEnvelope, replay, reset, subjectsFor, type Case } from './replay.js'
import { TOKEN_CASES } from './tokens.cases.js'

const subjects = subjectsFor(t)

t.test('the examples of the document', async (t) => {
  const subject = await subjects()
  for (const example of EXAMPLES) await t.test(example.says, (t) => replayExample(t, subject, example))
})

t.test('what is decided where the document is silent', async (t) => {
  for (const { point, cases } of DECISIONS) await t.test(point, (t) => replay(t, subjects, cases))
})

t.test('filters and pages', (t) => replay(t, subjects, LIST_CASES))
t.test('magic numbers', (t) => replay(t, subjects, MAGIC_NUMBER_CASES))
t.test('magic addresses', (t) => replay(t, subjects, MAGIC_ADDRESS_CASES))
t.test('tokens and accounts', (t) => replay(t, subjects, TOKEN_CASES))

t.test('the plumbing that clients rely on', async (t) => {
  for (const [subject, cases] of Object.entries(PLUMBING)) await t.test(subject, (t) => replay(t, subjects, cases))
})

t.test('what no client should send', async (t) => {
  for (const [subject, cases] of Object.entries(BAD_INPUT)) await t.test(subject, (t) => replay(t, subjects, cases))
})

/** All cases that are rows of tables, whatever they are about. */
const CASES: readonly Case[] = [
  ...DECISIONS.flatMap(({ cases }) => cases),
  ...LIST_CASES,
  ...MAGIC_NUMBER_CASES,
  ...MAGIC_ADDRESS_CASES,
  ...TOKEN_CASES,
  ...Object.values(PLUMBING).flat(),
  ...Object.values(BAD_INPUT).flat()
]

t.test('every answer has a named outcome in the dialect of the reference too', async (t) => {
  const subjects = subjectsFor(t)
  for (const { flags, given = [], when } of CASES) {
    // The emulator itself is under watch: it fails the test where a name is missing.
    const subject = await subjects({ ...flags, dialect: 'kazoo-4.3' })
    await reset(subject)
    for (const { status: _, ...call } of given) await subject.call(call)
    t.ok((await subject.call(when)).status, `${when.method} ${when.url}`)
  }
})

t.test('an answer may be dressed for those who look at it', async (t) => {
  const { app } = await emulatorFor(t)
  const url = '/v2/phone_numbers?prefix=4152338397'
  const plain = await app.inject(`${url}&pretty_print=true`)
  t.match(plain.payload, '{\n  "auth_token": "",\n  "data": [\n    {\n      "e164"', 'with indents')
  const header = await app.inject({ url, headers: { 'x-pretty-print': 'true' } })
  t.match(header.payload, '{\n  "auth_token"', 'with indents by a header')
  const script = await app.inject(`${url}&jsonp=window.show`)
  t.match(script.payload, /^window\.show\(\{.*\}\);$/, 'as a script')
  const foreign = await app.inject(`${url}&jsonp=alert(1)//`)
  t.match(foreign.payload, /^\{/, 'as no script that a name cannot be')
})

t.test('a defect of the server wears the envelope', async (t) => {
  const file = join(t.testdir(), 'numbers.db')
  const subject = await emulatorFor(t, { db: file })
  const connection = openConnection(file)
  connection.exec('DROP TABLE number')
  connection.close()
  const reply = await subject.call(read(BOUGHT))
  t.equal(reply.status, 500)
  checkEnvelope(t, reply, 200)
  t.strictSame(reply.body.data, { message: 'unspecified fault' })
  t.equal(reply.body.message, 'unspecified_fault')
})
