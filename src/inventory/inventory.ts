/**
 * The numbers that carriers would sell: every number of every exchange that the numbering plan allows in the area codes of the
 * fixtures. Nothing is stored; a position among them is arithmetic, so that page 10,000 costs what page 0 does.
 */
import { hash } from 'node:crypto'
import { splitNational, type NationalParts } from '../numbering/e164.js'
import { MAGIC_E164 } from './magic-numbers.js'
import { plausibleExchanges } from './sparse-area-codes.js'

/** A row of `fixtures/rate-centers.json` or `fixtures/toll-free.json`; toll-free numbers have no rate centre. */
export interface RateCentreRow {
  npa: string
  nxx: string
  rate_center: string | null
  state: string | null
  lata: string | null
}

/** A number that comes first in its area code: one of the document's, with the id that the document prints, if any. */
export interface PinnedNumber {
  e164: string
  number_id?: string | undefined
}

/** Where a number is rated, as a search record shows it. */
interface RateCentre {
  lata: string
  name: string
  state: string
}

/** Consecutive lines of one exchange: from line `from` up to, and not including, line `to`. */
export interface Exchange {
  nxx: string
  from: number
  to: number
}

/**
 * Exchanges of one area code: those of the fixtures first, then those that are made up, ascending within each. They come one by one,
 * since a page takes its numbers from few of the eight hundred.
 */
export interface Area {
  npa: string
  exchanges: Iterable<Exchange>
}

export interface Inventory {
  /** The numbers that come first in a search for `prefix`: the document's, then the magic ones, in E.164 form. */
  pinnedNumbers(prefix: string): readonly string[]
  /** The exchanges on sale that hold numbers beginning with `prefix` (3 to 10 national digits). */
  exchangesWithPrefix(prefix: string): Area
  /** Whether the ten-digit number is on sale. */
  contains(national: string): boolean
  /** Where a ten-digit number is rated; undefined where it has no rate centre. */
  rateCentre(national: string): RateCentre | undefined
  /** The area codes that have a place of this name, whatever its case, in the order of the fixtures. */
  rateCentresOf(city: string): { npa: string; name: string; state: string }[]
  /** Upper-case UUID of a number: the documented one, or one that is always the same for the number. */
  numberId(e164: string): string
}

/** Not assignable in any area code: service codes, directory, carrier access, tests, premium (NANPA). */
const UNUSED_EXCHANGES = /^(?:\d11|950|958|959|976)$/

/** 555-0100 to 555-0199 are set aside for fiction; the rest of exchange 555 is for directories. */
const FICTION = { nxx: '555', from: 100, to: 200 } as const

/** An area code that no plan knows and that the document uses in its samples. */
const DOCUMENTED_AREA_CODE = '555'

/** The lines of an exchange. */
export const LINES = 10_000

/** The exchanges of every area code. */
const EXCHANGES: readonly Exchange[] = Array.from({ length: 800 }, (_, i) => 200 + i)
  .map((index) => ({ nxx: String(index), from: 0, to: LINES }))
  .filter(({ nxx }) => !UNUSED_EXCHANGES.test(nxx))
  .map((exchange) => (exchange.nxx === FICTION.nxx ? { ...exchange, ...FICTION } : exchange))

const EXCHANGE_BY_NXX = new Map(EXCHANGES.map((exchange) => [exchange.nxx, exchange]))

/** The inventory of some rate centres; `pinned` numbers come first, in their order. */
export function createInventory(rows: readonly RateCentreRow[], pinned: readonly PinnedNumber[]): Inventory {
  const placesByAreaCode = new Map([...groupBy(rows, ({ npa }) => npa)].map(([npa, rows]) => [npa, placesOf(rows)]))
  const pinnedByAreaCode = groupBy(
    [...pinned.map(({ e164 }) => e164), ...MAGIC_E164],
    (e164) => splitNational(e164.slice('+1'.length)).npa
  )
  const ids = new Map(pinned.map(({ e164, number_id }) => [e164, number_id]))
  const exchangesWithPrefix = (prefix: string): Area => {
    const parts = splitNational(prefix)
    return { npa: parts.npa, exchanges: exchangesIn(parts, placesByAreaCode.get(parts.npa)) }
  }
  return {
    pinnedNumbers(prefix) {
      const all = pinnedByAreaCode.get(splitNational(prefix).npa) ?? []
      return all.filter((e164) => e164.startsWith(prefix, '+1'.length))
    },
    exchangesWithPrefix,
    contains: (national) => [...exchangesWithPrefix(national).exchanges].length > 0,
    rateCentre(national) {
      const { npa, nxx } = splitNational(national)
      const places = placesByAreaCode.get(npa)
      return places === undefined ? undefined : rateCentreIn(places, nxx)
    },
    rateCentresOf: (city) =>
      rows.flatMap(({ npa, rate_center, state }) =>
        rate_center === city.toUpperCase() && state !== null ? [{ npa, name: rate_center, state }] : []
      ),
    numberId: (e164) => ids.get(e164) ?? derivedId(e164)
  }
}

/** The rows of an area code, in their order, and by exchange in the order of the exchanges. */
interface Places {
  rows: readonly RateCentreRow[]
  byExchange: ReadonlyMap<string, RateCentreRow>
}

function placesOf(rows: readonly RateCentreRow[]): Places {
  // The first row of an exchange counts.
  const ascending = rows.toReversed().sort((one, other) => Number(one.nxx) - Number(other.nxx))
  return { rows, byExchange: new Map(ascending.map((row) => [row.nxx, row])) }
}

/** The exchanges of an area code that hold numbers beginning with a prefix: those with a place first. */
function* exchangesIn({ npa, nxx, line }: NationalParts, places: Places | undefined): Generator<Exchange> {
  if (places === undefined && npa !== DOCUMENTED_AREA_CODE) return
  for (const listed of places?.byExchange.keys() ?? []) {
    if (listed.startsWith(nxx)) yield* exchangesOf(listed, line)
  }
  const plausible = plausibleExchanges(npa)
  for (const exchange of exchangesOf(nxx, line)) {
    if (places?.byExchange.has(exchange.nxx) !== true && plausible?.has(exchange.nxx) !== false) yield exchange
  }
}

function rateCentreIn({ byExchange, rows }: Places, nxx: string): RateCentre | undefined {
  // ASSUMED: an exchange that the fixtures do not list lies in one of the area code's places that they do.
  const row = byExchange.get(nxx) ?? rows[Number(nxx) % rows.length]
  if (row?.rate_center == null || row.state === null || row.lata === null) return undefined
  return { lata: row.lata, name: row.rate_center, state: row.state }
}

/** The values under the key of each, in their order. */
function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): ReadonlyMap<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group === undefined) groups.set(keyOf(value), [value])
    else group.push(value)
  }
  return groups
}

/** The exchanges of any area code that begin with `nxx` (0 to 3 digits), and of them the lines that begin with `digits`. */
function exchangesOf(nxx: string, digits: string): readonly Exchange[] {
  if (nxx === '') return EXCHANGES
  if (nxx.length < 3) return EXCHANGES.filter((exchange) => exchange.nxx.startsWith(nxx))
  const whole = EXCHANGE_BY_NXX.get(nxx)
  if (whole === undefined) return []
  const from = Math.max(whole.from, Number(digits.padEnd(4, '0')))
  const to = Math.min(whole.to, Number(digits.padEnd(4, '9')) + 1)
  return from < to ? [{ ...whole, from, to }] : []
}

/** A version 4 UUID made of the number's hash. */
function derivedId(e164: string): string {
  const hex = hash('md5', `number_id/${e164}`).toUpperCase()
  const variant = '89AB'.charAt(Number.parseInt(hex.charAt(16), 16) % 4)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
