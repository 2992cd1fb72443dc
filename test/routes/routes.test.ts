import { join } from 'node:path'
import t from 'tap'
import { openConnection } from '../../db/connection.js'
import { checkEnvelope } from '../harness/answer.js'
import { bought, BOUGHT, FIRST, read, store } from '../harness/calls.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { playerFor } from '../harness/play.js'
import { BEYOND } from './beyond.cases.js'
import { DECISIONS } from './decisions.cases.js'
import { caseOf } from './document-example.js'
import { EXAMPLES } from './document.cases.js'
import { LIST_CASES } from './list.cases.js'
import { MAGIC_ADDRESS_CASES, MAGIC_NUMBER_CASES } from './magic.cases.js'
import { SEARCHES } from './search.cases.js'

const { play, walk } = playerFor(t)

t.test('Every example of the document is answered as it is printed', (t) => play(t, EXAMPLES.map(caseOf), ['oneuc']))

t.test('Where the document is silent, the emulator answers as the documentation says', async (t) => {
  for (const { title, cases } of DECISIONS) await t.test(title, (t) => play(t, cases, ['oneuc']))
})

t.test('I filter a list and turn its pages', (t) => play(t, LIST_CASES, ['oneuc']))
t.test('A magic number makes a purchase fail as its digits say', (t) => play(t, MAGIC_NUMBER_CASES, ['oneuc']))
t.test('A magic address makes E911 fail as its words say', (t) => play(t, MAGIC_ADDRESS_CASES, ['oneuc']))
t.test('I search for numbers in both dialects', (t) => play(t, SEARCHES))
t.test('I call the endpoints that the document leaves out', (t) => play(t, BEYOND))

t.test('Every answer has a named outcome in the other dialect too', async (t) => {
  const decisions = DECISIONS.flatMap(({ cases }) => cases)
  for (const cases of [decisions, LIST_CASES, MAGIC_NUMBER_CASES, MAGIC_ADDRESS_CASES]) {
    await walk(t, cases, 'kazoo-4.3')
  }
})

t.test('A defect of the server is answered in the envelope', async (t) => {
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

const STREET = { street_address: '116 NATOMA ST', locality: 'SAN FRANCISCO', region: 'CA', postal_code: '94105' }

for (const [where, file] of [
  ['in memory', undefined],
  ['in a file', 'numbers.db']
] as const) {
  t.test(`An address is found ${where} although the first one that was sent was not`, async (t) => {
    const { call } = await emulatorFor(t, { db: file === undefined ? undefined : join(t.testdir(), file) })
    for (const step of bought(FIRST)) await call(step)
    t.equal((await call(store(FIRST, { e911: { ...STREET, street_address: '999999 NOWHERE ST' } }))).status, 400)
    const found = await call(store(FIRST, { e911: STREET }))
    t.match(found, { status: 200, body: { data: { e911: { plus_four: '3745' } } } })
  })
}
