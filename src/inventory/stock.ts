/**
 * What carriers would offer: every number of every exchange that the numbering plan allows in the area codes of the
 * fixtures. Nothing is stored; a position in it is arithmetic, so that page 10,000 costs what page 0 does.
 */
import { createHash } from 'node:crypto'

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
  /** NPA-NXX. */
  block: string
  from: number
  to: number
}

export interface Stock {
  leads: readonly LeadNumber[]
  /** The stocked exchanges that hold numbers beginning with `prefix` (3 to 10 national digits), ascending; made as they are asked for. */
  exchanges(prefix: string): Iterable<Exchange>
  /** Whether the ten-digit number is stocked. */
  holds(national: string): boolean
  /** Where a ten-digit number is rated; undefined where it has no rate centre. */
  rateCentre(national: string): { lata: string; name: string; state: string } | undefined
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

const EXCHANGES = Array.from({ length: 800 }, (_, i) => String(200 + i)).filter((nxx) => !UNUSED_EXCHANGES.test(nxx))

export function createStock(rows: readonly RateCentreRow[], leads: readonly LeadNumber[]): Stock {
  const byAreaCode = new Map<string, RateCentreRow[]>([[DOCUMENTED_AREA_CODE, []]])
  for (const row of rows) {
    const known = byAreaCode.get(row.npa)
    if (known === undefined) byAreaCode.set(row.npa, [row])
    else known.push(row)
  }
  const ids = new Map(leads.map(({ e164, number_id }) => [e164, number_id]))

  function* exchanges(prefix: string): Generator<Exchange> {
    const npa = prefix.slice(0, 3)
    if (!byAreaCode.has(npa)) return
    const nxx = prefix.slice(3, 6)
    const digits = prefix.slice(6)
    for (const one of EXCHANGES) if (one.startsWith(nxx)) yield* within(npa, one, digits)
  }

  return {
    leads,
    exchanges,
    holds: (national) => exchanges(national).next().done !== true,
    rateCentre(national) {
      const listed = byAreaCode.get(national.slice(0, 3)) ?? []
      const nxx = national.slice(3, 6)
      // ASSUMED: an exchange that the fixtures do not list lies in one of the area code's places that they do.
      const row = listed.find((one) => one.nxx === nxx) ?? listed[Number(nxx) % listed.length]
      if (row?.rate_center == null || row.state === null || row.lata === null) return undefined
      return { lata: row.lata, name: row.rate_center, state: row.state }
    },
    rateCentresOf: (city) =>
      rows.flatMap(({ npa, rate_center, state }) =>
        rate_center === city.toUpperCase() && state !== null ? [{ npa, name: rate_center, state }] : []
      ),
    numberId: (e164) => ids.get(e164) ?? derivedId(e164)
  }
}

/** The lines of one exchange that begin with `digits`. */
function within(npa: string, nxx: string, digits: string): Exchange[] {
  const whole = nxx === FICTION.nxx ? FICTION : { from: 0, to: LINES }
  const from = Math.max(whole.from, Number(digits.padEnd(4, '0')))
  const to = Math.min(whole.to, Number(digits.padEnd(4, '9')) + 1)
  return from < to ? [{ block: npa + nxx, from, to }] : []
}

/** A version 4 UUID made of the number's hash. */
function derivedId(e164: string): string {
  const hash = createHash('md5').update(`number_id/${e164}`).digest('hex').toUpperCase()
  const variant = '89AB'.charAt(Number.parseInt(hash.charAt(16), 16) % 4)
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `4${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20)
  ].join('-')
}
