import { type Static, type TObject } from '@sinclair/typebox'
import { Ajv, type ErrorObject } from 'ajv'
import { hasHouse } from './candidate.js'
import { isOnGrid } from './house-number.js'
import { wordsOf } from './postal-text.js'
import { printStreet, readStreets } from './street.js'
import { countryOf, readPostalCode } from './regions.js'
import {
  CITY_ALIAS,
  FORMATS,
  POINT,
  STREET,
  toStreetTables,
  type AddressPoint,
  type StreetRow,
  type StreetTables
} from './street-schema.js'

/** A fault of a file: a JSON pointer to it, and what would be right. */
export interface StreetFault {
  at: string
  message: string
}

/** The rows whose fields are all valid, each with its pointer, and the faults of the others. */
interface CheckedRows<Row> {
  rows: readonly { at: string; row: Row }[]
  faults: readonly StreetFault[]
}

/** A rule between the fields of a row; `field` is the one that is blamed. */
interface RowRule<Row> {
  field: keyof Row & string
  expected: string
  holds: (row: Row) => boolean
}

const streetAjv = new Ajv({ allErrors: true, strict: false, formats: FORMATS })

const BETWEEN_STREET_FIELDS: readonly RowRule<StreetRow>[] = [
  { field: 'country', expected: 'the country of the region', holds: (row) => countryOf(row.region) === row.country },
  { field: 'name', expected: 'the name of a street, without a unit', holds: isNamedWithoutUnit },
  { field: 'high', expected: 'not lower than low', holds: (row) => row.low <= row.high },
  {
    field: 'postal_code',
    expected: 'a postal code of the country, such as 94105 or A1A 1A1',
    holds: (row) => readPostalCode(row.postal_code, row.country) === row.postal_code
  }
]

/**
 * Reads a file of streets (`fixtures/streets.json`), or lists every fault in it. `points` and `city_aliases` may be left
 * out; keys that are not known are passed over.
 */
export function checkStreets(file: unknown): StreetTables | { faults: readonly StreetFault[] } {
  const streets = readRows('/streets', member(file, 'streets'), STREET)
  const points = readRows('/points', member(file, 'points') ?? [], POINT)
  const aliases = readRows('/city_aliases', member(file, 'city_aliases') ?? [], CITY_ALIAS)
  const faults = [
    ...streets.faults,
    ...brokenRules(streets, BETWEEN_STREET_FIELDS),
    ...repeated(streets, ['id']),
    ...points.faults,
    ...brokenRules(points, betweenPointAndStreet(streets, member(file, 'streets'))),
    ...repeated(points, ['street_id', 'house_number', 'unit']),
    ...aliases.faults,
    ...repeated(aliases, ['region', 'alias'])
  ]
  if (faults.length > 0) return { faults }
  return toStreetTables({
    streets: streets.rows.map(({ row }) => row),
    points: points.rows.map(({ row }) => row),
    city_aliases: aliases.rows.map(({ row }) => row)
  })
}

/** Reads a list of rows, each with the fields of `schema` and no others. */
function readRows<Schema extends TObject>(at: string, list: unknown, schema: Schema): CheckedRows<Static<Schema>> {
  if (!Array.isArray(list)) return { rows: [], faults: [{ at, message: 'must be an array' }] }
  const fields = Object.keys(schema.properties)
  const checked = list.map((row: unknown, index) => {
    const known = Object.fromEntries(fields.map((field) => [field, member(row, field)]))
    streetAjv.validate(schema, known)
    const wrong = new Set((streetAjv.errors ?? []).map(pointedField))
    return { at: `${at}/${index}`, row: known, wrong: fields.filter((field) => wrong.has(field)) }
  })
  return {
    rows: checked.filter(({ wrong }) => wrong.length === 0),
    faults: checked.flatMap((row) =>
      row.wrong.map((field) => mustBe(`${row.at}/${field}`, String(schema.properties[field]?.expected)))
    )
  }
}

/** The field that a fault of a row is about. */
function pointedField({ instancePath, params }: ErrorObject): string {
  return instancePath === '' ? String((params as { missingProperty?: unknown }).missingProperty) : instancePath.slice(1)
}

function brokenRules<Row>({ rows }: CheckedRows<Row>, rules: readonly RowRule<Row>[]): readonly StreetFault[] {
  return rows.flatMap(({ at, row }) =>
    rules.filter(({ holds }) => !holds(row)).map(({ field, expected }) => mustBe(`${at}/${field}`, expected))
  )
}

function repeated<Row>({ rows }: CheckedRows<Row>, fields: readonly (keyof Row & string)[]): readonly StreetFault[] {
  const firsts = new Map<string, string>()
  return rows.flatMap(({ at, row }) => {
    const key = JSON.stringify(fields.map((field) => row[field]))
    const first = firsts.get(key)
    firsts.set(key, first ?? at)
    return first === undefined ? [] : { at, message: `repeats ${fields.join(', ')} of ${first}` }
  })
}

/** A street that is itself faulty counts as known: its own fault is told already. */
function betweenPointAndStreet(streets: CheckedRows<StreetRow>, list: unknown): readonly RowRule<AddressPoint>[] {
  const known = new Set(Array.isArray(list) ? list.map((row: unknown) => member(row, 'id')) : [])
  const byId = new Map(streets.rows.map(({ row }) => [row.id, row]))
  const hasItsHouse = ({ street_id, house_number }: AddressPoint) => {
    const street = byId.get(street_id)
    return street === undefined || isOnGrid(house_number) || hasHouse(street, house_number)
  }
  return [
    { field: 'street_id', expected: 'the id of a street in this file', holds: ({ street_id }) => known.has(street_id) },
    { field: 'house_number', expected: 'in the range of its street, on the right side', holds: hasItsHouse }
  ]
}

/** A row whose own line reads as a street with a unit is found by no address. */
function isNamedWithoutUnit(row: StreetRow): boolean {
  const readings = readStreets(wordsOf(printStreet(row, row.country)), row.country)
  return readings.some(({ unit }) => unit.length === 0)
}

function mustBe(at: string, expected: string): StreetFault {
  return { at, message: `must be ${expected}` }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}
