/**
 * What carriers would offer: every number of every exchange that the numbering plan allows in the area codes of the
 * fixtures. Nothing is stored; a position in it is arithmetic, so that page 10,000 costs what page 0 does.
 */
import { hash } from 'node:crypto'
import { Remembered } from '../remembered.js'
import { MAGIC_E164 } from './magic-numbers.js'

/** A row of `fixtures/rate-centers.json` or `fixtures/toll-free.json`; toll-free numbers have no rate centre. */
export interface RateCentreRow {
  npa: string
  nxx: string
  rate_center: string | null
  state: string | null
  lata: string | null
}

/** A number that leads its area code's offers: one of the document's, with the id that the document prints, if any. */
export interface LeadNumber {
  e164: string
  number_id?: string | undefined
}

/** Consecutive lines of one exchange: from line `from` up to, and not including, line `to`. */
export interface Exchange {
  nxx: string
  /** The same as a number, where counts are kept. */
  index: number
  from: number
  to: number
}

/** Exchanges of one area code, ascending. */
export interface Area {
  npa: string
  exchanges: readonly Exchange[]
}

export interface Inventory {
  /** The numbers that lead the offers of `prefix`: the document's, then the magic ones, in E.164 form. */
  leads(prefix: string): readonly string[]
  /** The stocked exchanges that hold numbers beginning with `prefix` (3 to 10 national digits). */
  area(prefix: string): Area
  /** Whether the ten-digit number is stocked. */
  contains(national: string): boolean
  /** Where a ten-digit number is rated; undefined where it has no rate centre. */
  rateCentre(national: string): { lata: string; name: string; state: string } | undefined
  /** The same of an exchange (NPA-NXX), as JSON text; `''` where it has none. */
  rateCentreText(exchange: string): string
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

const LINES = 10_000

/** How many exchanges are remembered with their rate centres. */
const MOST_TEXTS = 2_000

/** The exchanges of every area code. */
const EXCHANGES: readonly Exchange[] = Array.from({ length: 800 }, (_, i) => 200 + i)
  .map((index) => ({ nxx: String(index), index, from: 0, to: LINES }))
  .filter(({ nxx }) => !UNUSED_EXCHANGES.test(nxx))
  .map((exchange) => (exchange.nxx === FICTION.nxx ? { ...exchange, ...FICTION } : exchange))

const EXCHANGE_BY_NXX = new Map(EXCHANGES.map((exchange) => [exchange.nxx, exchange]))

export function createStock(rows: readonly RateCentreRow[], leads: readonly LeadNumber[]): Inventory {
  const byAreaCode = new Map<string, RateCentreRow[]>([[DOCUMENTED_AREA_CODE, []]])
  for (const row of rows) {
    const known = byAreaCode.get(row.npa)
    if (known === undefined) byAreaCode.set(row.npa, [row])
    else known.push(row)
  }
  const leadsByAreaCode = new Map<string, string[]>()
  for (const e164 of [...leads.map((lead) => lead.e164), ...MAGIC_E164]) {
    const npa = e164.slice('+1'.length, '+1NPA'.length)
    const known = leadsByAreaCode.get(npa)
    if (known === undefined) leadsByAreaCode.set(npa, [e164])
    else known.push(e164)
  }
  const ids = new Map(leads.map(({ e164, number_id }) => [e164, number_id]))

  function area(prefix: string): Area {
    const npa = prefix.slice(0, 3)
    return { npa, exchanges: byAreaCode.has(npa) ? exchangesOf(prefix.slice(3, 6), prefix.slice(6)) : [] }
  }

  function rateCentre(national: string) {
    const listed = byAreaCode.get(national.slice(0, 3)) ?? []
    const nxx = national.slice(3, 6)
    // ASSUMED: an exchange that the fixtures do not list lies in one of the area code's places that they do.
    const row = listed.find((one) => one.nxx === nxx) ?? listed[Number(nxx) % listed.length]
    if (row?.rate_center == null || row.state === null || row.lata === null) return undefined
    return { lata: row.lata, name: row.rate_center, state: row.state }
  }

  const texts = new Remembered<string>(MOST_TEXTS)

  return {
    leads(prefix) {
      const all = leadsByAreaCode.get(prefix.slice(0, 3)) ?? []
      return prefix.length === 3 ? all : all.filter((e164) => e164.startsWith(prefix, '+1'.length))
    },
    area,
    contains: (national) => area(national).exchanges.length > 0,
    rateCentre,
    rateCentreText: (exchange) =>
      texts.of(exchange, () => {
        const found = rateCentre(exchange)
        return found === undefined ? '' : JSON.stringify(found)
      }),
    rateCentresOf: (city) =>
      rows.flatMap(({ npa, rate_center, state }) =>
        rate_center === city.toUpperCase() && state !== null ? [{ npa, name: rate_center, state }] : []
      ),
    numberId: (e164) => ids.get(e164) ?? derivedId(e164)
  }
}

/** The exchanges that begin with `nxx` (0 to 3 digits), and of them the lines that begin with `digits`. */
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
