import type { Reply } from '../../contract/openapi/admin-responses.js'
import type { State } from '../../numbering/number-state.js'
import type { NumberFixture } from '../../state/fixture-schemas.js'
import { formatQuery, type AdminCalls } from './calls.js'

/** Which numbers a page has. */
export interface NumbersQuery {
  /** The id of the account that owns them. @default all accounts */
  account?: string
  /** @default every state */
  state?: State
  /** The first digits, such as `+1415` or `415`. @default all numbers */
  prefix?: string
  /** How many numbers a page has, from 1 to 1000. @default 100 */
  limit?: number
  /** `next_start_key` of the page before. @default the first page */
  start_key?: string
}

/** The calls on the numbers of all accounts. */
export function numberCalls(admin: AdminCalls) {
  return {
    /** Returns a page of the numbers of all accounts. */
    list: (query: NumbersQuery = {}) => admin.get<Reply<'GET /numbers'>>(`/numbers${formatQuery({ ...query })}`),
    /** Returns one number with its delays. @throws AdminError where it has no record */
    get: (number: string) => admin.get<Reply<'GET /numbers/{number}'>>(`/numbers/${encodeURIComponent(number)}`),
    /** Puts numbers into the sandbox as they are, in any state and past the rules; all of them, or none. */
    put: (numbers: readonly NumberFixture[]) =>
      admin.call('POST', '/numbers', numbers).then((reply) => (reply as unknown as Reply<'POST /numbers', 201>).numbers)
  }
}
