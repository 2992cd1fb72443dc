import { hasHouse } from './candidate.js'
import type { AddressPoint, StreetSegment } from './master-streets.js'
import { countryOf, readPostalCode } from './regions.js'
import { ALIAS_RULES, type CityAlias, POINT_RULES, type Rule, STREET_RULES, type StreetRow } from './street-schema.js'

/** What is wrong in a file: a JSON pointer to it, and what would have been right. */
export interface Fault {
  at: string
  message: string
}

export interface StreetTables {
  streets: StreetSegment[]
  points: AddressPoint[]
  city_aliases: CityAlias[]
}

/** The rows whose every field is right by itself, each with the pointer to it, and what is wrong in the others. */
interface Part<Row> {
  rows: readonly { at: string; row: Row }[]
  faults: readonly Fault[]
}

/** A rule between the fields of a row; `field` is the one that is blamed. */
interface RowRule<Row> {
  field: keyof Row & string
  right: string
  holds: (row: Row) => boolean
}

const BETWEEN_STREET_FIELDS: readonly RowRule<StreetRow>[] = [
  { field: 'country', right: 'the country of the region', holds: (row) => countryOf(row.region) === row.country },
  { field: 'high', right: 'not lower than low', holds: (row) => row.low <= row.high },
  {
    field: 'postal_code',
    right: 'a postal code of the country, such as 94105 or A1A 1A1',
    holds: (row) => readPostalCode(row.postal_code, row.country) === row.postal_code
  }
]

/**
 * Reads a file of streets (`fixtures/streets.json`), or lists every fault in it. `points` and `city_aliases` may be left
 * out; keys that are not known are passed over.
 */
export function checkStreets(file: unknown): StreetTables | { faults: readonly Fault[] } {
  const streets = readPart<StreetRow>('/streets', member(file, 'streets'), STREET_RULES)
  const points = readPart<AddressPoint>('/points', member(file, 'points') ?? [], POINT_RULES)
  const aliases = readPart<CityAlias>('/city_aliases', member(file, 'city_aliases') ?? [], ALIAS_RULES)
  const faults = [
    ...streets.faults,
    ...broken(streets, BETWEEN_STREET_FIELDS),
    ...repeated(streets, ['id']),
    ...points.faults,
    ...broken(points, betweenPointAndStreet(streets, member(file, 'streets'))),
    ...repeated(points, ['street_id', 'house_number', 'unit']),
    ...aliases.faults,
    ...repeated(aliases, ['region', 'alias'])
  ]
  if (faults.length > 0) return { faults }
  return {
    streets: streets.rows.map(({ row: { lat, lng, ...row } }) => ({ ...row, latitude: lat, longitude: lng })),
    points: points.rows.map(({ row }) => row),
    city_aliases: aliases.rows.map(({ row }) => row)
  }
}

function readPart<Row>(at: string, written: unknown, rules: Readonly<Record<keyof Row & string, Rule>>): Part<Row> {
  if (!Array.isArray(written)) return { rows: [], faults: [{ at, message: 'must be an array' }] }
  const fields = Object.entries<Rule>(rules)
  const read = written.map((row: unknown, index) => ({
    at: `${at}/${index}`,
    row: Object.fromEntries(fields.map(([field]) => [field, member(row, field)])) as unknown as Row,
    wrong: fields.filter(([field, rule]) => !rule.holds(member(row, field)))
  }))
  return {
    rows: read.filter(({ wrong }) => wrong.length === 0),
    faults: read.flatMap((row) => row.wrong.map(([field, rule]) => mustBe(`${row.at}/${field}`, rule.right)))
  }
}

function broken<Row>({ rows }: Part<Row>, rules: readonly RowRule<Row>[]): readonly Fault[] {
  return rows.flatMap(({ at, row }) =>
    rules.filter(({ holds }) => !holds(row)).map(({ field, right }) => mustBe(`${at}/${field}`, right))
  )
}

function repeated<Row>({ rows }: Part<Row>, fields: readonly (keyof Row & string)[]): readonly Fault[] {
  const firsts = new Map<string, string>()
  return rows.flatMap(({ at, row }) => {
    const key = JSON.stringify(fields.map((field) => row[field]))
    const first = firsts.get(key)
    firsts.set(key, first ?? at)
    return first === undefined ? [] : { at, message: `repeats ${fields.join(', ')} of ${first}` }
  })
}

/** A street that is itself faulty counts as known: its own fault is told already. */
function betweenPointAndStreet(streets: Part<StreetRow>, written: unknown): readonly RowRule<AddressPoint>[] {
  const known = new Set(Array.isArray(written) ? written.map((row: unknown) => member(row, 'id')) : [])
  const byId = new Map(streets.rows.map(({ row }) => [row.id, row]))
  const hasItsHouse = ({ street_id, house_number }: AddressPoint) => {
    const street = byId.get(street_id)
    return street === undefined || hasHouse(street, house_number)
  }
  return [
    { field: 'street_id', right: 'the id of a street in this file', holds: ({ street_id }) => known.has(street_id) },
    { field: 'house_number', right: 'in the range of its street, on the right side', holds: hasItsHouse }
  ]
}

function mustBe(at: string, right: string): Fault {
  return { at, message: `must be ${right}` }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}
