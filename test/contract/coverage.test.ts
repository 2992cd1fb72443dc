import t from 'tap'
import { gateFailures } from '../../src/contract/gates.js'
import { contractReport, type ContractReport } from '../../src/contract/report.js'
import { renderReport, REPORT_FORMAT_NAMES } from '../../src/contract/reports/index.js'
import { DIALECT_NAMES, dialectOf } from '../../src/dialect.js'
import { Coverage } from '../../src/contract/coverage.js'
import { type Call, DEMO, emulatorFor, type Subject } from '../harness/emulator-under-test.js'

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const token = 'demo-token'
const NOON = Date.parse('2024-01-31T12:00:00Z')
const [FIRST, SECOND, MAGIC] = ['%2B14152338397', '%2B14152338421', '%2B15005550500']

/** A client's whole day; the first of each outcome is where the table below says. */
const JOURNEY: readonly Call[] = [
  { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2' },
  { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2' },
  { method: 'GET', url: '/v2/phone_numbers?prefix=500&quantity=20' },
  { method: 'GET', url: '/v2/phone_numbers' },
  { method: 'PUT', url: `${NUMBERS}/${FIRST}/activate` },
  { method: 'PUT', url: `${NUMBERS}/${FIRST}/activate`, token },
  { method: 'PUT', url: `${NUMBERS}/${MAGIC}/activate`, token },
  { method: 'PUT', url: `${NUMBERS}/+14155550199/activate?auth_token=secret` },
  { method: 'PUT', url: `${NUMBERS}/${SECOND}/activate`, token, headers: { prefer: 'example=not_enough_credit' } },
  { method: 'GET', url: `${NUMBERS}?prefix=415`, token },
  { method: 'GET', url: NUMBERS, token },
  { method: 'POST', url: `${NUMBERS}/${FIRST}?verb=GET`, token, body: { data: {} } },
  { method: 'DELETE', url: `${NUMBERS}/${SECOND}`, token },
  { method: 'GET', url: '/v2/phone_number?auth_token=secret' },
  { method: 'PATCH', url: '/v2/phone_numbers' },
  { method: 'PATCH', url: '/v2/phone_numbers' }
]

/** Made by hand: outcome, how often, and the place of its first request in the journey. */
const SEEN: readonly (readonly [outcome: string, count: number, first: number])[] = [
  ['search.success', 3, 0],
  ['search.validation_error', 1, 3],
  ['buy.success', 1, 5],
  ['buy.missing_provider_url', 1, 7],
  ['buy.carrier_fault', 1, 6],
  ['buy.not_enough_credit', 1, 8],
  ['buy.invalid_credentials', 1, 4],
  ['search_account.success', 1, 9],
  ['list.success', 1, 10],
  ['remove.not_on_account', 1, 12],
  ['read.success', 1, 11]
]

const url = (i: number) => (JOURNEY[i]?.url ?? '').replace('secret', '[redacted]').replace('?verb=GET', '')

const keys = (data: unknown) => Object.keys(data as object)

async function travel({ call }: Subject): Promise<void> {
  for (const one of JOURNEY) await call(one)
}

async function reportOf({ call }: Subject, query = ''): Promise<ContractReport> {
  return (await call({ method: 'GET', url: `/__admin/contract${query}` })).body as unknown as ContractReport
}

t.test('My tests have seen what they have seen, and nothing else', async (t) => {
  const subject = await emulatorFor(t)
  await travel(subject)
  const report = await reportOf(subject)
  const seen = report.operations.flatMap(({ name, outcomes }) =>
    outcomes.flatMap(({ name: outcome, count, first }) =>
      first === null ? [] : [[`${name}.${outcome}`, count, first.url]]
    )
  )
  t.same(
    new Set(seen.map((row) => JSON.stringify(row))),
    new Set(SEEN.map(([outcome, count, first]) => JSON.stringify([outcome, count, url(first)])))
  )
  t.same(report.summary.documented, { seen: 8, of: 14, percent: 57 })
  t.match(report.unmatched, [
    {
      request: 'GET /v2/phone_number',
      count: 1,
      first: { url: '/v2/phone_number?auth_token=[redacted]', status: 404 }
    },
    { request: 'PATCH /v2/phone_numbers', count: 2, first: { status: 405 } }
  ])
  t.same(
    report.warnings.map(({ code, count }) => [code, count]),
    [
      ['unencoded_plus', 1],
      ['missing_token', 1],
      ['prefix_form', 1],
      ['never_searched', 1]
    ]
  )
})

t.test('A broken connection is no outcome, a closed one is its own', async (t) => {
  const subject = await emulatorFor(t)
  const faulty = (fault: object) =>
    subject.call({ method: 'POST', url: '/__admin/faults', body: { operation: 'list', ...fault } })
  await faulty({ truncate_bytes: 5, times: 1 })
  const base = `http://127.0.0.1:${await subject.listen()}`
  const ask = (path: string, method = 'GET') =>
    fetch(base + path, { method, headers: { 'x-auth-token': token } }).then((answer) => answer.text())
  await t.rejects(ask(NUMBERS))
  await ask('/v2/phone_numbers?prefix=5005550599')
  await t.rejects(ask(`${NUMBERS}/%2B15005550599/activate`, 'PUT'))
  const { operations } = await reportOf(subject)
  const seen = operations.flatMap(({ name, outcomes }) =>
    outcomes.filter(({ count }) => count > 0).map((outcome) => `${name}.${outcome.name}`)
  )
  t.same(seen, ['search.success', 'buy.connection_closed'])
})

/** Addresses that no place fits or several, and what each dialect makes of them. */
const ADDRESSES = [
  { line: '911 MULTIPLE TEST ST', outcome: 'multiple_choice', oneuc: 400, 'kazoo-4.3': 500 },
  { line: '911 INVALID TEST ST', outcome: 'invalid_address', oneuc: 400, 'kazoo-4.3': 400 }
] as const

for (const dialect of DIALECT_NAMES) {
  t.test(`A refused address is the same outcome in every dialect, here ${dialect}`, async (t) => {
    const subject = await emulatorFor(t, { dialect })
    const { call } = subject
    const openapi = JSON.stringify((await call({ method: 'GET', url: '/openapi.json' })).body)
    for (const { line, outcome, [dialect]: status } of ADDRESSES) {
      const place = { street_address: line, locality: 'SAN FRANCISCO', region: 'CA', postal_code: '94105' }
      const own: Call = { method: 'POST', url: `${NUMBERS}/4155234712`, token, body: { data: { e911: place } } }
      // The number of the fixtures is local, which has no E911 in the other dialect.
      await call({ ...own, method: 'DELETE', body: undefined })
      await call(JOURNEY[0] ?? own)
      await call({ method: 'PUT', url: `${NUMBERS}/${FIRST}/activate`, token })
      const ask: Call = { ...own, url: `${NUMBERS}/${FIRST}` }
      const refused = await call(ask)
      t.equal(refused.status, status, line)
      const wanted = await call({ ...ask, headers: { prefer: `example=${outcome}` } })
      await call({ method: 'POST', url: '/__admin/faults', body: { operation: 'e911', outcome, times: 1 } })
      const faulty = await call(ask)
      for (const asked of [wanted, faulty]) {
        t.match(asked, { status, body: { message: refused.body.message } }, `${outcome} as it is`)
        t.same(new Set(keys(asked.body.data)), new Set(keys(refused.body.data)), `${outcome} in the same form`)
      }
      t.match(
        (await call({ method: 'POST', url: '/__admin/requests/count', body: { operation: 'e911', outcome } })).body,
        { count: 3 }
      )
      t.ok(openapi.includes(`"${outcome}":{"summary":"E911","description":`), `${outcome} is described`)
      t.ok(
        openapi.includes(`"error":"${status}","message":${JSON.stringify(refused.body.message)}`),
        'as it is answered'
      )
    }
    const { operations } = await reportOf(subject)
    const seen = operations.find(({ name }) => name === 'e911')?.outcomes.filter(({ count }) => count > 0)
    t.match(
      seen,
      ADDRESSES.map(({ outcome, [dialect]: status }) => ({ name: outcome, status: String(status), count: 3 }))
    )
  })
}

t.test('Each sandbox has a report, and all of them have one together', async (t) => {
  const subject = await emulatorFor(t)
  const { call } = subject
  const search = '/v2/phone_numbers?prefix=415'
  await call({ method: 'GET', url: search })
  await call({ method: 'GET', url: `/sandboxes/a${search}` })
  await call({ method: 'DELETE', url: '/__admin/sandboxes/a' })
  await call({ method: 'POST', url: '/__admin/reset' })
  t.match(await reportOf(subject), { sandbox: 'default', summary: { requests: 1 } }, 'a reset leaves it')
  t.match(await reportOf(subject, '?sandboxes=all'), { sandbox: null, summary: { requests: 2 } })
  await call({ method: 'DELETE', url: '/__admin/contract' })
  t.match(await reportOf(subject), { summary: { requests: 0 } })
  t.match(await reportOf(subject, '?sandboxes=all'), { summary: { requests: 2 } })
  await call({ method: 'DELETE', url: '/__admin/contract?sandboxes=all' })
  t.match(await reportOf(subject, '?sandboxes=all'), { summary: { requests: 0, unmatched: 0 } })
})

t.test('I get the report in the form that I ask for', async (t) => {
  const subject = await emulatorFor(t)
  await travel(subject)
  const { app } = subject
  for (const format of REPORT_FORMAT_NAMES) {
    const answer = await app.inject({ url: `/__admin/contract?format=${format}`, headers: { host: 'localhost' } })
    t.equal(answer.statusCode, 200, format)
    for (const text of [
      'buy',
      'carrier_fault',
      'unencoded_plus',
      '/v2/phone_number?auth_token=[redacted]'.slice(0, 16)
    ]) {
      t.ok(answer.payload.includes(text), `${format} tells ${text}`)
    }
  }
})

t.test('A report that does not exist is refused with the nearest name', async (t) => {
  const { call } = await emulatorFor(t)
  t.match(await call({ method: 'GET', url: '/__admin/contract?format=junt' }), {
    status: 400,
    body: { at: '/format', message: /did you mean "junit"/ }
  })
  t.match(await call({ method: 'GET', url: '/__admin/contract?sandboxes=b' }), {
    status: 400,
    body: { at: '/sandboxes' }
  })
})

const UNDESCRIBED = { length: 0, at: 0, describe: () => undefined }

t.test('What a client sends cannot become markup', async (t) => {
  const tally = new Coverage()
  const sighting = { request_id: '1', method: 'GET', url: '/<b>"|`&\u0001', status: 404, interaction: UNDESCRIBED }
  const warnings = new Map([['prefix_form', '<i>']])
  tally.add({ ...sighting, operation: undefined, outcome: undefined, warnings, unmatched: 'GET /<b>"|`&\u0001' })
  const report = contractReport(tally, { sandbox: null, dialect: dialectOf('oneuc'), at: NOON })
  t.ok((await renderReport(report, 'html')).includes('/&lt;b&gt;&quot;|`&amp;?'))
  t.ok((await renderReport(report, 'junit')).includes('name="GET /&lt;b&gt;&quot;|`&amp;?"'))
  t.ok((await renderReport(report, 'markdown')).includes('`GET /<b>"\\|\'&'))
})

t.test('The report says what lost the answers to operations', async (t) => {
  const tally = new Coverage()
  const seen = { request_id: '1', method: 'PUT', url: '/v2', status: 0, interaction: UNDESCRIBED }
  const lost = { ...seen, outcome: undefined, warnings: new Map<string, string>(), unmatched: undefined }
  tally.add({ ...lost, operation: 'buy', lost: { outcome: 'success', fault: null } })
  tally.add({ ...lost, operation: 'remove', lost: { outcome: 'success', fault: 'reset' } })
  const report = contractReport(tally, { sandbox: null, dialect: dialectOf('oneuc'), at: NOON })
  for (const format of ['text', 'html', 'markdown', 'junit'] as const) {
    const text = await renderReport(report, format)
    t.match(text, /buy\.success, and the client saw no outcome[^]*the client had left/, format)
    t.match(text, /remove\.success, and the client saw no outcome[^]*fault reset/, format)
  }
})

t.test('The page of a report needs nothing but itself', async (t) => {
  const subject = await emulatorFor(t)
  await travel(subject)
  const page = await renderReport(await reportOf(subject), 'html')
  // An empty icon keeps a browser from asking for one.
  t.notMatch(page.replace('<link rel="icon" href="data:,">', ''), /<(?:script|link|img|iframe)|@import|url\(|https?:/)
})

t.test('An empty report is a report', async (t) => {
  const report = contractReport(new Coverage(), { sandbox: 'a', dialect: dialectOf('oneuc'), at: NOON })
  for (const format of REPORT_FORMAT_NAMES) t.ok(await renderReport(report, format), format)
})

t.test('Whatever is sent, the report stays small', async (t) => {
  const tally = new Coverage()
  const sighting = { request_id: '1', method: 'GET', url: '/', status: 404, interaction: UNDESCRIBED }
  for (let i = 0; i < 300; i++) {
    tally.add({ ...sighting, operation: undefined, outcome: undefined, warnings: new Map(), unmatched: `GET /${i}` })
  }
  const report = contractReport(tally, { sandbox: null, dialect: dialectOf('oneuc'), at: NOON })
  t.match(report, { unmatched_beyond: 100, summary: { unmatched: 300 } })
  t.equal(report.unmatched.length, 200)
})

t.test('Every gate says why it does not hold', async (t) => {
  const subject = await emulatorFor(t)
  await travel(subject)
  const report = await reportOf(subject)
  const gates = { failOnWarning: false, minCoverage: 0, failOnUnmatched: false }
  t.same(gateFailures(report, gates), [])
  t.same(gateFailures(report, { ...gates, minCoverage: 57 }), [])
  t.match(gateFailures(report, { failOnWarning: true, minCoverage: 58, failOnUnmatched: true }), [
    /unencoded_plus, missing_token/,
    /57 % of the documented outcomes were seen, 58 % are wanted/,
    /3 requests met no route/
  ])
})
