import type { JsonObject } from '../../src/json.js'
import { STATES, type State } from '../../src/numbering/number-state.js'
import type { Reply } from '../harness/emulator-under-test.js'

/** An error as a client sees it, but for what belongs to the request. */
interface Failure {
  status: number
  message: string
  data: unknown
}

function aboutNumber(code: number, error: string, { message, ...cause }: JsonObject): Failure {
  return { status: code, message: error, data: { ...cause, code, error, message } }
}

const UNAUTHORIZED = 'requestor is unauthorized to perform operation'

/** Every failure of one number in full, by the short name that tables give it (reference implementation). */
const FAILURES: Readonly<Record<string, (e164: string) => Failure>> = {
  '404': () => ({
    status: 404,
    message: 'bad_identifier',
    data: { message: 'bad identifier', not_found: 'The number could not be found' }
  }),
  '403': () => aboutNumber(403, 'forbidden', { message: UNAUTHORIZED }),
  '403 state': () => aboutNumber(403, 'forbidden', { cause: 'state_for_create', message: UNAUTHORIZED }),
  '403 account': () => ({ status: 403, message: 'forbidden', data: { message: 'forbidden' } }),
  '409': (e164) => aboutNumber(409, 'number_exists', { cause: e164, message: `number ${e164} already exists` }),
  '400 no change': () => aboutNumber(400, 'no_change_required', { message: 'no change required' }),
  '400 unassigned': () => ({ status: 400, message: 'client error', data: 'unassigned' }),
  '500': () => aboutNumber(500, 'unspecified_fault', { message: 'missing_provider_url' }),
  '402': () => ({
    status: 402,
    message: 'accept charges',
    data: {
      phone_numbers: {
        did: {
          category: 'phone_numbers',
          item: 'did',
          quantity: 1,
          rate: 1,
          single_discount: false,
          single_discount_rate: 0,
          cumulative_discount: 0,
          cumulative_discount_rate: 0,
          activation_charges: 1
        }
      }
    }
  })
}

function transition(from: string, to: string): Failure {
  return aboutNumber(400, 'invalid_state_transition', {
    cause: `from ${from} to ${to}`,
    message: 'invalid state transition'
  })
}

/**
 * What a reply says, in the short words of the tables: the state of the number, `200` for its owner, or the short name of
 * a failure. A failure has its short name only if status, `error`, `message` and `data` are all as they should be; anything
 * else is the reply as it is.
 */
export function outcomeOf({ status, body, text }: Reply, e164: string): string {
  const { data, error, message } = body
  if (status < 300) return successOf(data) ?? text
  if (error !== String(status) || body.status !== 'error' || typeof body.request_id !== 'string') return text
  const seen = JSON.stringify({ status, message, data })
  const isSeen = (failure: Failure) => JSON.stringify(failure) === seen
  const known = Object.entries(FAILURES).find(([, failure]) => isSeen(failure(e164)))
  if (known !== undefined) return known[0]
  for (const from of STATES)
    for (const to of STATES) if (isSeen(transition(from, to))) return `400 from ${from} to ${to}`
  const { cause, account_id, number } = (typeof data === 'object' ? data : {}) as JsonObject
  const isResting = cause === 'not_in_service' && typeof account_id === 'string' && number === e164
  return isResting && message === 'client error' && status === 400 ? '400 not_in_service' : text
}

function successOf(data: unknown): string | undefined {
  const { state, account_id, number, _read_only } = data as JsonObject
  if (typeof account_id === 'string' && typeof number === 'string') return '200'
  const within = (_read_only as JsonObject | undefined)?.state
  return typeof state === 'string' && within === state && isKnown(state) ? state : undefined
}

function isKnown(state: string): state is State {
  return STATES.some((known) => known === state)
}
