/** Every input of the newer calls has a limit in number and in bytes: what is at it is taken, and what is beyond it refused. */
import t from 'tap'
import { adminClient } from '../../src/library.js'
import { DEMO, type Call } from '../harness/emulator-under-test.js'
import { adminFor } from './admin-under-test.js'

interface Limit {
  title: string
  method: Call['method']
  /** Path, and query with the value. */
  path: (value: unknown) => string
  body?: ((value: unknown) => unknown) | undefined
  most: unknown
  beyond: unknown
  at: string
  message: RegExp
}

const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item)
const headers = (count: number) => Object.fromEntries(times(count, 'x').map((value, i) => [`h${i}`, value]))
const post = (path: string, body: Limit['body']) => ({ method: 'POST' as const, path: () => path, body })
const query = (path: string) => ({ method: 'GET' as const, path: (value: unknown) => path + String(value) })
const MAX = 2_147_483_647

/** Makes the limit of one field of a body, whose other fields are the same for all. */
const fieldOf =
  (what: string, path: string, others: object) =>
  (title: string, field: string, most: unknown, beyond: unknown, message: RegExp, at = `/${field}`): Limit => ({
    title: `${what} with ${title}`,
    ...post(path, (value) => ({ ...others, [field]: value })),
    most,
    beyond,
    at,
    message
  })
const rule = fieldOf('a rule', '/faults', { operation: 'buy', status: 502 })
const setting = fieldOf('a sandbox', '/sandboxes/mine', {})

/** Requests to remove. */
const pattern = (
  title: string,
  make: Limit['body'],
  most: unknown,
  beyond: unknown,
  at: string,
  message: RegExp
): Limit => ({
  title: `a pattern with ${title}`,
  ...post('/requests/remove', make),
  most,
  beyond,
  at,
  message
})

const limitOf = (operation: string, per_minute: number) => ({ operation, per_minute })
const path = (length: number) => `$.${'x'.repeat(length - 2)}`

const LIMITS: readonly Limit[] = [
  rule('a delay', 'delay_ms', 600_000, 600_001, /^must be at most 600000$/),
  rule('a range', 'delay_ms', { min: 0, max: 600_000 }, { min: 0, max: 600_001 }, /at most 600000$/, '/delay_ms/max'),
  rule('a whole range', 'delay_ms', { min: 0, max: 0 }, { min: 0 }, /the field max$/),
  rule('a delay in words', 'delay_ms', 1, 'soon', /^must be a whole number or an object with min, max$/),
  rule('bytes to cut', 'truncate_bytes', MAX, MAX + 1, /^must be at most 2147483647$/),
  rule('times', 'times', MAX, MAX + 1, /^must be at most 2147483647$/),
  rule('a body', 'body', 'x'.repeat(16_000), 'x'.repeat(16_001), /^must have at most 16000 bytes, and has 16001$/),
  rule('a body of two bytes a character', 'body', 'é'.repeat(8_000), 'é'.repeat(8_001), /and has 16002$/),
  rule('headers', 'headers', headers(20), headers(21), /^must have at most 20 fields$/),
  rule(
    'a header',
    'headers',
    { a: 'x'.repeat(1_000) },
    { a: 'x'.repeat(1_001) },
    /at most 1000 characters$/,
    '/headers/a'
  ),
  rule('a name', 'name', 'x'.repeat(100), 'x'.repeat(101), /^must have at most 100 characters$/),
  rule('a name in ASCII', 'name', 'a b', 'é', /must be printable ASCII characters, such as carrier is down$/),
  rule('a phase', 'phase', 'after', 'During', /^must be one of before, after$/),
  setting('a page size', 'max_page_size', MAX, MAX + 1, /^must be at most 2147483647$/),
  setting('a random seed', 'random_seed', MAX, MAX + 1, /^must be at most 2147483647$/),
  setting(
    'a rate',
    'rate_limit',
    limitOf('buy', 1_000_000),
    limitOf('buy', 1_000_001),
    /1000000$/,
    '/rate_limit/per_minute'
  ),
  setting('rates', 'rate_limit', [limitOf('buy', 1)], times(101, limitOf('buy', 1)), /^must have at most 100 items$/),
  setting('a token check', 'auth', 'off', 'of', /^must be one of documented, strict, off, null$/),
  pattern(
    'conditions',
    (value) => ({ bodyPatterns: value }),
    times(50, { contains: 'x' }),
    times(51, { contains: 'x' }),
    '',
    /^has 51 conditions; at most 50/
  ),
  pattern(
    'an expression',
    (value) => ({ urlPattern: value }),
    'x'.repeat(1_000),
    'x'.repeat(1_001),
    '/urlPattern',
    /1000 characters$/
  ),
  pattern(
    'a JSONPath',
    (value) => ({ bodyPatterns: [{ matchesJsonPath: value }] }),
    path(500),
    path(501),
    '/bodyPatterns/0/matchesJsonPath',
    /500 characters$/
  ),
  pattern(
    'a template',
    (value) => ({ urlPathTemplate: value }),
    `/${'x'.repeat(999)}`,
    `/${'x'.repeat(1_000)}`,
    '/urlPathTemplate',
    /1000 characters$/
  ),
  {
    title: 'a sequence',
    ...post('/requests/verify', (value) => ({ in_order: value })),
    most: times(20, {}),
    beyond: times(21, {}),
    at: '/in_order',
    message: /^must have at most 20 items$/
  },
  {
    title: 'a page',
    ...query('/requests?limit='),
    most: 999_999_999,
    beyond: 1_000_000_000,
    at: '/limit',
    message: /to 999999999$/
  },
  {
    title: 'an offset',
    ...query('/requests/unmatched?offset='),
    most: 999_999_999,
    beyond: 1_000_000_000,
    at: '/offset',
    message: /to 999999999$/
  },
  {
    title: 'numbers on a page',
    ...query('/numbers?limit='),
    most: 1_000,
    beyond: 1_001,
    at: '/limit',
    message: /from 1 to 1000$/
  },
  {
    title: 'an account to reset',
    method: 'POST',
    path: (value) => `/reset?account=${String(value)}`,
    most: DEMO,
    beyond: 'x'.repeat(101),
    at: '/account',
    message: /100 characters$/
  }
]

t.test('What is at a limit is taken, and what is beyond it is refused with a pointer:', async (t) => {
  const { admin } = await adminFor(t)
  for (const { title, method, path, body, most, beyond, at, message } of LIMITS) {
    await t.test(title, async (t) => {
      const taken = await admin(method, path(most), body?.(most))
      t.ok([200, 201, 202, 406].includes(taken.status), taken.text)
      const refused = await admin(method, path(beyond), body?.(beyond))
      t.match(refused, { status: 400, body: { error: 'invalid', at, message } }, refused.text)
    })
  }
})

t.test('The client says of the newer calls what is wrong with them', async (t) => {
  const { listen } = await adminFor(t)
  const client = adminClient(`http://127.0.0.1:${await listen()}`)
  const { requests, faults, sandboxes } = client
  for (const [call, said] of [
    [() => requests.list({ limit: -1 }), 'GET /__admin/requests?limit=-1 /limit: must be a whole number'],
    [
      () => requests.list({ unmatched: true, offset: -1 }),
      'GET /__admin/requests/unmatched?offset=-1 /offset: must be'
    ],
    [() => requests.har({ since: 'soon' }), '/since: must be a time such as'],
    [() => requests.curl({ offset: 1.5 }), 'GET /__admin/requests?offset=1.5&format=curl /offset: must be'],
    [
      () => requests.removeMatching({ urlPathTemplate: 'x' }),
      '/urlPathTemplate: "x" must be a path that begins with /'
    ],
    [() => requests.verifyInOrder([]), '/in_order: must have at least 1 item'],
    [() => faults.add({ delay_ms: { min: 2, max: 1 } }), '/delay_ms: must have a min that is not above max, 1'],
    [() => faults.add({ status: 502, headers: { te: 'x' } }), '/headers/te: belongs to the connection'],
    [() => sandboxes.make('mine', { max_page_size: 0 }), '/max_page_size: 0 must be at least 1'],
    [() => sandboxes.configure('none', {}), 'there is no sandbox none'],
    [() => client.reset({ account: 'x' }), 'POST /__admin/reset?account=x /account: there is no account x'],
    [() => client.reset({ onyl: ['numbers'] } as object), '/onyl: is no field here; did you mean "only"?'],
    [() => client.contract({ sandbox: 'all' } as object), '/sandbox: is no field here; did you mean "sandboxes"?'],
    [() => client.events({ since: 9 }), 'GET /__admin/events?since=9 /since: must be the id of an event'],
    [() => client.events({ types: ['request' as 'requests'] }), '/types: is no type of events: request; did you mean']
  ] as const) {
    await t.rejects(
      async () => {
        await call()
      },
      { name: 'AdminError', message: new RegExp(escaped(said)) },
      said
    )
  }
})

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

t.test('What is no object in the place of options would change nothing, so it is refused', async (t) => {
  const { listen } = await adminFor(t)
  const { requests } = adminClient(`http://127.0.0.1:${await listen()}`)
  const values: [value: unknown, name: string][] = [
    [2, '2'],
    [null, 'null'],
    [[{ exactly: 2 }], 'a list']
  ]
  for (const [value, name] of values) {
    const options = value as object
    for (const [call, made] of [
      ['verify', requests.verify({ operation: 'buy' }, options)],
      ['wait', requests.wait({ operation: 'buy' }, options)]
    ] as const) {
      await t.rejects(made, { name: 'UsageError', message: `${call}: ${name} is no object with options` })
    }
  }
})
