import type { OperationName } from '../contract/outcomes.js'
import { toE164 } from '../numbering/e164.js'
import type { Seen } from './state-before.js'
import { listedRows, rowOf, successOf, type Row } from './rows-shown.js'

/** The operations whose answer is the whole document of a number on an account. */
const SHOW_NUMBER: readonly OperationName[] = ['read', 'buy', 'e911', 'update', 'patch', 'create', 'port', 'reserve']
const SHOW_COLLECTION: readonly OperationName[] = [
  'buy_collection',
  'create_collection',
  'update_collection',
  'patch_collection'
]

/** The numbers that records have shown so far, as they were last seen. A number that was removed is not known any more. */
export class KnownNumbers {
  readonly #rows = new Map<string, Row>()

  /** The rows of an account, and those of the numbers that a request names, on any account. */
  rowsFor({ account, operation, number, sent, hasFilter }: Seen): Row[] {
    const given = [number, sent.id, sent.numbers].flat().filter((one) => typeof one === 'string')
    const named = given.map(toE164)
    const isAll = operation === 'search_account' || (operation === 'list' && hasFilter) || operation === undefined
    const rows = [...this.#rows.values()]
    return rows.filter(({ e164, owner }) => named.includes(e164) || (isAll && owner === account))
  }

  learn({ operation, outcome, account, number, data, body }: Seen): void {
    if (operation === undefined || outcome !== 'success') return
    if (operation === 'remove') this.#rows.delete(toE164(number))
    if (operation === 'remove_collection') for (const [e164] of successOf(data)) this.#rows.delete(e164)
    if (operation === 'list') this.#keep(listedRows(data, body, account))
    if (SHOW_NUMBER.includes(operation)) this.#keep(rowOf(data, account))
    if (SHOW_COLLECTION.includes(operation)) this.#keep(successOf(data).flatMap(([, shown]) => rowOf(shown, account)))
  }

  #keep(rows: readonly Row[]): void {
    for (const row of rows) this.#rows.set(row.e164, row)
  }
}
