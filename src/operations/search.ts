import type { Store } from '../../db/database.js'
import type { FoundNumber } from '../../db/search-pages.js'
import { freeRuns, numbersOf, type Taken } from '../inventory/free-numbers.js'
import { searchRecord, type SearchRecord } from '../inventory/search-record.js'
import type { Filter } from '../numbering/list-filters.js'
import type { State } from '../numbering/number-state.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { Caller } from './rules/permissions.js'
import { countAvailable, listAvailable, rangeOf } from './rules/available-numbers.js'
import { first, readSearch, type Query, type Search } from './rules/search-query.js'

/** Numbers of one kind, in their order. */
interface Source {
  /** How many there are; asked only where a page begins behind them. */
  count: () => number
  page: (skip: number, limit: number) => FoundNumber[]
}

/** A search result as the dialect shows it: the documented record, or the number and its state. */
export type SearchResult = SearchRecord | FoundNumber

/** Search For Available Numbers: what anybody may buy. */
export function searchAvailable(sandbox: Sandbox, caller: Caller, query: Query): SearchResult[] {
  refuseReseller(sandbox, query)
  const search = readSearch(query, sandbox.behaviour.dialect)
  const leads = leadsOf(sandbox, search)
  const numbers = pages(sandbox, caller, search, [
    listed(leads.shown),
    pool(sandbox, search, leads.pooled),
    generated(sandbox, search, leads.free)
  ])
  if (sandbox.behaviour.dialect.public_search === 'plain') return numbers
  return numbers.map(({ number }) => searchRecord(sandbox.inventory, number.slice('+1'.length)))
}

/** Search for available numbers you own: what the account has or could have. */
export function searchWithin(sandbox: Sandbox, caller: Caller, query: Query): FoundNumber[] {
  refuseReseller(sandbox, query)
  const search = readSearch(query, sandbox.behaviour.dialect)
  const leads = leadsOf(sandbox, search)
  const filters = sandbox.behaviour.dialect.account_search === 'stock' ? [RESERVED] : []
  return pages(sandbox, caller, search, [
    own(sandbox, caller, search, filters),
    pool(sandbox, search, []),
    listed(leads.shown.filter(({ state }) => state === 'discovery')),
    generated(sandbox, search, leads.free)
  ])
}

const RESERVED: Filter = { test: 'equals', field: { column: 'state' }, values: ['reserved'], negated: false }

/** Only a reseller that has opened its search serves strangers, and none has (reference implementation). */
export function refuseReseller({ accounts }: Sandbox, query: Query): void {
  const reseller = first(query, 'reseller_id')
  if (reseller === undefined) return
  throw new Problem(accounts.has(reseller) ? 'search_restricted' : 'reseller_unknown')
}

/** The page that the search asks for, out of all sources one behind the other; what it returns may be bought from now on. */
function pages(sandbox: Sandbox, caller: Caller, search: Search, sources: readonly Source[]): FoundNumber[] {
  const { dialect } = sandbox.behaviour
  if (!search.isNorthAmerican) return []
  if (dialect.offset === 'page') {
    return offering(sandbox, pageOf(sources, search.offset * search.quantity, search.quantity))
  }
  const query = JSON.stringify([search.sent, caller.path, caller.token])
  if (search.offset > 0)
    return sandbox.store.searchPages.get(query).slice(search.offset, search.offset + search.quantity)
  const found = pageOf(sources, 0, search.quantity)
  return sandbox.transaction(() => {
    sandbox.store.searchPages.put(query, found)
    return offering(sandbox, found)
  })
}

function pageOf(sources: readonly Source[], offset: number, quantity: number): FoundNumber[] {
  const found: FoundNumber[] = []
  let skip = offset
  for (const source of sources) {
    if (found.length === quantity) break
    const part = source.page(skip, quantity - found.length)
    skip = part.length > 0 ? 0 : skip - source.count()
    found.push(...part)
  }
  return found
}

/** Remembers the offers among `found`, neighbours together. */
function offering({ store, transaction }: Sandbox, found: FoundNumber[]): FoundNumber[] {
  const runs: { first: string; last: string }[] = []
  for (const { number, state } of found) {
    if (state !== 'discovery') continue
    const national = number.slice('+1'.length)
    const run = runs.at(-1)
    if (run !== undefined && Number(run.last) + 1 === Number(national)) run.last = national
    else runs.push({ first: national, last: national })
  }
  if (runs.length === 1 && runs[0] !== undefined) store.discoveries.add(runs[0])
  else if (runs.length > 1) {
    transaction(() => {
      for (const run of runs) store.discoveries.add(run)
    })
  }
  return found
}

/** Numbers that lead the offers of their area code. */
interface Leads {
  /** Those that anybody may buy, in their order. */
  shown: readonly FoundNumber[]
  /** Those of them without a record, in E.164 form. */
  free: readonly string[]
  /** Those of them that are in the pool. */
  pooled: readonly string[]
}

const NO_LEADS: Leads = { shown: [], free: [], pooled: [] }

function leadsOf({ inventory, store: { exchangeCounts, numbers } }: Sandbox, { prefix }: Search): Leads {
  const all = inventory.leads(prefix)
  if (all.length === 0) return NO_LEADS
  const { recorded } = exchangeCounts.exchangesOf(prefix.slice(0, 3))
  const isRecorded = (e164: string) => recorded[Number(e164.slice('+1NPA'.length, '+1NPANXX'.length))] !== 0
  const shown = all.flatMap((number): FoundNumber[] => {
    const state = isRecorded(number) ? (numbers.find(number)?.state ?? 'discovery') : 'discovery'
    return state === 'discovery' || state === 'available' ? [{ number, state }] : []
  })
  const those = (wanted: State) => shown.filter(({ state }) => state === wanted).map(({ number }) => number)
  return { shown, free: those('discovery'), pooled: those('available') }
}

function listed(numbers: readonly FoundNumber[]): Source {
  return {
    count: () => numbers.length,
    page: (skip, limit) => numbers.slice(skip, skip + limit)
  }
}

function own({ store }: Sandbox, caller: Caller, search: Search, filters: readonly Filter[]): Source {
  const range = rangeOf(search.prefix)
  return {
    count: () => store.numbers.count(caller.path, range, filters),
    page: (skip, limit) =>
      store.numbers.list(caller.path, range, filters, limit, skip).map(({ e164, state }) => ({ number: e164, state }))
  }
}

function pool({ store }: Sandbox, search: Search, except: readonly string[]): Source {
  return {
    count: () => countAvailable(store, search.prefix) - except.length,
    page: (skip, limit) => {
      const found = listAvailable(store, search.prefix, skip, limit + except.length)
      const [first = ''] = found
      // As many as `found` begins too early, since it has been counted with them.
      const early = except.filter((e164) => e164 < first).length
      return found
        .filter((e164) => !except.includes(e164))
        .slice(early, early + limit)
        .map((number) => ({ number, state: 'available' }))
    }
  }
}

function generated({ inventory, store }: Sandbox, { prefix }: Search, leads: readonly string[]): Source {
  return {
    // Nothing comes behind them, so nobody asks.
    count: () => 0,
    page(skip, limit) {
      const free = numbersOf(freeRuns(inventory.area(prefix), skip, limit, takenIn(store, leads)))
      const numbers = free.map((national) => `+1${national}`)
      store.numbers.noteUnrecorded(numbers)
      return numbers.map((number) => ({ number, state: 'discovery' }))
    }
  }
}

/** What has a record, and what has been offered at the head already. */
function takenIn({ exchangeCounts, numbers }: Store, leads: readonly string[]): Taken {
  const withLeads = (recorded: Int32Array, prefix: string) => {
    const own = leads.filter((lead) => lead.startsWith(prefix, '+1'.length))
    if (own.length === 0) return recorded
    const counts = recorded.slice()
    const begin = '+1'.length + prefix.length
    const digits = String(counts.length - 1).length
    for (const lead of own) Atomics.add(counts, Number(lead.slice(begin, begin + digits)), 1)
    return counts
  }
  return {
    exchanges: (npa) => withLeads(exchangeCounts.exchangesOf(npa).recorded, npa),
    hundreds: (exchange) => withLeads(exchangeCounts.hundredsOf(exchange).recorded, exchange),
    numbers(hundred) {
      const recorded = numbers.recordedIn({ from: `+1${hundred}`, to: `+1${hundred}:` })
      return new Set([...recorded, ...leads].map((e164) => e164.slice('+1'.length)))
    }
  }
}
