import type { JsonObject } from '../../json.js'
import { formatQuery, type AdminCalls } from './calls.js'

/** The calls on the numbers of all accounts. */
export function numberCalls(admin: AdminCalls) {
  return {
    /** Returns a page of the numbers of all accounts. @param query - `account`, `state`, `prefix`, `limit`, `start_key` */
    list: (query: Readonly<Record<string, string | number>> = {}) =>
      admin.get<JsonObject>(`/numbers${formatQuery(query)}`),
    /** Returns one number with its delays. @throws AdminError where it has no record */
    get: (number: string) => admin.get<JsonObject>(`/numbers/${encodeURIComponent(number)}`),
    /** Puts numbers into the sandbox as they are, in any state and past the rules; all of them, or none. */
    put: (numbers: readonly JsonObject[]) =>
      admin.call('POST', '/numbers', numbers).then((reply) => (reply as { numbers: JsonObject[] }).numbers)
  }
}
