/** Everything that is wrong with a call is said at once: what its schema does not allow, and what the schema cannot say. */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import { adminClient, AdminError, createEmulator, type AdminClient } from '../../src/library.js'
import { DEMO, type Call } from '../harness/emulator-under-test.js'
import { adminFor, rows, text, type Admin } from './admin-under-test.js'

const ACCOUNT = 'a'.repeat(32)
const E164 = '+14155550142'
const OTHER_E164 = '+14155550143'

/** A right body, values that are wrong at a place of it whatever stands elsewhere, and the call of the typed client that sends it. */
interface Breakable {
  call: readonly [method: Call['method'], path: string]
  right: JsonObject | JsonObject[]
  wrong: readonly (readonly [pointer: string, value: JsonValue])[]
  act?: (admin: AdminClient, body: never) => Promise<unknown>
}

const RULE = {
  operation: 'buy',
  number: E164,
  status: 500,
  delay_ms: { min: 1, max: 2 },
  headers: { a: 'b' },
  times: 1
}
const WRONG_RULE: Breakable['wrong'] = [
  ['/lunch', 1],
  ['/operation', 'bye'],
  ['/number', 'abc'],
  ['/status', 418],
  ['/delay_ms', { min: 2, max: 1 }],
  ['/headers/te', 'x'],
  ['/headers/one~1two', 'x'],
  ['/times', '1'],
  ['/phase', 'later']
]
const PATTERN = {
  operation: 'buy',
  method: 'PUT',
  urlPathTemplate: '/v2/{a}',
  pathParameters: { a: { matches: 'x' } },
  headers: { accept: { matches: 'x', equalToJson: '{}', matchesJsonPath: { expression: '$', matches: 'x' } } },
  bodyPatterns: [{ matchesJsonPath: '$' }, { contains: 'x' }]
}
const WRONG_PATTERN: Breakable['wrong'] = [
  ['/operation', 'bye'],
  ['/method', 7],
  ['/urlPattern', '('],
  ['/pathParameters/b', { equalTo: 'x' }],
  ['/pathParameters/a/matches', '('],
  ['/headers/accept/is', 'x'],
  ['/headers/accept/matches', '('],
  ['/headers/accept/equalToJson', '{'],
  ['/headers/accept/matchesJsonPath/expression', '$['],
  ['/headers/accept/matchesJsonPath/matches', '('],
  ['/bodyPatterns/0/matchesJsonPath', '$['],
  ['/bodyPatterns/1', 7]
]
const SETTINGS = {
  auth: 'strict',
  rate_limit: [
    { operation: 'buy', per_minute: 1 },
    { operation: 'list', per_minute: 1 }
  ]
}
const WRONG_SETTINGS: Breakable['wrong'] = [
  ['/lunch', 1],
  ['/auth', 'strikt'],
  ['/rate_limit/0/operation', 'bye'],
  ['/rate_limit/0/per_minute', 0],
  ['/rate_limit/1/operation', 7]
]
const NUMBER = { e164: E164, state: 'aging', created: 1 }
const WRONG_NUMBER: Breakable['wrong'] = [
  ['/e164', '+1415523471'],
  ['/state', 'sold'],
  ['/created', 'soon'],
  ['/colour', 'red']
]
const STATE = {
  version: 1,
  clock: { rate: 2, now: '2024-01-31T12:00:00Z', since: '2024-01-31T12:00:00Z' },
  accounts: [
    {
      id: ACCOUNT,
      name: 'mine',
      realm: '',
      parent: null,
      admin: false,
      additions: true,
      api_key: 'k'.repeat(64),
      user: '',
      password: '',
      token: 'x'
    }
  ],
  numbers: [NUMBER, { e164: OTHER_E164, state: 'aging', created: 1 }],
  offers: [{ first: '4155550001', last: '4155550002' }],
  searches: [
    { query: 'a', numbers: [] },
    { query: 'b', numbers: [] }
  ],
  tokens: [{ token: 'a', account: DEMO, expires: 1 }],
  faults: [RULE, { status: 500 }],
  settings: SETTINGS
}
const WRONG_STATE: Breakable['wrong'] = [
  ['/lunch', 1],
  ['/clock/now', 'noon'],
  ['/clock/rate', -1],
  ['/clock/since', 7],
  ['/accounts/0/parent', 'b'.repeat(32)],
  ['/accounts/0/admin', 'no'],
  ['/offers/0/last', '4155550000'],
  ['/searches/1/query', 'a'],
  ['/tokens/0/expires', 'soon'],
  ...below('/numbers/1', WRONG_NUMBER),
  ...below('/faults/0', WRONG_RULE),
  ['/faults/1/id', 'x'],
  ...below('/settings', WRONG_SETTINGS)
]

/** Every call whose body may be wrong in ways that its schema cannot say. */
const CALLS: readonly Breakable[] = [
  { call: ['POST', '/faults'], right: RULE, wrong: WRONG_RULE, act: ({ faults }, body) => faults.add(body) },
  {
    call: ['PUT', '/faults'],
    right: { faults: [RULE, RULE] },
    wrong: [...below('/faults/0', WRONG_RULE), ...below('/faults/1', WRONG_RULE)],
    act: ({ faults }, { faults: rules }) => faults.replace(rules)
  },
  {
    call: ['PUT', '/clock'],
    right: { now: '2024-01-31', rate: 1 },
    wrong: [
      ['/now', 'noon'],
      ['/rate', 'fast'],
      ['/lunch', 1]
    ]
  },
  {
    call: ['POST', '/timing/release'],
    right: { number: E164, kind: 'aging' },
    wrong: [
      ['/number', 'abc'],
      ['/kind', 'lunch']
    ],
    act: ({ timing }, { number, kind }) => timing.release(number, kind)
  },
  {
    call: ['POST', '/requests/count'],
    right: PATTERN,
    wrong: WRONG_PATTERN,
    act: ({ requests }, body) => requests.count(body)
  },
  {
    call: ['POST', '/requests/find'],
    right: PATTERN,
    wrong: WRONG_PATTERN,
    act: ({ requests }, body) => requests.find(body)
  },
  {
    call: ['POST', '/requests/remove'],
    right: PATTERN,
    wrong: WRONG_PATTERN,
    act: ({ requests }, body) => requests.removeMatching(body)
  },
  {
    call: ['POST', '/requests/wait'],
    right: { ...PATTERN, timeout_ms: 0 },
    wrong: [...WRONG_PATTERN, ['/count', 0], ['/timeout_ms', 'long']],
    act: ({ requests }, body) => requests.wait(body)
  },
  {
    call: ['POST', '/requests/verify'],
    right: { ...PATTERN, exactly: 0 },
    wrong: [...WRONG_PATTERN, ['/exactly', -1], ['/lunch', 1]],
    act: ({ requests }, body) => requests.verify(body)
  },
  {
    call: ['POST', '/requests/verify'],
    right: { in_order: [PATTERN, PATTERN] },
    wrong: [
      ...below('/in_order/0', WRONG_PATTERN),
      ...below('/in_order/1', WRONG_PATTERN),
      ['/at_least', 1],
      ['/lunch', 1]
    ]
  },
  {
    call: ['POST', '/sandboxes/mine'],
    right: SETTINGS,
    wrong: [...WRONG_SETTINGS, ['/dialect', 'kazoo']],
    act: ({ sandboxes }, body) => sandboxes.make('mine', body)
  },
  {
    call: ['PATCH', '/sandboxes/default'],
    right: SETTINGS,
    wrong: WRONG_SETTINGS,
    act: ({ sandboxes }, body) => sandboxes.configure('default', body)
  },
  {
    call: ['POST', '/numbers'],
    right: [NUMBER, { ...NUMBER, e164: OTHER_E164 }],
    wrong: [...below('/0', WRONG_NUMBER), ...below('/1', WRONG_NUMBER)],
    act: ({ numbers }, body) => numbers.put(body)
  },
  { call: ['POST', '/numbers'], right: NUMBER, wrong: WRONG_NUMBER },
  { call: ['PUT', '/state'], right: STATE, wrong: WRONG_STATE, act: ({ state }, body) => state.put(body) },
  {
    call: ['PUT', '/snapshots/mine'],
    right: STATE,
    wrong: WRONG_STATE,
    act: ({ snapshots }, body) => snapshots.upload('mine', body)
  },
  {
    call: ['POST', '/pact-states'],
    right: { state: `${E164} is aging on account ${DEMO}`, params: { carrier: 'local' }, action: 'setup' },
    wrong: [
      ['/state', `${E164} is sold on account ${DEMO}`],
      ['/params/carrier', 'mine'],
      ['/consumer', 7]
    ]
  },
  {
    call: ['POST', '/pact-states'],
    right: { state: 'buy ends in carrier_fault' },
    wrong: [
      ['/state', 'bye ends in carrier_fault'],
      ['/action', 'set up'],
      ['/params', 7]
    ]
  }
]

function below(at: string, wrong: Breakable['wrong']): Breakable['wrong'] {
  return wrong.map(([pointer, value]) => [at + pointer, value])
}

/** Puts values into a copy of a body. */
function broken(body: Breakable['right'], wrong: Breakable['wrong']): JsonObject {
  const copy = JSON.parse(JSON.stringify(body)) as JsonObject
  for (const [pointer, value] of wrong) {
    const names = pointer.split('/').map((name) => name.replaceAll('~1', '/'))
    const place = names.slice(1, -1).reduce((inside, name) => inside[name] as JsonObject, copy)
    place[String(names.at(-1))] = value
  }
  return copy
}

/** The same body with the fields of each object the other way round. */
function reversed(body: JsonValue): JsonValue {
  if (Array.isArray(body)) return body.map(reversed)
  if (!isObject(body)) return body
  return Object.fromEntries(
    Object.entries(body)
      .reverse()
      .map(([name, value]) => [name, reversed(value)])
  )
}

/** The pointers of everything that is wrong with a call; its status where it is right. */
async function refusedPlaces({ admin }: Admin, [method, path]: Breakable['call'], body?: unknown): Promise<unknown> {
  const { status, body: answer } = await admin(method, path, body)
  if (status !== 400) return status
  return (answer.problems === undefined ? [answer] : rows(answer.problems)).map(({ at }) => text(at))
}

const placesOf = (wrong: Breakable['wrong']) => wrong.map(([pointer]) => pointer).sort()

t.test(
  'Whatever places of a right body I break, I am told exactly these, in whatever order I write the body',
  async (t) => {
    const it = await adminFor(t)
    for (const { call, right, wrong } of CALLS) {
      const title = `${call.join(' ')} ${Object.keys(right).join(', ')}`
      t.type(await refusedPlaces(it, call, right), 'number', `${title}: it is right`)
      const isTold = async (some: Breakable['wrong']) => {
        const body = broken(right, some)
        const [found, again] = [await refusedPlaces(it, call, body), await refusedPlaces(it, call, reversed(body))]
        return isDeepStrictEqual(found, again) && isDeepStrictEqual([found].flat().sort(), placesOf(some))
      }
      await fc.assert(fc.asyncProperty(fc.subarray([...wrong], { minLength: 1 }), isTold), { numRuns: 20, seed: 1 })
      t.ok(await isTold(wrong), `${title}: all of them`)
    }
  }
)

t.test('The error of my client has all of them, too', async (t) => {
  await using emulator = await createEmulator()
  for (const { call, right, wrong, act } of CALLS) {
    if (act === undefined) continue
    for (const admin of [emulator, adminClient(emulator.url)]) {
      const error: unknown = await act(admin, broken(right, wrong) as never).catch((reason: unknown) => reason)
      t.ok(error instanceof AdminError, call.join(' '))
      if (!(error instanceof AdminError)) continue
      t.strictSame(error.problems.map(({ at }) => at).sort(), placesOf(wrong), call.join(' '))
      t.equal(error.message.split('\n').length, wrong.length)
    }
  }
})

type Told = readonly [call: Breakable['call'], body: unknown, pointers: readonly string[]]

const ADD_FAULT = ['POST', '/faults'] as const
const COUNT = ['POST', '/requests/count'] as const
const PUT_STATE = ['PUT', '/state'] as const
const PACT = ['POST', '/pact-states'] as const
const [OWNER] = STATE.accounts

/** Mistakes that look like others: which of them are told, in which order. */
const TOLD: Readonly<Record<string, Told>> = {
  'a misspelt field is why the rule does nothing': [ADD_FAULT, { statuz: 500 }, ['/statuz']],
  'a wrong field is why the rule does nothing': [ADD_FAULT, { status: '500' }, ['/status']],
  'a field that is like one that is there explains nothing': [ADD_FAULT, { times: 1, timez: 2 }, ['/timez', '']],
  'a field that is like no other explains nothing': [ADD_FAULT, { lunch: 1 }, ['/lunch', '']],
  'an operation of the wrong type may have the outcome': [ADD_FAULT, { operation: 7, outcome: 'x' }, ['/operation']],
  'a misspelt operation may have the outcome': [ADD_FAULT, { operatoin: 'buy', outcome: 'x' }, ['/operatoin']],
  'an unknown operation has no outcomes': [ADD_FAULT, { operation: 'bye', outcome: 'x' }, ['/operation']],
  'a misspelt body may allow the status': [ADD_FAULT, { status: 418, bdy: 'x' }, ['/bdy']],
  'a body beside a fault lacks its status, too': [
    ADD_FAULT,
    { body: 'x', fault: 'EMPTY_RESPONSE', times: 0 },
    ['/body', '/status', '/times']
  ],
  'headers need a response that may be misspelt': [ADD_FAULT, { headers: { a: 'b' }, statuz: 500 }, ['/statuz']],
  'a rule behind the tenth comes behind the ninth': [
    ['PUT', '/faults'],
    { faults: Array.from({ length: 11 }, (_, i) => (i < 9 ? { status: 500 } : { status: i })) },
    ['/faults/9/status', '/faults/10/status']
  ],
  'a list that is too long is read no further': [
    PUT_STATE,
    { faults: Array.from({ length: 1_001 }, () => ({ status: 418 })), version: 2 },
    ['/faults', '/version']
  ],
  'each field that is missing is told': [['POST', '/numbers'], {}, ['', '']],
  'a misspelt field is the one that is missing': [PUT_STATE, { clock: { rat: 2 } }, ['/clock/rat']],
  'a rate of the wrong type may need no time': [
    PUT_STATE,
    { clock: { rate: 'x' }, lunch: 1 },
    ['/clock/rate', '/lunch']
  ],
  'an account may be below one whose id is wrong': [
    PUT_STATE,
    { accounts: [{ ...OWNER, id: 'short' }, { ...OWNER, parent: 'b'.repeat(32) }, 7] },
    ['/accounts/0/id', '/accounts/2']
  ],
  'an account is below itself, whatever else is wrong': [
    PUT_STATE,
    {
      accounts: [
        { ...OWNER, parent: ACCOUNT },
        { ...OWNER, id: 'b'.repeat(32), token: 7 }
      ]
    },
    ['/accounts/0/parent', '/accounts/1/token']
  ],
  'a number that stands twice may be wrong in another row': [
    ['POST', '/numbers'],
    [NUMBER, { e164: E164, state: 'sold' }, { e164: '7', state: 'aging' }, 7],
    ['/1/e164', '/1/state', '/2/e164', '/3']
  ],
  'the template of path parameters may be misspelt': [
    COUNT,
    { urlPathTemplat: '/{a}', pathParameters: { a: { equalTo: 'x' } } },
    ['/urlPathTemplat']
  ],
  'path parameters that are wrong need a template, too': [
    COUNT,
    { pathParameters: { a: 7 } },
    ['/pathParameters/a', '/pathParameters']
  ],
  'a template that is wrong has no names yet': [
    COUNT,
    { urlPathTemplate: 'v2', pathParameters: { a: { equalTo: 'x' } }, method: 7 },
    ['/method', '/urlPathTemplate']
  ],
  'an operator without a JSONPath is read': [
    COUNT,
    { bodyPatterns: [{ matchesJsonPath: { matches: '(' } }] },
    ['/bodyPatterns/0/matchesJsonPath/matches', '/bodyPatterns/0/matchesJsonPath']
  ],
  'an unknown operation has no outcomes in a pattern': [COUNT, { operation: 'bye', outcome: 'x' }, ['/operation']],
  'an unknown outcome is told beside a field of the wrong type': [
    COUNT,
    { outcome: 'x', url: 7 },
    ['/outcome', '/url']
  ],
  'a pattern with too many conditions is read as far as they go': [
    COUNT,
    { urlPattern: '(', bodyPatterns: Array.from({ length: 51 }, () => ({ matches: 'x' })), lunch: 1 },
    ['/lunch', '/urlPattern', '']
  ],
  'a pattern beside a sequence is not read': [
    ['POST', '/requests/verify'],
    { in_order: [], operation: 'bye', exactly: 'x' },
    ['/exactly', '/exactly', '/in_order', '/operation']
  ],
  'a body that is none has one fault': [['POST', '/sandboxes/mine'], 7, ['']],
  'the number of a state and its parameters are told': [
    PACT,
    { state: '415 has no record', params: 7 },
    ['/params', '/state']
  ],
  'an account that there is not is told': [
    PACT,
    { state: 'account x has a login', action: 'up' },
    ['/action', '/state']
  ],
  'a state to be torn down needs no right parts': [
    PACT,
    { state: 'account x has a login', action: 'teardown', a: 1 },
    ['/a']
  ],
  'both parts of a state are told': [PACT, { state: '415 is sold on no account' }, ['/state', '/state']],
  'a query is read whole': [
    ['GET', '/requests?limit=few&offset=-1&since=then&sort=up&lunch=1'],
    undefined,
    ['/limit', '/lunch', '/offset', '/since', '/sort']
  ],
  'a query for numbers is read whole': [['GET', '/numbers?state=sold&limit=0'], undefined, ['/limit', '/state']],
  'a query for events is read whole': [
    ['GET', '/events?since=9&types=lunch&tpes=x'],
    undefined,
    ['/since', '/tpes', '/types']
  ],
  'a query for a report is read whole': [
    ['GET', '/contract?format=pact&sandboxes=some'],
    undefined,
    ['/consumer', '/sandboxes']
  ],
  'a query for a reset is read whole': [
    ['POST', `/reset?to=heaven&only=lunch&account=${DEMO}`],
    undefined,
    ['/only', '/only', '/to']
  ],
  'no key of a query is taken': [['GET', '/clock?b=1&a=1'], undefined, ['/a', '/b']]
}

t.test('One mistake does not look like two, and two do not look like one', async (t) => {
  const it = await adminFor(t)
  for (const [title, [call, body, pointers]] of Object.entries(TOLD)) {
    t.strictSame(await refusedPlaces(it, call, body), pointers, title)
  }
})

t.test('A document with thousands of faults is answered with the first', async (t) => {
  const it = await adminFor(t)
  const numbers = Array.from({ length: 3_000 }, () => 0)
  for (const [call, body, at] of [
    [PUT_STATE, { numbers, offers: numbers }, '/numbers'],
    [['POST', '/numbers'], numbers, ''],
    [COUNT, { bodyPatterns: numbers }, '/bodyPatterns']
  ] as const) {
    const expected = numbers.slice(0, 50).map((_, i) => `${at}/${i}`)
    t.strictSame(await refusedPlaces(it, call, body), expected, call.join(' '))
  }
})
