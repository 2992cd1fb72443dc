import type { Country } from './regions.js'

/** A row of the master street address guide: a stretch of one street. All names are in plain text, upper case. */
export interface StreetSegment {
  id: number
  country: Country
  region: string
  /** What the emergency services call the place; it need not be the city of the postal address. */
  community: string
  postal_city: string
  predir: string
  name: string
  suffix: string
  postdir: string
  low: number
  high: number
  /** Which side of the street: odd, even or both. */
  parity: 'O' | 'E' | 'B'
  postal_code: string
  plus_four: string | null
  /** Text, so that every digit comes out as it went in. */
  latitude: string
  longitude: string
  /** Whether an address without a unit is one address or a choice of the building's units. */
  unit_policy: 'optional' | 'required'
}

/** An address that is known one by one; what it leaves null is that of its segment. */
export interface AddressPoint {
  street_id: number
  house_number: string
  unit: string | null
  plus_four: string | null
  latitude: string | null
  longitude: string | null
  location_id: string | null
}

/** The look-ups that matching needs. Whoever keeps the streets may answer more rows than asked for, never fewer. */
export interface MasterStreets {
  /** The segments of a region that have this `searchName` or this postal code. */
  segments(region: string, name: string, postalCode: string): readonly StreetSegment[]
  /** The points of one house, in the order in which a choice of units lists them. */
  points(streetId: number, houseNumber: string): readonly AddressPoint[]
  /** The postal city that `locality` is another name of in `region`, if it is. */
  postalCity(region: string, locality: string): string | undefined
}
