import type Connection from 'better-sqlite3'
import { searchName } from '../src/e911/candidate.js'
import type { AddressPoint, MasterStreets, StreetSegment } from '../src/e911/master-streets.js'

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

/** The master streets of a database; the same for all its worlds, and filled before the first address is matched. */
export class Streets implements MasterStreets {
  readonly #connection: Connection.Database
  readonly #segments
  readonly #points
  readonly #postalCity

  constructor(connection: Connection.Database) {
    this.#connection = connection
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

  /** Puts `data` in the place of whatever streets there are. */
  replace(data: StreetData): void {
    this.#connection.transaction(() => {
      this.#connection.exec('DELETE FROM point; DELETE FROM street; DELETE FROM city_alias')
      const streets = data.streets.map((street) => ({ ...street, search_name: searchName(street) }))
      this.#fill('street', [...STREET_COLUMNS, 'search_name'], streets)
      this.#fill('point', POINT_COLUMNS, data.points)
      this.#fill('city_alias', ['region', 'alias', 'postal_city'], data.city_aliases)
    })()
  }

  #fill(table: string, columns: readonly string[], rows: readonly object[]): void {
    const places = columns.map((column) => `@${column}`).join(', ')
    const insert = this.#connection.prepare<[object]>(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`)
    for (const row of rows) insert.run(row)
  }
}
