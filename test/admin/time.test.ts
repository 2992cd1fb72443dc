import t from 'tap'
import { toGregorian } from '../../src/sandbox/clock.js'
import { ADDRESS, at, adminFor, NUMBERS, text, type Admin } from './admin-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`

const NEW = `${NUMBERS}/%2B12015550123`

const FROZEN = Date.parse('2024-01-31T12:00:00Z')

const stateOf = async ({ api }: Pick<Admin, 'api'>, path = OWN) => at((await api('GET', path)).body, 'data', 'state')

const e911Of = async ({ api }: Pick<Admin, 'api'>) => at((await api('GET', OWN)).body, 'data', 'e911', 'status')

t.test('A test turns the clock', async (t) => {
  const it = await adminFor(t, { agingSeconds: 60, clock: FROZEN, auth: 'strict' })
  const now = async () => (await it.admin('GET', '/clock')).body
  t.strictSame(await now(), { now: '2024-01-31T12:00:00.000Z', gregorian_seconds: 63_873_921_600, rate: 0 })
  await t.test('and what is released ages on the way', async (t) => {
    await it.api('DELETE', OWN)
    const pooled = async () =>
      (await it.api('GET', '/v2/phone_numbers?prefix=4155234712')).text.includes('+14155234712')
    await it.admin('POST', '/clock/advance', { seconds: 59 })
    t.notOk(await pooled())
    const features = async () => at((await it.admin('GET', '/numbers/%2B14155234712')).body, 'features')
    t.strictSame(await features(), [])
    await it.admin('POST', '/clock/advance', { milliseconds: 1000 })
    t.ok(await pooled())
    t.strictSame(await features(), [], 'without the features that the release has taken off')
  })
  await t.test('and tokens expire', async (t) => {
    const { body } = await it.api('PUT', '/v2/api_auth', {
      data: { api_key: 'dcf7f815251380ea4471b80c04442529641cd721548133a4bc24e3ff1a4d7598' }
    })
    const token = text(body.auth_token)
    const list = () => it.call({ method: 'GET', url: NUMBERS, token })
    t.equal((await list()).status, 200)
    await it.admin('POST', '/clock/advance', { seconds: 3600 })
    t.equal((await list()).status, 401)
  })
  await t.test('and sets it, lets it run, and freezes it', async (t) => {
    t.match(await it.admin('PUT', '/clock', { now: '2030-01-01', rate: 1000 }), { status: 200, body: { rate: 1000 } })
    while (text((await now()).now) < '2030-01-01T00:00:01');
    await it.admin('PUT', '/clock', { rate: 0 })
    t.strictSame(await now(), await now())
  })
  for (const [method, path, body, pointer] of [
    ['PUT', '/clock', { now: 'soon' }, '/now'],
    ['PUT', '/clock', { rate: -1 }, '/rate'],
    ['PUT', '/clock', {}, ''],
    ['PUT', '/clock', undefined, ''],
    ['POST', '/clock/advance', { seconds: -1 }, '/seconds'],
    ['POST', '/clock/advance', { hours: 1 }, '/hours']
  ] as const) {
    await t.test(`but not to ${JSON.stringify(body)}`, async (t) => {
      const before = await now()
      t.match(await it.admin(method, path, body), { status: 400, body: { error: 'invalid', at: pointer } })
      t.strictSame(await now(), before)
    })
  }
})

t.test('A clock that runs fast is told in both units at one moment', async (t) => {
  const { admin } = await adminFor(t, {})
  await admin('PUT', '/clock', { now: '2024-01-31T12:00:00Z', rate: 1_000_000 })
  const differing: object[] = []
  for (let i = 0; i < 2_000; i++) {
    const shown = (await admin('GET', '/clock')).body as { now: string; gregorian_seconds: number }
    if (shown.gregorian_seconds !== toGregorian(Date.parse(shown.now))) differing.push(shown)
  }
  t.same(differing, [])
})

t.test('What is due by the clock has happened, whichever call looks first', async (t) => {
  const it = await adminFor(t)
  const number = { e164: '+12015550123', state: 'aging', pending: { aging: { due: 1 } } }
  for (const [path, pointer] of [
    ['/numbers?prefix=%2B12015550123', ['numbers', 0, 'state']],
    ['/numbers/2015550123', ['state']],
    ['/state', ['numbers', 0, 'state']]
  ] as const) {
    await it.admin('POST', '/reset?to=empty')
    await it.admin('POST', '/numbers', number)
    t.equal(at((await it.admin('GET', path)).body, ...pointer), 'available', path)
  }
  await it.admin('POST', '/numbers', number)
  t.strictSame((await it.admin('GET', '/timing/waiting')).body, { delays: [] })
  await it.admin('POST', '/numbers', number)
  await it.admin('PUT', '/clock', { now: '0000-01-01T00:00:00Z', rate: 0 })
  t.equal((await it.admin('GET', '/numbers/2015550123')).body.state, 'available', 'and stays so when I turn it back')
})

t.test('What takes time with the real service takes as long as a test wants', async (t) => {
  const it = await adminFor(t, { clock: FROZEN })
  const provision = () => it.api('POST', OWN, { data: { e911: ADDRESS } })
  const port = () => it.api('PUT', `${NEW}/port`, { data: {} })
  const wind = (seconds: number) => it.admin('POST', '/clock/advance', { seconds })
  const timing = async (setting: object) => {
    await it.admin('POST', '/reset')
    return it.admin('PUT', '/timing', setting)
  }
  t.strictSame((await it.admin('GET', '/timing')).body, { e911: 'immediate', port_in: 'held', aging: 'immediate' })

  await t.test('E911 is provisioned at once', async (t) => {
    t.equal(at((await provision()).body, 'data', 'e911', 'status'), 'PROVISIONED')
  })
  await t.test('E911 is provisioned at the third look', async (t) => {
    await timing({ e911: { after_reads: 3 } })
    t.equal(at((await provision()).body, 'data', 'e911', 'status'), 'GEOCODED')
    await it.api('GET', NUMBERS)
    t.strictSame(
      [await e911Of(it), await e911Of(it), await e911Of(it), await e911Of(it)],
      ['GEOCODED', 'GEOCODED', 'PROVISIONED', 'PROVISIONED']
    )
  })
  await t.test('E911 is provisioned after a while', async (t) => {
    await timing({ e911: { after_seconds: 30 } })
    await provision()
    await wind(29)
    t.equal(await e911Of(it), 'GEOCODED')
    await provision()
    await it.api('PATCH', OWN, { data: { note: 'meanwhile' } })
    await wind(100)
    const { body } = await it.api('GET', OWN)
    t.equal(at(body, 'data', 'e911', 'status'), 'PROVISIONED')
    t.equal(at(body, 'data', '_read_only', 'modified'), 63_873_921_630, 'and was when it was due')
  })
  await t.test('E911 waits until it is let go', async (t) => {
    await timing({ e911: 'held' })
    await provision()
    await wind(9_999_999)
    t.equal(await e911Of(it), 'GEOCODED')
    t.strictSame((await it.admin('POST', '/timing/release', { number: '4155234712', kind: 'e911' })).body, {
      released: ['+14155234712']
    })
    t.equal(await e911Of(it), 'PROVISIONED')
    t.equal((await it.admin('POST', '/timing/release', { number: '4155234712' })).status, 404, 'and only once')
    t.equal((await it.admin('POST', '/timing/release', { number: '9995550100' })).status, 404, 'nor what is not there')
  })
  for (const status of ['GEOCODED', 'STATUS INVALID', 'STATUS ERROR', 'STATUS REMOVED']) {
    await t.test(`an address that the provider leaves ${status} stays so, however long others take`, async (t) => {
      await timing({ e911: { after_seconds: 30 } })
      await provision()
      await it.api('POST', OWN, { data: { e911: { ...ADDRESS, street_address: `911 ${status} TEST ST` } } })
      t.strictSame((await it.admin('GET', '/timing/waiting')).body, { delays: [] })
      await wind(30)
      t.equal(await e911Of(it), status.replace('STATUS ', ''))
    })
  }
  await t.test('an address in a state without E911 is not provisioned later', async (t) => {
    await timing({ port_in: 'held', e911: { after_seconds: 30 } })
    await it.api('PUT', `${NEW}/port`, { data: { e911: ADDRESS } })
    const data = { create_with_state: 'available', e911: ADDRESS }
    await it.call({ method: 'PUT', url: NEW, token: 'master-token', body: { data } })
    await wind(30)
    const { body } = await it.admin('GET', `/numbers/${NEW.slice(-10)}`)
    t.strictSame([body.state, body.document, body.delays], ['available', { e911: ADDRESS }, {}])
  })
  await t.test('what no longer has an address waits for none', async (t) => {
    await timing({ e911: 'held' })
    await provision()
    await it.api('POST', OWN, { data: {} })
    t.strictSame((await it.admin('POST', '/timing/release')).body, { released: [] })
    t.strictSame((await it.admin('POST', '/timing/release', ' ')).body, { released: [] }, 'said with white space')
  })
  await t.test('a port is through at once', async (t) => {
    await timing({ port_in: 'immediate' })
    t.equal(at((await port()).body, 'data', 'state'), 'in_service')
  })
  await t.test('a port is through at the second look, though an address takes longer', async (t) => {
    await timing({ port_in: { after_reads: 2 }, e911: { after_seconds: 10 } })
    t.equal(at((await port()).body, 'data', 'state'), 'port_in')
    t.equal(await stateOf(it, NEW), 'port_in')
    await it.api('PATCH', NEW, { data: { note: 'kept' } })
    t.equal(await stateOf(it, NEW), 'in_service')
  })
  await t.test('a port takes until it is let go, as it does where nothing is set', async (t) => {
    await it.admin('POST', '/reset')
    await port()
    t.equal(await stateOf(it, NEW), 'port_in')
    t.strictSame((await it.admin('POST', '/timing/release', { kind: 'port_in' })).body, { released: ['+12015550123'] })
    t.equal(await stateOf(it, NEW), 'in_service')
  })
  await t.test('a released number rests until it is let go', async (t) => {
    await timing({ aging: 'held' })
    t.equal(at((await it.api('DELETE', OWN)).body, 'data', 'state'), 'aging')
    t.strictSame((await it.admin('POST', '/timing/release')).body, { released: ['+14155234712'] })
    t.match((await it.api('GET', '/v2/phone_numbers?prefix=4155234712')).text, '+14155234712')
  })
  for (const [name, call, body, pointer] of [
    ['a kind that is none', '', { lunch: 'held' }, '/lunch'],
    ['a word that is none', '', { e911: 'later' }, '/e911'],
    ['a field that is none', '', { e911: { after: 1 } }, '/e911/after'],
    ['no reads', '', { e911: { after_reads: 0 } }, '/e911/after_reads'],
    ['both at once', '', { e911: { after_reads: 1, after_seconds: 1 } }, '/e911'],
    ['a number of no plan', '/release', { number: 'abc' }, '/number'],
    ['a kind to release that is none', '/release', { kind: 'lunch' }, '/kind']
  ] as const) {
    await t.test(`and is told of ${name}`, async (t) => {
      const method = call === '' ? 'PUT' : 'POST'
      t.match(await it.admin(method, `/timing${call}`, body), { status: 400, body: { at: pointer } })
    })
  }
})
