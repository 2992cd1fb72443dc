/** A wrong call of the admin API is refused with its place and what would have been right, and changes nothing. */
import t from 'tap'
import { isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import { adminFor, nameOf, text, type Admin } from './admin-under-test.js'

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE'

const FROZEN = Date.parse('2024-01-31T12:00:00Z')
const E164 = '+14155550142'
const OTHER_E164 = '+14155550143'

/** What is wrong with a call: its body, then where that is said, and what of what would have been right. */
type Wrong = readonly [body: unknown, at: string, message: RegExp]

const NO_BODY: readonly Wrong[] = [
  [{ lunch: 1 }, '', /^must not be there: this call takes no body$/],
  [[], '', /takes no body/],
  [7, '', /takes no body/]
]
const NO_OBJECT = (fields: RegExp): readonly Wrong[] => [
  [undefined, '', fields],
  [null, '', fields],
  [[], '', fields],
  [7, '', fields],
  ['"text"', '', fields]
]
const RULE: readonly Wrong[] = [
  [{ statuz: 500 }, '/statuz', /did you mean "status"\?/],
  [{ status: '500' }, '/status', /must be a whole number/],
  [{ status: 418 }, '/status', /must be one of 400, 401/],
  [{ operation: 'bye', status: 500 }, '/operation', /did you mean "buy"\?/],
  [{ operation: 'buy', outcome: 'suces' }, '/outcome', /is no outcome of buy; did you mean "success"\?/],
  [{ outcome: 'success' }, '/operation', /must say which operation/],
  [{ fault: 'FIRE' }, '/fault', /must be one of CONNECTION_RESET_BY_PEER, /],
  [{ delay_ms: -1 }, '/delay_ms', /must be at least 0/],
  [{ delay_ms: 600_001 }, '/delay_ms', /must be at most 600000/],
  [{ truncate_bytes: 0.5 }, '/truncate_bytes', /must be a whole number/],
  [{ status: 500, times: 0 }, '/times', /must be at least 1/],
  [{ status: 500, number: 'abc' }, '/number', /is no number of any plan/],
  [{ status: 500, account: 'demo' }, '/account', /must have at least 32 characters/],
  [{ status: 500, name: 'line\nbreak' }, '/name', /^must be printable ASCII characters, such as carrier is down$/],
  [{}, '', /does nothing: give an outcome, a status, a fault, delay_ms or truncate_bytes/]
]
const PATTERN: readonly Wrong[] = [
  ...NO_OBJECT(/^must be an object with method, url, /),
  [{ methud: 'GET' }, '/methud', /did you mean "method"\?/],
  [{ method: 7 }, '/method', /must be a string/],
  [{ outcome: 'triumph' }, '/outcome', /^is no outcome; there are success, (?!.*\bsuccess\b)/],
  [{ urlPattern: '(' }, '/urlPattern', /missing closing \)/],
  [
    { headers: { 'a/b~c': { is: 'x' } } },
    '/headers/a~1b~0c/is',
    /; there are equalTo, contains, doesNotContain, matches, equalToJson, absent, matchesJsonPath$/
  ],
  [
    { headers: { accept: {} } },
    '/headers/accept',
    /must have at least one of equalTo, contains, doesNotContain, matches, /
  ],
  [{ queryParameters: { prefix: '415' } }, '/queryParameters/prefix', /must be an object with equalTo/],
  [{ bodyPatterns: [{ equalToJson: '{' }] }, '/bodyPatterns/0/equalToJson', /is no JSON; line 1, column 2/],
  [{ operation: 'serach' }, '/operation', /did you mean "search"\?/],
  [{ operation: 'list', outcome: 'suces' }, '/outcome', /did you mean "success"\?/]
]
const SETTINGS: readonly Wrong[] = [
  [[], '', /^must be an object or null with auth, /],
  [7, '', /^must be an object or null with auth, /],
  [{ lunch: 1 }, '/lunch', /is no field here; there are auth, /],
  [{ auth: 'strikt' }, '/auth', /documented, strict, off/],
  [{ dialect: 'oneuc' }, '/dialect', /the same for all sandboxes/]
]
const NUMBER: readonly Wrong[] = [
  [{ state: 'available' }, '', /e164/],
  [{ e164: E164, state: 'sold' }, '/state', /available/],
  [{ e164: '415', state: 'available' }, '/e164', /./],
  [{ e164: E164, state: 'available', colour: 'red' }, '/colour', /is no field here/],
  [
    [
      { e164: E164, state: 'available' },
      { e164: E164, state: 'available' }
    ],
    '/1/e164',
    /./
  ],
  [
    [
      { e164: E164, state: 'available' },
      { e164: OTHER_E164, state: 'sold' }
    ],
    '/1/state',
    /available/
  ],
  [undefined, '', /must be an object/],
  ['"text"', '', /must be an object/]
]
const STATE: readonly Wrong[] = [
  [undefined, '', /must be an object/],
  [[], '', /must be an object/],
  [{ nubmers: [] }, '/nubmers', /is no field here/],
  [{ numbers: [{ e164: E164, state: 'sold' }] }, '/numbers/0/state', /available/],
  [{ numbers: [], faults: [{ name: 'x', status: 418 }] }, '/faults/0/status', /must be one of/],
  [{ numbers: [], clock: { rate: 2 } }, '/clock/now', /must be there unless the rate is 1/]
]

/** Every call that takes a body, or a query, with what can be wrong about it. Those that are not named take neither. */
const BODIES: Readonly<Record<string, readonly Wrong[]>> = {
  post_pactstates: [
    ...NO_OBJECT(/^must be an object with state, params, action, consumer$/),
    [{}, '', /must have the field state/],
    [{ state: 1 }, '/state', /must be a string/],
    [{ state: 'x' }, '/state', /is no state; there are the numbers and faults of the fixtures, /],
    [{ state: 'x', action: 'set up' }, '/action', /must be one of setup, teardown/],
    [{ stat: 'x' }, '/stat', /did you mean "state"\?/]
  ],
  post_sandboxes_name: SETTINGS,
  patch_sandboxes_name: SETTINGS,
  post_faults: [...NO_OBJECT(/^must be an object with name, operation, /), ...RULE],
  put_faults: [
    ...NO_OBJECT(/^must be an object with faults$/),
    [{}, '', /must have the field faults/],
    [{ faults: {} }, '/faults', /must be a list/],
    [{ fault: [] }, '/fault', /did you mean "faults"\?/],
    ...RULE.map(([rule, at, message]): Wrong => [{ faults: [{ status: 503 }, rule] }, `/faults/1${at}`, message])
  ],
  put_clock: [
    ...NO_OBJECT(/^must be an object with now, rate$/),
    [{}, '', /must have at least one of now, rate/],
    [{ rate: -1 }, '/rate', /must be at least 0/],
    [{ rate: '1' }, '/rate', /must be a number/],
    [{ now: 'tomorrow', rate: 1 }, '/now', /must be a time such as 2024-01-31T12:00:00Z/],
    [{ now: '5' }, '/now', /must be a time such as/],
    [{ now: '2024-01-31T12:00:00' }, '/now', /must be a time such as/],
    [{ now: '2030-01-01', rate: 'fast' }, '/rate', /must be a number/],
    [{ nwo: '2030-01-01' }, '/nwo', /did you mean "now"\?/]
  ],
  post_clock_advance: [
    ...NO_OBJECT(/^must be an object with seconds, milliseconds$/),
    [{}, '', /must have at least one of seconds, milliseconds/],
    [{ seconds: -1 }, '/seconds', /must be at least 0/],
    [{ seconds: 31_557_600_001 }, '/seconds', /must be at most 31557600000/],
    [{ seconds: 60, milliseconds: 0.5 }, '/milliseconds', /must be a whole number/],
    [{ second: 1 }, '/second', /did you mean "seconds"\?/]
  ],
  put_timing: [
    ...NO_OBJECT(/^must be an object with e911, port_in, aging$/),
    [{}, '', /must have at least one of e911, port_in, aging/],
    [{ e911: 'later' }, '/e911', /must be one of immediate, held/],
    [{ e911: 7 }, '/e911', /^must be "immediate", "held", \{"after_reads": 2\} or \{"after_seconds": 60\}$/],
    [{ aging: 'held', e911: {} }, '/e911', /must have at least one of after_reads, after_seconds/],
    [{ e911: { after_reads: 1, after_seconds: 1 } }, '/e911', /must have only one of after_reads, after_seconds/],
    [{ e911: { after_reads: 0 } }, '/e911/after_reads', /must be at least 1/],
    [{ e911: { after_second: 1 } }, '/e911/after_second', /did you mean "after_seconds"\?/],
    [{ ageing: 'held' }, '/ageing', /did you mean "aging"\?/]
  ],
  post_timing_release: [
    [[], '', /must be an object with number, kind/],
    [{ number: 7 }, '/number', /must be a string/],
    [{ number: 'abc' }, '/number', /is no number of any plan/],
    [{ kind: 'lunch' }, '/kind', /must be one of e911, port_in, aging/],
    [{ numbre: E164 }, '/numbre', /did you mean "number"\?/]
  ],
  post_requests_count: PATTERN,
  post_requests_find: PATTERN,
  post_requests_remove: PATTERN,
  post_requests_wait: [
    ...PATTERN,
    [{ count: 0 }, '/count', /must be at least 1/],
    [{ timeout_ms: 600_001 }, '/timeout_ms', /must be at most 600000/],
    [{ timeoutms: 1 }, '/timeoutms', /did you mean "timeout_ms"\?/],
    [{ timeout: 1 }, '/timeout', /; there are method, .*, timeout_ms$/]
  ],
  post_requests_verify: [
    ...PATTERN,
    [{ exactly: -1 }, '/exactly', /must be at least 0/],
    [{ at_leats: 1 }, '/at_leats', /did you mean "at_least"\?/]
  ],
  post_numbers: NUMBER,
  put_state: STATE,
  put_snapshots_name: STATE.slice(1)
}
const QUERIES: Readonly<Record<string, readonly (readonly [query: string, at: string, message: RegExp])[]>> = {
  post_reset: [
    ['to=heaven', '/to', /must be one of fixtures, empty/],
    ['to=empty&to=fixtures', '/to', /must be a string/],
    ['only=numbers,everything', '/only', /must be some of numbers, faults, requests, clock/],
    ['onyl=faults', '/onyl', /did you mean "only"\?/]
  ],
  get_requests: [
    ['limit=few', '/limit', /must be a whole number/],
    ['since=then', '/since', /must be a time such as 2024-01-31T12:00:00Z/],
    ['since=5', '/since', /must be a time such as/],
    ['limt=1', '/limt', /did you mean "limit"\?/]
  ],
  get_requests_unmatched: [
    ['offset=-1', '/offset', /must be a whole number from 0 to 999999999/],
    ['sort=up', '/sort', /must be one of asc, desc/],
    ['format=pdf', '/format', /must be one of har, curl/],
    ['unmatched=true', '/unmatched', /is no field here; there are format, limit, offset, since, sort/]
  ],
  get_events: [
    ['types=requests,lunch', '/types', /requests, states, faults, resets/],
    ['since=then', '/since', /./],
    ['typs=requests', '/typs', /did you mean "types"\?/]
  ],
  get_numbers: [
    ['state=sold', '/state', /must be one of /],
    ['limit=0', '/limit', /must be a whole number from 1 to 1000/],
    ['sate=aging', '/sate', /did you mean "state"\?/]
  ],
  get_contract: [
    ['format=junt', '/format', /did you mean "junit"\?/],
    ['sandboxes=some', '/sandboxes', /must be one of all/],
    ['fromat=json', '/fromat', /did you mean "format"\?/]
  ],
  delete_contract: [
    ['sandboxes=some', '/sandboxes', /must be one of all/],
    ['sandbox=all', '/sandbox', /did you mean "sandboxes"\?/]
  ]
}
const NO_QUERY = [['a/b=1', '/a~1b', /is no query key of this call, which takes none/]] as const

/** The calls of the admin API. */
async function callsOf({ admin }: Admin): Promise<{ name: string; method: Method; path: string }[]> {
  const paths = (await admin('GET', '/openapi.json')).body.paths
  // What a browser loads answers in its own way.
  const calls = Object.entries(isObject(paths) ? paths : {}).filter(([path]) => !path.startsWith('/__admin/ui'))
  return calls.flatMap(([path, methods]) =>
    Object.keys(isObject(methods) ? methods : {}).map((method) => ({
      name: nameOf(method, path),
      method: method.toUpperCase() as Method,
      path: path.replace('/__admin', '').replaceAll(/\{\w+\}/g, '1')
    }))
  )
}

/** All that a call could have changed. */
async function everything({ admin }: Admin): Promise<JsonValue[]> {
  const seen: JsonObject[] = []
  for (const path of ['/state', '/faults', '/clock', '/timing', '/requests', '/sandboxes', '/snapshots', '/contract']) {
    seen.push((await admin('GET', path)).body)
  }
  return seen
}

t.test('Whatever call is wrong, I am told where and what would have been right, and nothing has changed', async (t) => {
  const it = await adminFor(t, { clock: FROZEN })
  await it.api('GET', '/v2/phone_numbers?prefix=415')
  await it.admin('POST', '/faults', { operation: 'list', status: 503 })
  await it.admin('PUT', '/snapshots/1')
  const calls = await callsOf(it)
  const before = await everything(it)
  t.strictSame(
    Object.keys({ ...BODIES, ...QUERIES }).filter((name) => !calls.some((call) => call.name === name)),
    [],
    'all of them are calls'
  )
  for (const { name, method, path } of calls) {
    await t.test(name, async (t) => {
      for (const [query, pointer, message] of QUERIES[name] ?? NO_QUERY) {
        t.match(await it.admin(method, `${path}?${query}`), { status: 400, body: refused(pointer, message) }, query)
      }
      if (method === 'GET') return
      for (const [body, pointer, message] of [...(BODIES[name] ?? NO_BODY), NO_JSON]) {
        const says = body === undefined ? 'no body' : JSON.stringify(body)
        t.match(await it.admin(method, path, body), { status: 400, body: refused(pointer, message) }, says)
      }
      t.strictSame(await everything(it), before, 'nothing has changed')
    })
  }
})

const NO_JSON: Wrong = ['{', '', /^the body cannot be read: /]

function refused(pointer: string, message: RegExp) {
  return { error: 'invalid', at: new RegExp(`^${pointer}$`), message }
}

t.test('A sandbox that cannot be is told with what it could be called', async (t) => {
  const it = await adminFor(t)
  for (const { name, method, path } of await callsOf(it)) {
    const { status, body } = await it.call({
      method,
      url: `/__admin${path}`,
      headers: { 'x-emulator-sandbox': 'not a name' }
    })
    // Some calls are about no sandbox, and some were wrong before anybody looked for one.
    if (status === 400 && text(body.message).includes('sandbox')) {
      t.match(body, { at: '', message: /1 to 64 letters, digits, dots, dashes and underscores/ }, name)
    }
  }
})
