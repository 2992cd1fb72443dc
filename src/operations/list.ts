import { descendants } from '../sandbox/accounts.js'
import { readFilters, type Filter } from '../numbering/list-filters.js'
import { NO_PAGING, type Paging } from '../numbering/paging.js'
import { readStartKey, startKey } from '../numbering/start-key.js'
import { listEntry, viewRules, type ListEntry } from '../numbering/views.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { Caller } from './rules/permissions.js'
import { clamp, first, type Query } from './rules/search-query.js'

/** A page of an account's numbers. */
export interface Listing {
  data: { cascade_quantity: number; numbers: Record<string, ListEntry> }
  paging: Paging
}

const DEFAULT_PAGE_SIZE = 50
const LARGEST_PAGE_SIZE = Number.MAX_SAFE_INTEGER - 1

/** Sorts before every number. */
const BEGINNING = ''

/** What an account owns, ascending (document: List Account's Phone Numbers). */
export function list(sandbox: Sandbox, caller: Caller, query: Query): Listing {
  const { dialect } = sandbox.behaviour
  const filters = readFilters(query, dialect)
  const cascade_quantity = numbersBelow(sandbox, caller)
  const view = viewRules(sandbox.behaviour.dialect, caller.account.admin)
  const entries = (numbers: ReturnType<typeof rows>) =>
    Object.fromEntries(numbers.map((number) => [number.e164, listEntry(number, view)]))
  const sent = first(query, 'start_key')
  const from = sent === undefined ? BEGINNING : readStartKey(sent)
  if (first(query, 'paginate') === 'false') {
    return {
      data: { cascade_quantity, numbers: entries(rows(sandbox, caller, from, filters)) },
      paging: NO_PAGING
    }
  }
  const size = pageSize(first(query, 'page_size'))
  // One more than the page: it says whether there is another, and where that begins.
  const found = rows(sandbox, caller, from, filters, size + 1)
  const page = found.slice(0, size)
  const next = found[size]
  return {
    data: { cascade_quantity, numbers: entries(page) },
    paging: {
      next_start_key: next && startKey(next.e164, dialect),
      page_size: page.length,
      start_key: sent === undefined ? undefined : startKey(from, dialect)
    }
  }
}

function rows({ store }: Sandbox, caller: Caller, from: string, filters: readonly Filter[], limit?: number) {
  return store.numbers.list(caller.path, { from }, filters, limit)
}

/** What is no size is the default one (reference implementation: silently). */
function pageSize(text: string | undefined): number {
  const size = clamp(text, 0, LARGEST_PAGE_SIZE, 0)
  return size < 1 ? DEFAULT_PAGE_SIZE : size
}

/** ASSUMED: the billable numbers of the accounts below are those that are theirs, in whatever state. */
function numbersBelow({ accounts, store }: Sandbox, caller: Caller): number {
  return descendants(accounts, caller.path).reduce((sum, id) => sum + store.numbers.owned(id), 0)
}
