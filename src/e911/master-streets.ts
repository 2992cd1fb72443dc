import { searchKey } from './candidate.js'
import type { AddressPoint, StreetSegment, StreetTables } from './street-schema.js'

/** The look-ups that matching needs. An implementation may answer more rows than asked for, never fewer. */
export interface MasterStreets {
  /** The segments of a region that have this `searchKey` or this postal code. */
  segments(region: string, name: string, postalCode: string): readonly StreetSegment[]
  /** The points of one house, in the order in which a choice of units lists them. */
  points(streetId: number, houseNumber: string): readonly AddressPoint[]
  /** The postal city that `locality` is another name of in `region`, if it is. */
  postalCity(region: string, locality: string): string | undefined
}

/** Indexes the master streets: segments by name and by postal code within a region, points by house. */
export function createMasterStreets({ streets, points, city_aliases }: StreetTables): MasterStreets {
  const segments = groupByKeys(streets, (street) => [
    `${street.region} name ${searchKey(street)}`,
    `${street.region} code ${street.postal_code}`
  ])
  const houses = groupByKeys(points, (point) => [`${point.street_id} ${point.house_number}`])
  const cities = new Map(city_aliases.map(({ region, alias, postal_city }) => [`${region} ${alias}`, postal_city]))
  return {
    // A similar name counts only where the postal code agrees, so that these are all rows that can match.
    segments(region, name, postalCode) {
      const keys = [`${region} name ${name}`, `${region} code ${postalCode}`]
      return [...new Set(keys.flatMap((key) => segments.get(key) ?? []))]
    },
    points: (streetId, houseNumber) => houses.get(`${streetId} ${houseNumber}`) ?? [],
    postalCity: (region, locality) => cities.get(`${region} ${locality}`)
  }
}

/** The rows under each of their keys, in their order. */
function groupByKeys<Row>(rows: readonly Row[], keysOf: (row: Row) => readonly string[]): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    for (const key of keysOf(row)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [row])
      else group.push(row)
    }
  }
  return groups
}
