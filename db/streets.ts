import Connection from 'better-sqlite3'
import { searchName } from '../src/e911/candidate.js'
import type { AddressPoint, MasterStreets, StreetSegment } from '../src/e911/master-streets.js'
import { IN_MEMORY } from './connection.js'

export interface CityAlias {
  region: string
  alias: string
  postal_city: string
}

export interface StreetData {
  streets: readonly StreetSegment[]
  points: readonly AddressPoint[]
  city_aliases: readonly CityAlias[]
}

// prettier-ignore
const STREET_COLUMNS = [
  'id', 'country', 'region', 'community', 'postal_city', 'predir', 'name', 'suffix', 'postdir', 'low', 'high', 'parity',
  'postal_code', 'plus_four', 'latitude', 'longitude', 'unit_policy'
] as const
const POINT_COLUMNS = [
  'street_id',
  'house_number',
  'unit',
  'plus_four',
  'latitude',
  'longitude',
  'location_id'
] as const

/** House numbers by street. Coordinates are text, so that they survive byte for byte. */
const SCHEMA = `
  CREATE TABLE street (
    id          INTEGER PRIMARY KEY,
    country     TEXT    NOT NULL CHECK (country IN ('US', 'CA')),
    region      TEXT    NOT NULL,
    community   TEXT    NOT NULL,
    postal_city TEXT    NOT NULL,
    predir      TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    search_name TEXT    NOT NULL, -- the name as addresses are compared by it: FIRST is 1ST
    suffix      TEXT    NOT NULL,
    postdir     TEXT    NOT NULL,
    low         INTEGER NOT NULL,
    high        INTEGER NOT NULL CHECK (low <= high),
    parity      TEXT    NOT NULL CHECK (parity IN ('O', 'E', 'B')),
    postal_code TEXT    NOT NULL,
    plus_four   TEXT,
    latitude    TEXT    NOT NULL, -- degrees, WGS 84
    longitude   TEXT    NOT NULL, -- degrees, WGS 84
    unit_policy TEXT    NOT NULL CHECK (unit_policy IN ('optional', 'required'))
  ) STRICT;

  CREATE INDEX street_by_name ON street (region, search_name);
  CREATE INDEX street_by_postal_code ON street (region, postal_code);

  CREATE TABLE point (
    street_id    INTEGER NOT NULL REFERENCES street (id),
    house_number TEXT    NOT NULL,
    unit         TEXT,
    plus_four    TEXT,
    latitude     TEXT,
    longitude    TEXT,
    location_id  TEXT
  ) STRICT;

  CREATE UNIQUE INDEX point_by_house ON point (street_id, house_number, unit);

  CREATE TABLE city_alias (
    region      TEXT NOT NULL,
    alias       TEXT NOT NULL,
    postal_city TEXT NOT NULL,
    PRIMARY KEY (region, alias)
  ) STRICT, WITHOUT ROWID;
`

/**
 * The master streets, in a database of their own in memory: they are the same for all worlds, are filled when the first
 * address is matched, and stay whatever becomes of the request that it was in.
 */
export class Streets implements MasterStreets {
  readonly #connection: Connection.Database
  readonly #segments
  readonly #points
  readonly #postalCity

  constructor(data: StreetData) {
    const connection = new Connection(IN_MEMORY)
    this.#connection = connection
    connection.exec(SCHEMA)
    connection.transaction(() => {
      this.#fill('street', [...STREET_COLUMNS, 'search_name'], data.streets.map(withSearchName))
      this.#fill('point', POINT_COLUMNS, data.points)
      this.#fill('city_alias', ['region', 'alias', 'postal_city'], data.city_aliases)
    })()
    const columns = STREET_COLUMNS.join(', ')
    // A similar name counts only where the postal code agrees, so these are all rows that can match.
    this.#segments = connection.prepare<[string, string, string, string], StreetSegment>(
      `SELECT ${columns} FROM street WHERE region = ? AND search_name = ?
       UNION SELECT ${columns} FROM street WHERE region = ? AND postal_code = ? ORDER BY id`
    )
    this.#points = connection.prepare<[number, string], AddressPoint>(
      `SELECT ${POINT_COLUMNS.join(', ')} FROM point WHERE street_id = ? AND house_number = ? ORDER BY rowid`
    )
    this.#postalCity = connection
      .prepare<[string, string], string>('SELECT postal_city FROM city_alias WHERE region = ? AND alias = ?')
      .pluck()
  }

  segments(region: string, name: string, postalCode: string): StreetSegment[] {
    return this.#segments.all(region, name, region, postalCode)
  }

  points(streetId: number, houseNumber: string): AddressPoint[] {
    return this.#points.all(streetId, houseNumber)
  }

  postalCity(region: string, locality: string): string | undefined {
    return this.#postalCity.get(region, locality)
  }

  close(): void {
    this.#connection.close()
  }

  #fill(table: string, columns: readonly string[], rows: readonly object[]): void {
    const places = columns.map((column) => `@${column}`).join(', ')
    const insert = this.#connection.prepare<[object]>(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`)
    for (const row of rows) insert.run(row)
  }
}

function withSearchName(street: StreetSegment): StreetSegment & { search_name: string } {
  return { ...street, search_name: searchName(street) }
}
