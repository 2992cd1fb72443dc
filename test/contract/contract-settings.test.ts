import t from 'tap'
import { ClientHistory } from '../../src/sandbox/client-history.js'
import { Coverage } from '../../src/contract/coverage.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { SEARCH, NUMBERS, warningsOf, BUY, e911, AMBIGUOUS } from './warnings-under-test.js'

t.test('With --contract strict a request with a warning is refused, and the warning named', async (t) => {
  const { call } = await emulatorFor(t, { contract: 'strict' })
  const refused = await call({ method: 'GET', url: '/v2/phone_numbers?prefix=415233' })
  t.match(refused, { status: 400, body: { message: 'contract violation', data: { prefix_form: { section: String } } } })
  t.equal((await call(SEARCH)).status, 200)
  t.match(await call({ method: 'GET', url: NUMBERS }), { status: 401 }, 'what is refused anyway keeps its answer')
})

t.test('With --contract off nothing is read', async (t) => {
  const { call } = await emulatorFor(t, { contract: 'off' })
  t.same(warningsOf(await call({ method: 'GET', url: '/v2/phone_numbers?prefix=415233' })), [])
})

t.test('Waiting on the clock of the sandbox is waiting', async (t) => {
  const { call } = await emulatorFor(t)
  await call(SEARCH)
  await call({ ...BUY, headers: { prefer: 'example=too_many_requests' } })
  await call({ method: 'POST', url: '/__admin/clock/advance', body: { seconds: 1 } })
  t.same(warningsOf(await call(BUY)), [])
})

t.test('A reset takes back what was said', async (t) => {
  const { call } = await emulatorFor(t)
  for (const one of [SEARCH, BUY, e911(AMBIGUOUS)]) await call(one)
  await call({ method: 'POST', url: '/__admin/reset' })
  for (const one of [SEARCH, BUY]) await call(one)
  t.same(warningsOf(await call(e911(AMBIGUOUS))), [])
})

t.test('Memory is bounded, the oldest goes first', async (t) => {
  const history = new ClientHistory(new Coverage())
  for (let i = 0; i <= 1_000; i++) history.rememberChoice(String(i), 'x')
  t.same([history.wasOfferedChoice('0', 'x'), history.wasOfferedChoice('1', 'x')], [false, true])
})
