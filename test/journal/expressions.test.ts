import t from 'tap'
import { loadEngines } from '../../src/journal/engines.js'
import type { JournalEntry } from '../../src/journal/journal-entry.js'
import { compilePattern, testAll } from '../../src/journal/request-pattern.js'
import { adminFor, at, NUMBERS, rows, text, type Admin } from '../admin/admin-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`

async function note(admin: Admin, text: string): Promise<void> {
  await admin.api('PATCH', OWN, { data: { note: text } })
}

/** Expressions as tests of WireMock's users have them, with texts: the answer is that of JavaScript on the whole text. */
const COMMON: readonly [expression: string, ...texts: string[]][] = [
  ['.*', '', 'a\nb'],
  ['/v2/.*', '/v2/phone_numbers', '/v1/v2/'],
  ['/v2/phone_numbers.*prefix=\\d{3}.*', '/v2/phone_numbers?prefix=415&quantity=2', '/v2/phone_numbers?prefix=4'],
  ['/v2/(api|user)_auth', '/v2/api_auth', '/v2/user_auth', '/v2/shared_auth'],
  ['/v2/accounts/[a-f0-9]{32}/phone_numbers', `/v2/accounts/${'a1'.repeat(16)}/phone_numbers`, '/v2/accounts/a1/'],
  ['/v2/accounts/([^/]+)/phone_numbers/([^/?]+)(\\?.*)?', '/v2/accounts/a/phone_numbers/b?c=d', '/v2/accounts//x'],
  ['.*/activate$', '/x/activate', '/x/activate/'],
  ['^/v2.*$', '/v2', 'x/v2'],
  ['(?:\\+|%2B)?1?\\d{10}', '+14155234712', '%2B14155234712', '415523471'],
  ['[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}', 'a.b@example.com', 'a.b@example'],
  [
    '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}',
    '9f8b7c6d-1234-4abc-8def-001122334455',
    '9f8b'
  ],
  ['\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z', '2024-01-31T12:00:00Z', '2024-01-31T12:00:00.5Z', '2024'],
  ['Bearer [A-Za-z0-9\\-._~+/]+=*', 'Bearer abc.def==', 'Basic abc'],
  ['.*"state"\\s*:\\s*"(in_service|reserved)".*', '{"state": "in_service"}', '{"state":\n"aging"}'],
  ['\\w+\\s\\w+', 'two words', 'one'],
  ['[^a-z]*', 'ABC', 'abc'],
  ['a.c', 'a\nc', 'abc', 'ac'],
  ['(?<area>\\d{3})-(?<rest>\\d{4})', '415-2671', '4152671'],
  ['\\$\\{[a-z]+\\}|\\[\\]', '${name}', '[]', '{}'],
  ['.*(a+)+b?c*?.*', 'a'.repeat(40), 'b']
]

t.test('A common expression matches what it would match in JavaScript', async (t) => {
  const admin = await adminFor(t)
  for (const [expression, ...texts] of COMMON) {
    for (const text of texts) {
      await admin.admin('DELETE', '/requests')
      await admin.api('GET', '/v2/phone_numbers?prefix=415', undefined, { 'x-note': encodeURIComponent(text) })
      await admin.api('POST', OWN, text === '' ? undefined : text)
      const expected = new RegExp(`^(?:${expression})$`, 's').test(text)
      const { status, body } = await admin.admin('POST', '/requests/count', {
        method: 'POST',
        bodyPatterns: [{ matches: expression }]
      })
      t.strictSame([status, body], [200, { count: expected ? 1 : 0 }], `${expression} on ${text}`)
    }
  }
})

const ENTRY: JournalEntry = {
  id: '1',
  sandbox: 'default',
  loggedAt: 0,
  clientIp: '127.0.0.1',
  isUtf8: true,
  headers: {},
  method: 'POST',
  url: '/v2/nothing',
  requestBody: { text: 'aaa', cutBytes: 0 },
  status: 404,
  operation: undefined,
  answered: undefined,
  hint: undefined,
  outcome: undefined,
  fault: undefined,
  faultPhase: undefined,
  warnings: [],
  responseHeaders: {},
  responseBody: { text: '', cutBytes: 0 },
  durationMs: 0,
  changes: [],
  bytes: 1_000
}

const AT_BODY = '/bodyPatterns/0/matches'

t.test('An expression that takes more than linear time, or too much room, is refused by name', async (t) => {
  const admin = await adminFor(t)
  await note(admin, 'short')
  for (const [expression, message] of [
    ['/v2/(?=x).*', 'has the look-ahead (?=, which expressions of linear time (RE2) do not have'],
    ['/v2/(?!x).*', 'has the look-ahead (?!, which expressions of linear time (RE2) do not have'],
    ['.*(?<=x)y', 'has the look-behind (?<=, which expressions of linear time (RE2) do not have'],
    ['.*(?<!x)y', 'has the look-behind (?<!, which expressions of linear time (RE2) do not have'],
    ['(a)\\1', 'has the back-reference \\1, which expressions of linear time (RE2) do not have'],
    ['(?<n>a)\\k<n>', 'has the back-reference \\k<n>, which expressions of linear time (RE2) do not have'],
    ['((a{30}){30}){30}', 'is too large, as its repetitions multiply: ((a{30}){30}){30}'],
    ['x{5000}', /^(?:is too large|invalid repeat count)/],
    ['[z-a]', /invalid character class range/]
  ] as const) {
    for (const call of ['find', 'count', 'verify', 'wait']) {
      const reply = await admin.admin('POST', `/requests/${call}`, { bodyPatterns: [{ matches: expression }] })
      t.match(reply, { status: 400, body: { error: 'invalid', at: AT_BODY, message } }, `${call} ${expression}`)
    }
  }
  for (const innocent of ['\\\\1', '[(?=]', '\\(?=', '(?:a)', '(?i)A']) {
    const reply = await admin.admin('POST', '/requests/count', { bodyPatterns: [{ matches: innocent }] })
    t.equal(reply.status, 200, innocent)
  }
})

t.test('An expression that would take years with backtracking answers', async (t) => {
  const admin = await adminFor(t)
  await note(admin, 'a'.repeat(40))
  const pattern = { bodyPatterns: [{ matches: '.*(a+)+!.*' }] }
  t.match(await admin.admin('POST', '/requests/find', pattern), { status: 200, body: { requests: [] } })
  await note(admin, `${'a'.repeat(40)}!`)
  t.match(await admin.admin('POST', '/requests/wait', pattern), { status: 200, body: { meta: { total: 1 } } })
})

t.test('An expression that is too large for a text is refused where it meets that text', async (t) => {
  const admin = await adminFor(t)
  await note(admin, 'a'.repeat(200_000))
  const pattern = { bodyPatterns: [{ matches: '.*(a|b){400}c.*' }] }
  for (const call of ['find', 'count', 'verify', 'wait']) {
    t.match(
      await admin.admin('POST', `/requests/${call}`, pattern),
      { status: 400, body: { at: AT_BODY, message: /^takes too long on a text of 2\d{5} characters/ } },
      call
    )
  }
  await admin.admin('DELETE', '/requests')
  const waiting = admin.admin('POST', '/requests/wait', { ...pattern, timeout_ms: 600_000 })
  await note(admin, 'a'.repeat(200_000))
  t.match(await waiting, { status: 400, body: { at: AT_BODY } }, 'a wait hears of it when the text comes')
})

t.test('A pattern has at most 50 conditions', async (t) => {
  const admin = await adminFor(t)
  const conditions = (length: number) => ({
    bodyPatterns: Array.from({ length }, () => ({ matches: '.*' }))
  })
  for (const call of ['find', 'count', 'wait', 'verify']) {
    t.match(
      await admin.admin('POST', `/requests/${call}`, { method: 'ANY', ...conditions(51) }),
      { status: 400, body: { at: '', message: 'has 51 conditions; at most 50 are allowed' } },
      call
    )
  }
  await note(admin, 'any')
  t.match(await admin.admin('POST', '/requests/count', conditions(50)), { body: { count: 1 } })
})

t.test('Waits with expressions go on when their request comes', async (t) => {
  const admin = await adminFor(t)
  const waits = Array.from({ length: 50 }, (_, i) =>
    admin.admin('POST', '/requests/wait', {
      urlPattern: `/v2/phone_numbers\\?prefix=${200 + i}(&.*)?`,
      timeout_ms: 600_000
    })
  )
  for (let i = 49; i >= 0; i--) await admin.api('GET', `/v2/phone_numbers?prefix=${200 + i}`)
  for (const [i, reply] of (await Promise.all(waits)).entries()) {
    t.equal(reply.status, 200)
    t.strictSame(
      rows(reply.body.requests).map((row) => at(row, 'request', 'url')),
      [`/v2/phone_numbers?prefix=${200 + i}`]
    )
  }
})

t.test('A sandbox has at most 2,000 waits at once', async (t) => {
  const { admin, call } = await adminFor(t)
  const wait = () => admin('POST', '/requests/wait', { operation: 'buy', timeout_ms: 600_000 })
  const waits = Array.from({ length: 2_001 }, wait)
  const first = await Promise.race(waits)
  t.match(first, { status: 429, body: { error: 'too_many_waits', message: /at most 2000 waits/ } })
  t.match(
    await call({ method: 'POST', url: '/sandboxes/other/__admin/requests/wait', body: { timeout_ms: 0 } }),
    { status: 408 },
    'another sandbox has its own'
  )
  await admin('POST', '/reset')
  const statuses = (await Promise.all(waits)).map(({ status }) => status)
  t.equal(statuses.filter((status) => status === 408).length, 2_000)
  t.match(await admin('POST', '/requests/wait', { timeout_ms: 0 }), { status: 408 }, 'there is room again')
})

t.test('What verify says of a long pattern is short', async (t) => {
  const { admin } = await adminFor(t)
  const { status, body } = await admin('POST', '/requests/verify', {
    bodyPatterns: [{ contains: 'x'.repeat(100_000) }]
  })
  t.equal(status, 406)
  t.match(
    body.message,
    /^expected at least 1 request like \{"bodyPatterns":\[\{"contains":"x+… but was 0; no request has come$/
  )
  t.ok(text(body.message).length < 1_200)
})

t.test('Another client has its turn between two conditions that look at the same request', async (t) => {
  const compiling = compilePattern(
    { bodyPatterns: Array.from({ length: 50 }, () => ({ matches: 'a*' })) },
    await loadEngines()
  )
  let step = compiling.next()
  while (step.done !== true) step = compiling.next()
  t.equal([...testAll(step.value)(ENTRY)].length, 50)
})
