import type { Database } from '../../db/database.js'
import { freeRanges, numbersOf, type TakenNumbers } from '../inventory/free-numbers.js'
import { searchRecord, type SearchRecord } from '../inventory/search-record.js'
import { splitNational } from '../numbering/e164.js'
import type { Filter } from '../numbering/list-filters.js'
import type { NumberRange } from '../numbering/number-range.js'
import type { FoundNumber } from '../numbering/number-schema.js'
import type { State } from '../numbering/number-state.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { countAvailable, listAvailable, rangeOf } from './rules/available-numbers.js'
import type { Caller } from './rules/permissions.js'
import { readSearch, type Search } from './rules/search-query.js'
import { first, type Query } from '../text/url.js'

/**
 * Numbers of one kind, in their order: returns at most `limit` of them after `skip` others, or how many there are, where the page
 * begins behind them all.
 */
type Source = (skip: number, limit: number) => FoundNumber[] | number

/** A search result as the dialect shows it: the documented record, or the number and its state. */
export type SearchResult = SearchRecord | FoundNumber

/** Search For Available Numbers: the numbers that any account may buy, as records or, in a dialect, with their states only. */
export function searchAvailable(sandbox: Sandbox, caller: Caller, query: Query): SearchResult[] {
  assertReseller(sandbox, query)
  const search = readSearch(query, sandbox.behaviour.dialect)
  const pinned = findPinned(sandbox, search)
  const numbers = findPage(sandbox, caller, search, [
    listed(pinned.onSale),
    available(sandbox, search, () => pinned.available),
    generated(sandbox, search, pinned.free)
  ])
  if (sandbox.behaviour.dialect.public_search === 'plain') return numbers
  return numbers.map(({ number }) => searchRecord(sandbox.inventory, number.slice('+1'.length)))
}

/** Search for available numbers you own: the numbers that the account has or could have. */
export function searchWithin(sandbox: Sandbox, caller: Caller, query: Query): FoundNumber[] {
  assertReseller(sandbox, query)
  const { dialect } = sandbox.behaviour
  const search = readSearch(query, dialect)
  const pinned = findPinned(sandbox, search)
  const isStock = dialect.account_search === 'stock'
  // The own numbers of any state come first, and only once.
  const ownInState = (state: State) => () => (isStock ? [] : listOwn(sandbox, caller, search, state))
  return findPage(sandbox, caller, search, [
    own(sandbox, caller, search, isStock ? [inState('reserved')] : []),
    available(sandbox, search, ownInState('available')),
    listed(
      pinned.onSale.filter(({ state }) => state === 'discovery'),
      ownInState('discovery')
    ),
    generated(sandbox, search, pinned.free)
  ])
}

function inState(state: State): Filter {
  return { test: 'equals', field: { column: 'state' }, values: [state], negated: false }
}

function listOwn({ store }: Sandbox, caller: Caller, { prefix }: Search, state: State): string[] {
  return store.numbers.search(caller.path, rangeOf(prefix), [inState(state)]).map(({ number }) => number)
}

/** Throws where a reseller is named: only one that has opened its search serves others, and none has (reference implementation). */
export function assertReseller({ accounts }: Sandbox, query: Query): void {
  const reseller = first(query, 'reseller_id')
  if (reseller === undefined) return
  throw new Problem(accounts.has(reseller) ? 'search_restricted' : 'reseller_unknown')
}

/** The page that the search asks for, out of all sources one behind the other; the numbers on it may be bought from now on. */
function findPage(sandbox: Sandbox, caller: Caller, search: Search, sources: readonly Source[]): FoundNumber[] {
  const { store, transaction } = sandbox
  if (!search.isNorthAmerican) return []
  if (sandbox.behaviour.dialect.offset === 'page') {
    const found = takePage(sources, search.offset * search.quantity, search.quantity)
    return recordDiscoveries(sandbox, found)
  }
  const query = JSON.stringify([search.sent, caller.path, caller.token])
  if (search.offset > 0) return store.searchPages.find(query).slice(search.offset, search.offset + search.quantity)
  const numbers = takePage(sources, 0, search.quantity)
  return transaction(() => {
    store.searchPages.save({ query, numbers })
    return recordDiscoveries(sandbox, numbers)
  })
}

function takePage(sources: readonly Source[], offset: number, quantity: number): FoundNumber[] {
  const found: FoundNumber[] = []
  let skip = offset
  for (const source of sources) {
    if (found.length === quantity) break
    const part = source(skip, quantity - found.length)
    if (typeof part === 'number') skip -= part
    else {
      skip = 0
      found.push(...part)
    }
  }
  return found
}

/** Records the numbers without a record among `found` as discovered, neighbours together. */
function recordDiscoveries({ store, transaction }: Sandbox, found: FoundNumber[]): FoundNumber[] {
  const ranges: NumberRange[] = []
  for (const { number, state } of found) {
    if (state !== 'discovery') continue
    const national = number.slice('+1'.length)
    const range = ranges.at(-1)
    if (range !== undefined && Number(range.last) + 1 === Number(national)) range.last = national
    else ranges.push({ first: national, last: national })
  }
  if (ranges.length > 0) {
    transaction(() => {
      for (const range of ranges) store.discoveries.save(range)
    })
  }
  return found
}

/** The numbers that come first in their area code. */
interface Pinned {
  /** Those that any account may buy, in their order. */
  onSale: readonly FoundNumber[]
  /** Those of them without a record, in E.164 form. */
  free: readonly string[]
  /** Those of them that are available. */
  available: readonly string[]
}

function findPinned({ inventory, store }: Sandbox, { prefix }: Search): Pinned {
  const numbers = inventory.pinnedNumbers(prefix)
  if (numbers.length === 0) return { onSale: [], free: [], available: [] }
  const states = store.numbers.findStates(numbers)
  const onSale = numbers.flatMap((number): FoundNumber[] => {
    const state = states.get(number) ?? 'discovery'
    return state === 'discovery' || state === 'available' ? [{ number, state }] : []
  })
  return {
    onSale,
    free: numbers.filter((e164) => !states.has(e164)),
    available: numbers.filter((e164) => states.get(e164) === 'available')
  }
}

/** The numbers but for some that have been listed already, which are not looked up where there is nothing to list. */
function listed(numbers: readonly FoundNumber[], listExcept: () => readonly string[] = () => []): Source {
  return (skip, limit) => {
    if (numbers.length === 0) return 0
    const except = new Set(listExcept())
    const others = numbers.filter(({ number }) => !except.has(number))
    return skip < others.length ? others.slice(skip, skip + limit) : others.length
  }
}

function own({ store }: Sandbox, caller: Caller, search: Search, filters: readonly Filter[]): Source {
  const range = rangeOf(search.prefix)
  return (skip, limit) => {
    const found = store.numbers.search(caller.path, range, filters, limit, skip)
    return found.length === 0 ? store.numbers.count(caller.path, range, filters) : found
  }
}

/** The available numbers but for some that have been listed already. */
function available({ store }: Sandbox, search: Search, listExcept: () => readonly string[]): Source {
  return (skip, limit) => {
    const except = new Set(listExcept())
    const count = skip === 0 ? Infinity : countAvailable(store, search.prefix) - except.size
    if (skip >= count) return count
    const found = listAvailable(store, search.prefix, skip, limit + except.size)
    const [start = ''] = found
    // As many as `found` begins too early, since they have been counted with the others.
    const early = [...except].filter((e164) => e164 < start).length
    return found
      .filter((e164) => !except.has(e164))
      .slice(early, early + limit)
      .map((number) => ({ number, state: 'available' }))
  }
}

/** The numbers that have no record, but for some that have been listed already. */
function generated({ inventory, store }: Sandbox, { prefix }: Search, except: readonly string[]): Source {
  return (skip, limit) => {
    const area = inventory.exchangesWithPrefix(prefix)
    const free = numbersOf(freeRanges(area, skip, limit, takenNumbers(store, prefix, except)))
    return free.map((national) => ({ number: `+1${national}`, state: 'discovery' }))
  }
}

/** The numbers that have a record, and `others`, which all begin with the prefix. */
function takenNumbers({ exchangeCounts, numbers }: Database, prefix: string, others: readonly string[]): TakenNumbers {
  const byExchange = exchangeCounts.recorded(splitNational(prefix).npa)
  for (const e164 of others) {
    const exchange = e164.slice('+1'.length, '+1NPANXX'.length)
    byExchange[exchange] = (byExchange[exchange] ?? 0) + 1
  }
  return {
    byExchange,
    list: (exchange) =>
      [...numbers.listRecorded(rangeOf(exchange)), ...others.filter((e164) => e164.startsWith(`+1${exchange}`))]
        .map((e164) => e164.slice('+1'.length))
        .sort()
  }
}
