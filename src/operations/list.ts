import { JsonText } from '../json.js'
import { descendants } from '../sandbox/accounts.js'
import { readFilters } from '../numbering/list-filters.js'
import { readStartKey, startKey } from '../numbering/start-key.js'
import { viewRules } from '../numbering/views.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { Caller } from './rules/permissions.js'
import { clamp } from './rules/search-query.js'
import { first, type Query } from '../text/url.js'

/** A page of an account's numbers. */
export interface Listing {
  /** How many numbers it shows. */
  count: number
  data: JsonText
  paging: Record<'next_start_key' | 'start_key', string | undefined> & { page_size: number | undefined }
}

const DEFAULT_PAGE_SIZE = 50

/** The largest page where no setting limits it: one more number can be asked for. */
const MAX_PAGE_SIZE = Number.MAX_SAFE_INTEGER - 1

/** Sorts before every number. */
const BEGINNING = ''

/** The numbers that an account owns, ascending (document: List Account's Phone Numbers). */
export function list({ store, accounts, behaviour }: Sandbox, caller: Caller, query: Query): Listing {
  const { dialect, maxPageSize = MAX_PAGE_SIZE } = behaviour
  const filters = readFilters(query, dialect)
  const sent = first(query, 'start_key')
  const from = sent === undefined ? BEGINNING : readStartKey(sent)
  const isPaged = first(query, 'paginate') !== 'false'
  const size = Math.min(pageSize(first(query, 'page_size')), maxPageSize)
  const rules = viewRules(dialect, caller.account.admin)
  // One more than the page: it says whether there is another, and where that begins.
  const found = store.numbers.list(caller.path, { from }, filters, rules, isPaged ? size + 1 : undefined)
  const page = isPaged ? found.slice(0, size) : found
  const next = found[page.length]
  const numbers = page.map(([e164, entry]) => `"${e164}":${entry}`).join()
  // ASSUMED: the billable numbers of the accounts below are those that are theirs, in whatever state.
  const below = descendants(accounts, caller.path).reduce((sum, id) => sum + store.numbers.countOwned(id), 0)
  return {
    count: page.length,
    data: new JsonText(`{"cascade_quantity":${below},"numbers":{${numbers}}}`),
    paging: {
      next_start_key: next && startKey(next[0], dialect),
      page_size: isPaged ? page.length : undefined,
      start_key: isPaged && sent !== undefined ? startKey(from, dialect) : undefined
    }
  }
}

/** The size of a page; the default one where the text says none (reference implementation: silently). */
function pageSize(text: string | undefined): number {
  const size = clamp(text, 0, MAX_PAGE_SIZE, 0)
  return size < 1 ? DEFAULT_PAGE_SIZE : size
}
