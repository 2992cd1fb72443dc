import type { JsonObject, JsonValue } from '../../src/json.js'
import type { AdminClient } from '../../src/library.js'
import { DEMO, type Call } from '../harness/emulator-under-test.js'
import { ACCOUNT } from '../state/fixtures-under-test.js'

const E164 = '+14155550142'
const OTHER_E164 = '+14155550143'

/** A right body, values that are wrong at a place of it whatever stands elsewhere, and the call of the typed client that sends it. */
export interface Breakable {
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
  queryParameters: { prefix: { equalTo: '415' } },
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
  ['/headers/two\u2028lines', 7],
  ['/queryParameters/two\u2028lines', null],
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
  accounts: [ACCOUNT],
  numbers: [NUMBER, { e164: OTHER_E164, state: 'aging', created: 1 }],
  offers: [{ first: '4155550001', last: '4155550002' }],
  searches: [
    { query: 'a', numbers: [] },
    { query: 'b', numbers: [] }
  ],
  tokens: [{ token: 'a', account: DEMO, expires: 1 }],
  faults: [RULE, { status: 500 }],
  timing: { e911: 'held', port_in: { after_seconds: 60 }, aging: 'immediate' },
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
  ['/timing/e911', 'soon'],
  ['/timing/port_in/after_seconds', -1],
  ['/timing/lunch', 'held'],
  ...below('/settings', WRONG_SETTINGS)
]

/** Every call whose body may be wrong in ways that its schema cannot say. */
export const CALLS: readonly Breakable[] = [
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

export type Told = readonly [call: Breakable['call'], body: unknown, pointers: readonly string[]]

const ADD_FAULT = ['POST', '/faults'] as const
export const COUNT = ['POST', '/requests/count'] as const
export const PUT_STATE = ['PUT', '/state'] as const
const PACT = ['POST', '/pact-states'] as const
const [OWNER] = STATE.accounts

/** Mistakes that look like others: which of them are told, in which order. */
export const TOLD: Readonly<Record<string, Told>> = {
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
        { ...OWNER, parent: ACCOUNT.id },
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
