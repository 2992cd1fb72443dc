import type { JsonObject, JsonValue } from '../../json.js'
import { EXAMPLE_ACCOUNT, EXAMPLE_NUMBER, OTHER_NUMBER } from './examples.js'

/** An example of a call, which a fresh emulator takes and answers like this. */
interface AdminExample {
  /** The body of the request, where the call takes one. */
  body?: JsonValue
  /** The body of the response, or the important part of it. */
  response: JsonValue
  /** The type of the response, where it is not JSON. */
  contentType?: string
}

const CREATED = 63_934_617_600
const NOW = '2026-01-01T00:00:00.000Z'
const SAVED = 'checkout'

const RULE_EXAMPLE: JsonObject = { operation: 'buy', outcome: 'carrier_fault', times: 1 }
const COUNTED_RULE: JsonObject = { ...RULE_EXAMPLE, name: 'carrier_fault', id: '1', hits: 0 }
const LOST_ANSWER_EXAMPLE: JsonObject = { operation: 'buy', phase: 'after', fault: 'EMPTY_RESPONSE', times: 1 }
const COUNTED_LOST_ANSWER: JsonObject = { ...LOST_ANSWER_EXAMPLE, name: 'EMPTY_RESPONSE', id: '2', hits: 0 }
const CLOCK_EXAMPLE: JsonObject = { now: NOW, gregorian_seconds: CREATED, rate: 0 }
const TIMING_EXAMPLE: JsonObject = { e911: 'immediate', port_in: 'held', aging: { after_seconds: 60 } }
const DELAY_EXAMPLE: JsonObject = { number: OTHER_NUMBER, kind: 'aging', due: CREATED + 60 }
const STATE_EXAMPLE: JsonObject = {
  version: 1,
  clock: { rate: 1, offset_ms: 0 },
  numbers: [{ e164: EXAMPLE_NUMBER, state: 'in_service', owner: EXAMPLE_ACCOUNT }]
}
const SETTINGS_EXAMPLE: JsonObject = { auth: 'strict', rate_limit: { operation: 'buy', per_minute: 60 } }
const PLAIN_SANDBOX: JsonObject = {
  name: SAVED,
  base_path: `/sandboxes/${SAVED}`,
  settings: {
    auth: 'documented',
    accounts: 'auto',
    e911: 'streets',
    contract: 'warn',
    max_page_size: null,
    random_seed: null,
    rate_limit: false
  },
  own: [],
  after_reset: []
}
const STRICT_SANDBOX: JsonObject = { ...PLAIN_SANDBOX, settings: { auth: 'strict' }, own: ['auth'] }
const NUMBER_ROW: JsonObject = {
  number: EXAMPLE_NUMBER,
  state: 'in_service',
  account: EXAMPLE_ACCOUNT,
  used_by: null,
  features: [],
  created: CREATED,
  modified: CREATED
}
const SEARCH: JsonObject = {
  id: '1',
  request: { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2', loggedDateString: NOW },
  response: { status: 200 },
  operation: 'search',
  outcome: 'success'
}

/** One example for each call of the admin API. */
export const ADMIN_EXAMPLES: Readonly<Record<string, AdminExample>> = {
  'GET /openapi.json': { response: { openapi: '3.1.0', info: { title: 'Admin API of the emulator' } } },
  'GET /health': { response: { status: 'healthy', version: '0.1.0', uptime_seconds: 12 } },
  'GET /ready': { response: { status: 'ready' } },
  'POST /reset': { response: { status: 'reset', sandbox: 'default' } },
  'GET /accounts': {
    response: {
      accounts: [{ id: EXAMPLE_ACCOUNT, name: 'demo', user: 'demo', password: 'demo-password', token: 'demo-token' }]
    }
  },
  'GET /state': { response: STATE_EXAMPLE },
  'PUT /state': { body: STATE_EXAMPLE, response: { status: 'replaced', sandbox: 'default' } },
  'POST /numbers': {
    body: [{ e164: '+14155550123', state: 'in_service', owner: EXAMPLE_ACCOUNT }],
    response: { numbers: [{ e164: '+14155550123', state: 'in_service', owner: EXAMPLE_ACCOUNT, features: [] }] }
  },
  'GET /numbers': { response: { numbers: [NUMBER_ROW], total: 4, counts: { in_service: 3, reserved: 1 } } },
  'GET /numbers/{number}': {
    response: {
      ...NUMBER_ROW,
      document: {},
      delays: {},
      changes: [{ from: null, to: 'in_service', request: '2', at: NOW }]
    }
  },
  'GET /states': {
    response: {
      states: ['available', 'in_service'],
      transitions: [{ from: 'available', action: 'activate', to: 'in_service' }]
    }
  },
  'GET /magic': {
    response: {
      numbers: [{ number: '+15005550200', activate: 'bought, without a search' }],
      addresses: [{ street_address: '911 PROVISIONED TEST ST', result: 'PROVISIONED' }]
    }
  },
  'GET /outcomes': {
    response: {
      operations: [
        {
          name: 'search',
          source: 'Search For Available Numbers',
          outcomes: [{ name: 'success', status: 'success', means: 'The operation was carried out.' }]
        }
      ],
      anywhere: []
    }
  },
  'GET /fidelity': {
    response: {
      summary: { document: 14, reference: 395, assumed: 7, emulator: 8, agreed: 0 },
      operations: [
        {
          name: 'list',
          source: 'List Account’s Phone Numbers',
          outcomes: [
            {
              name: 'success',
              origin: 'document',
              source: 'List Account’s Phone Numbers',
              assumptions: ['the billable numbers of the accounts below are those that are theirs, in whatever state.'],
              verify: 'not compared'
            }
          ]
        }
      ],
      anywhere: []
    }
  },
  'GET /contract': {
    response: {
      sandbox: 'default',
      dialect: 'oneuc',
      made_at: NOW,
      summary: { requests: 2, warnings: 0, unmatched: 0, documented: { seen: 2, of: 14, percent: 14 } },
      warnings: [],
      lost_answers: [],
      unmatched: []
    }
  },
  'DELETE /contract': { response: { status: 'cleared' } },
  'POST /pact-states': { body: { state: `${EXAMPLE_NUMBER} was found by a search`, action: 'setup' }, response: {} },
  'GET /faults': { response: { faults: [COUNTED_RULE] } },
  'POST /faults': { body: RULE_EXAMPLE, response: COUNTED_RULE },
  'PUT /faults': {
    body: { faults: [RULE_EXAMPLE, LOST_ANSWER_EXAMPLE] },
    response: { faults: [COUNTED_RULE, COUNTED_LOST_ANSWER] }
  },
  'DELETE /faults': { response: { faults: [] } },
  'DELETE /faults/{id}': { response: { removed: '1' } },
  'GET /clock': { response: CLOCK_EXAMPLE },
  'PUT /clock': { body: { now: NOW, rate: 0 }, response: CLOCK_EXAMPLE },
  'POST /clock/advance': { body: { seconds: 3600 }, response: CLOCK_EXAMPLE },
  'GET /requests': { response: { requests: [SEARCH], meta: { total: 1 } } },
  'GET /requests/unmatched': { response: { requests: [], meta: { total: 0 } } },
  'POST /requests/remove': {
    body: { operation: 'search' },
    response: { requests: [SEARCH], meta: { total: 1 } }
  },
  'DELETE /requests': { response: { requests: [], meta: { total: 0 } } },
  'GET /requests/{id}': { response: SEARCH },
  'DELETE /requests/{id}': { response: { removed: '1' } },
  'POST /requests/count': { body: { operation: 'buy', outcome: 'success' }, response: { count: 2 } },
  'POST /requests/find': { body: { operation: 'search' }, response: { requests: [SEARCH], meta: { total: 1 } } },
  'POST /requests/wait': {
    body: { operation: 'search', count: 1, timeout_ms: 5000 },
    response: { requests: [SEARCH], meta: { total: 1 } }
  },
  'POST /requests/verify': { body: { operation: 'buy', exactly: 2 }, response: { status: 'verified', count: 2 } },
  'GET /events': {
    response: `id: 1\nevent: change\ndata: ${JSON.stringify({ e164: EXAMPLE_NUMBER, from: null, to: 'in_service' })}\n\n`,
    contentType: 'text/event-stream'
  },
  'GET /timing': { response: TIMING_EXAMPLE },
  'PUT /timing': { body: { aging: { after_seconds: 60 } }, response: TIMING_EXAMPLE },
  'GET /timing/waiting': { response: { delays: [DELAY_EXAMPLE] } },
  'POST /timing/release': { body: { kind: 'aging' }, response: { released: [OTHER_NUMBER] } },
  'GET /sandboxes': {
    response: { sandboxes: [{ name: 'default', base_path: '', numbers: 3, requests: 0 }], dropped: 0 }
  },
  'GET /sandboxes/{name}': { response: PLAIN_SANDBOX },
  'POST /sandboxes/{name}': { body: SETTINGS_EXAMPLE, response: STRICT_SANDBOX },
  'PATCH /sandboxes/{name}': { body: { auth: 'strict', random_seed: null }, response: STRICT_SANDBOX },
  'DELETE /sandboxes/{name}': { response: { dropped: SAVED } },
  'GET /snapshots': { response: { snapshots: [{ name: SAVED, made_at: NOW, numbers: 4 }] } },
  'GET /snapshots/{name}': { response: STATE_EXAMPLE },
  'PUT /snapshots/{name}': { body: STATE_EXAMPLE, response: { saved: SAVED } },
  'POST /snapshots/{name}': { response: { restored: SAVED } },
  'DELETE /snapshots/{name}': { response: { dropped: SAVED } }
}

/** The values of the variable parts of a path in the examples. */
export const PATH_EXAMPLES: Readonly<Record<string, { description: string; example: string }>> = {
  number: {
    description: 'In E.164 form, URL-encoded once: `+14152338397` is written `%2B14152338397`',
    example: EXAMPLE_NUMBER
  },
  id: { description: 'The id that the list shows', example: '1' },
  name: { description: '1 to 64 letters, digits, dots, dashes and underscores', example: SAVED }
}
