import type { Static, TObject } from '@sinclair/typebox'
import { Ajv, type ErrorObject } from 'ajv'
import { inOrder, type Finding } from '../findings/finding.js'
import { Part } from '../findings/part.js'
import type { SchemaFinding } from '../findings/schema-findings.js'
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
  type StreetFile,
  type StreetRow,
  type StreetTables
} from './street-schema.js'

const streetAjv = new Ajv({ allErrors: true, strict: false, formats: FORMATS })

/**
 * Reads a file of streets (`fixtures/streets.json`), or lists every fault in it. `points` and `city_aliases` may be left
 * out; keys that are not known are passed over.
 */
export function checkStreets(file: unknown): StreetTables | { faults: readonly Finding[] } {
  const found: SchemaFinding[] = []
  const rows: StreetFile = {
    streets: readRows('/streets', member(file, 'streets'), STREET, found),
    points: readRows('/points', member(file, 'points') ?? [], POINT, found),
    city_aliases: readRows('/city_aliases', member(file, 'city_aliases') ?? [], CITY_ALIAS, found)
  }
  const tables = Part.of<StreetFile>(rows, found)
  const [streets, points, aliases] = [tables.field('streets'), tables.field('points'), tables.field('city_aliases')]
  const faults = inOrder([
    ...found,
    ...streets.each().flatMap(streetFindings),
    ...repeated(streets, ['id']),
    ...pointFindings(points, streets),
    ...repeated(points, ['street_id', 'house_number', 'unit']),
    ...repeated(aliases, ['region', 'alias'])
  ])
  return faults.length > 0 ? { faults } : toStreetTables(rows)
}

/** Reads a list of rows, each with the fields of `schema` and no others, and adds what is wrong to `found`. */
function readRows<Schema extends TObject>(
  at: string,
  list: unknown,
  schema: Schema,
  found: SchemaFinding[]
): Static<Schema>[] {
  if (!Array.isArray(list)) {
    found.push({ at, message: 'must be an array', doubts: [at] })
    return []
  }
  const fields = Object.keys(schema.properties)
  return list.map((row: unknown, index) => {
    const known = Object.fromEntries(fields.map((field) => [field, member(row, field)]))
    streetAjv.validate(schema, known)
    for (const field of new Set((streetAjv.errors ?? []).map(pointedField))) {
      const place = `${at}/${index}/${field}`
      found.push({ at: place, message: `must be ${String(schema.properties[field]?.expected)}`, doubts: [place] })
    }
    return known
  })
}

/** The field that a fault of a row is about. */
function pointedField({ instancePath, params }: ErrorObject): string {
  return instancePath === '' ? String((params as { missingProperty?: unknown }).missingProperty) : instancePath.slice(1)
}

function streetFindings(street: Part<StreetRow>): Finding[] {
  return [
    ...street.check('/country', ['country', 'region'], ({ country, region }) =>
      countryOf(region) === country ? undefined : 'must be the country of the region'
    ),
    ...street.check('/name', ['country', 'predir', 'name', 'suffix', 'postdir'], (row) =>
      isNamedWithoutUnit(row) ? undefined : 'must be the name of a street, without a unit'
    ),
    ...street.check('/high', ['low', 'high'], ({ low, high }) =>
      low <= high ? undefined : 'must be not lower than low'
    ),
    ...street.check('/postal_code', ['country', 'postal_code'], ({ country, postal_code }) =>
      readPostalCode(postal_code, country) === postal_code
        ? undefined
        : 'must be a postal code of the country, such as 94105 or A1A 1A1'
    )
  ]
}

/** A row whose own line reads as a street with a unit is found by no address. */
function isNamedWithoutUnit(row: Pick<StreetRow, 'country' | 'predir' | 'name' | 'suffix' | 'postdir'>): boolean {
  const readings = readStreets(wordsOf(printStreet(row, row.country)), row.country)
  return readings.some(({ unit }) => unit.length === 0)
}

/** Compares points with their streets. A street that is itself faulty may be any: its own fault is told already. */
function pointFindings(points: Part<readonly AddressPoint[]>, streets: Part<readonly StreetRow[]>): Finding[] {
  const rows = streets.each().map((street) => street.accepted())
  const byId = new Map(rows.map((row) => [row?.id, row]))
  const isComplete = !streets.isRefused() && !byId.has(undefined)
  return points.each().flatMap((point) => [
    ...point.check('/street_id', ['street_id'], ({ street_id }) =>
      isComplete && !byId.has(street_id) ? 'must be the id of a street in this file' : undefined
    ),
    ...point.check('/house_number', ['street_id', 'house_number'], ({ street_id, house_number }) => {
      const { low, high, parity } = byId.get(street_id) ?? {}
      const isKnown = low !== undefined && high !== undefined && parity !== undefined
      return !isKnown || isOnGrid(house_number) || hasHouse({ low, high, parity }, house_number)
        ? undefined
        : 'must be in the range of its street, on the right side'
    })
  ])
}

function repeated<Row>(list: Part<readonly Row[]>, names: readonly (keyof Row & string)[]): Finding[] {
  const firsts = new Map<string, string>()
  return list.each().flatMap((row) =>
    row.check('', names, (fields) => {
      const key = JSON.stringify(names.map((name) => fields[name]))
      const first = firsts.get(key)
      firsts.set(key, first ?? row.at)
      return first === undefined ? undefined : `repeats ${names.join(', ')} of ${first}`
    })
  )
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}
