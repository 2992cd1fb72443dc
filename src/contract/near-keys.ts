import { distance } from 'fastest-levenshtein'
import { dialectOf } from '../dialect.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { numberSchema } from '../numbering/number-schema.js'

/** How many letters of a key may differ from a known one, and from which length on it may be one more. */
const MAX_TYPOS = 1
const LONG_KEY = 8

/** Shorter keys are near to too much. */
const MIN_LENGTH = 4

/** The most keys of an object that are compared, more than a client writes by hand: a body may have hundreds of thousands. */
const MAX_KEYS = 1_000

/** The keys beside `data` that the emulator reads. */
const ENVELOPE_KEYS = ['data', 'accept_charges', 'auth_token', 'authorization', 'verb']

/** The keys within `data` that the emulator reads beside those of the schema. */
const DATA_KEYS = ['used_by', 'accept_charges']

interface ObjectSchema {
  type?: unknown
  properties?: Readonly<Record<string, ObjectSchema>>
}

/** The schema of a number; its keys are those of every dialect. */
const NUMBER_SCHEMA = numberSchema(dialectOf('oneuc')) as ObjectSchema

type KnownKeys = Readonly<Record<string, ObjectSchema>>

const ENVELOPE: KnownKeys = Object.fromEntries(ENVELOPE_KEYS.map((key) => [key, key === 'data' ? NUMBER_SCHEMA : {}]))
const DATA: KnownKeys = { ...Object.fromEntries(DATA_KEYS.map((key) => [key, {}])), ...NUMBER_SCHEMA.properties }

/** Describes the first key of a body that nothing reads and that is near to one that is read; undefined where none is. */
export function findNearBodyKey(body: JsonValue | undefined): string | undefined {
  if (!isObject(body)) return undefined
  const near = findIn(body, ENVELOPE, '')
  return near !== undefined || !isObject(body.data) ? near : findIn(body.data, DATA, 'data.')
}

/** Returns the known key that an unknown one seems to mean; undefined where it is near to none. */
export function findNearKey(key: string, known: readonly string[]): string | undefined {
  return known.find((one) => isNear(key, one))
}

/** Describes a near key as warnings have it. */
export function describeNearKey(place: string, key: string, known: string): string {
  return `${place}${key}; did you mean "${known}"?`
}

function findIn(fields: JsonObject, known: KnownKeys, place: string): string | undefined {
  for (const given of Object.keys(fields).slice(0, MAX_KEYS)) {
    const value = fields[given]
    // The keys of the envelope are read in any case.
    const key = place === '' ? given.toLowerCase() : given
    const schema = Object.hasOwn(known, key) ? known[key] : undefined
    if (schema !== undefined) {
      if (!isObject(value) || place === '' || schema.properties === undefined) continue
      const near = findIn(value, schema.properties, `${place}${key}.`)
      if (near !== undefined) return near
      continue
    }
    // A field of the user's own holds what its name says: a text is no address.
    const alike = Object.keys(known).filter((one) => (known[one]?.properties !== undefined) === isObject(value))
    const near = findNearKey(key, alike)
    if (near !== undefined) return describeNearKey(place, key, near)
  }
  return undefined
}

/** Whether a key is a misspelling of a known one. Names that are numbered (`data2`) or begin otherwise (`sorting`) are not. */
function isNear(key: string, known: string): boolean {
  const [one, other] = [key.toLowerCase(), known.toLowerCase()]
  const length = Math.min(one.length, other.length)
  if (length < MIN_LENGTH || !one.startsWith(other.slice(0, 1)) || one.replace(/[_-]?\d+$/, '') === other) return false
  const limit = length < LONG_KEY ? MAX_TYPOS : MAX_TYPOS + 1
  return distance(one, other) <= limit || isTransposed(one, other)
}

/** Whether two neighbouring letters have changed places: `e191` for `e911`. */
function isTransposed(one: string, other: string): boolean {
  const at = Array.from(one).findIndex((letter, i) => letter !== other[i])
  return one.slice(0, at) + String(one[at + 1]) + String(one[at]) + one.slice(at + 2) === other
}
