import t from 'tap'
import { CHILD } from '../harness/calls.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { adminFor, at, NUMBERS, rows } from './admin-under-test.js'

const OTHER = 'a'.repeat(32)

const FIRST = '%2B14152338397'

t.test('A reset of an account leaves the others as they are', async (t) => {
  const subject = await adminFor(t)
  const { admin, api, find } = subject
  await api('GET', '/v2/phone_numbers?prefix=415&quantity=2')
  await api('PUT', `${NUMBERS}/${FIRST}/activate`)
  await api('DELETE', `${NUMBERS}/%2B14155234712`)
  await admin('POST', '/numbers', [{ e164: '+14155550123', state: 'in_service', owner: OTHER }])
  for (const account of [DEMO, OTHER])
    await admin('POST', '/faults', { account, operation: 'read', outcome: 'datastore_unreachable' })
  const login = await api('PUT', '/v2/api_auth', { data: { api_key: 'any' } })
  t.equal(login.status, 201)
  const { status, body } = await admin('POST', `/reset?account=${DEMO}`)
  t.strictSame([status, body], [200, { status: 'reset', sandbox: 'default', account: DEMO, numbers: 3 }])
  t.equal(find('+14152338397'), undefined, 'what it has bought is gone')
  t.equal(find('+14155234712')?.state, 'in_service', 'what it has removed is back')
  t.equal(find('+14155550123')?.owner, OTHER)
  t.strictSame(
    rows((await admin('GET', '/faults')).body.faults).map(({ account }) => account),
    [OTHER]
  )
  t.strictSame(subject.sandbox.store.tokens.all(), [])
  t.strictSame((await admin('POST', `/reset?account=${OTHER}&to=empty`)).body.numbers, 0)
  t.equal(find('+14155550123'), undefined)
})

t.test('A reset of an account brings its own rules and rates back, and leaves those of the others', async (t) => {
  const faults = [DEMO, CHILD].map((account) => ({ name: account, account, operation: 'read', status: 503 }))
  const settings = { rate_limit: [{ operation: 'list', per_minute: 1 }] }
  const numbers = [{ e164: '+14155550123', state: 'in_service', owner: CHILD }]
  const tokens = [{ token: 'of-a-login', account: DEMO, expires: 3_600_000 }]
  const { admin, api, find } = await adminFor(t, {
    clock: 0,
    seedJson: JSON.stringify({ numbers, tokens, faults, settings })
  })
  const listed = async (account: string) => (await api('GET', `/v2/accounts/${account}/phone_numbers`)).status
  for (const account of [DEMO, CHILD]) t.strictSame([await listed(account), await listed(account)], [200, 429])
  await admin('DELETE', '/faults')
  await api('DELETE', `/v2/accounts/${CHILD}/phone_numbers/%2B14155550123`)
  await admin('POST', `/reset?account=${DEMO}`)
  t.not(find('+14155550123')?.state, 'in_service')
  t.match(at((await admin('GET', '/state')).body, 'tokens', 0), { account: DEMO })
  t.strictSame(
    rows((await admin('GET', '/faults')).body.faults).map(({ name }) => name),
    [DEMO]
  )
  t.strictSame([await listed(DEMO), await listed(CHILD)], [200, 429])
})

t.test('A number of the fixtures that another account has stays there', async (t) => {
  const { admin, find } = await adminFor(t)
  await admin('POST', '/numbers', [{ e164: '+14155234712', state: 'in_service', owner: OTHER }])
  t.equal((await admin('POST', `/reset?account=${DEMO}`)).body.numbers, 2)
  t.equal(find('+14155234712')?.owner, OTHER)
})

t.test('An account that there is not cannot be reset', async (t) => {
  const { admin } = await adminFor(t, { accounts: 'known' })
  const near = await admin('POST', `/reset?account=${DEMO.replace(/e$/, '')}`)
  t.match([near.status, near.body.at, near.body.message], [404, '/account', new RegExp(`did you mean "${DEMO}"`)])
  t.equal((await admin('POST', `/reset?account=${OTHER}`)).status, 404)
  const both = await admin('POST', `/reset?account=${DEMO}&only=numbers`)
  t.match([both.status, both.body.at], [400, '/only'])
  await admin('PATCH', '/sandboxes/default', { accounts: 'auto' })
  t.equal((await admin('POST', `/reset?account=${OTHER}`)).status, 200, 'any account exists while accounts are auto')
  t.equal((await admin('POST', '/reset?account=short')).status, 404)
})
