import { directionRank } from './directions.js'
import type { AddressPoint, StreetSegment } from './master-streets.js'
import { plainText, wordsOf } from './postal-text.js'
import { countryOf } from './regions.js'
import { readStreetLine } from './street-line.js'
import { isFrenchType, suffixOf } from './suffixes.js'
import { readUnit } from './units.js'

/** What a value has to be, in words and in code. */
export interface Rule {
  right: string
  holds: (value: unknown) => boolean
}

/** A street as a file writes it: a segment, but for the names of its coordinates. */
export type StreetRow = Omit<StreetSegment, 'latitude' | 'longitude'> & { lat: string; lng: string }

/** Another name of a postal city. */
export interface CityAlias {
  region: string
  alias: string
  postal_city: string
}

const wholeNumber: Rule = {
  right: 'a whole number, not negative',
  holds: (value) => Number.isSafeInteger(value) && Number(value) >= 0
}

const plain = text('text in upper case, without accents and punctuation', (value) => isPlain(value) && value !== '')
const region = text('a region of the US or Canada in two letters', (value) => countryOf(value) !== undefined)
const direction = text('N, S, E, W, O, NE, NW, SE, SW or empty', (value) => directionRank(value) >= 0)
const suffix = text('a standard suffix such as ST or AVE, or empty', isSuffix)
const plusFour = orNull(text('four digits', (value) => /^\d{4}$/.test(value)))
const house = text('a house number such as 116, 112-10 or 12A', isHouse)
const unit = orNull(text('a unit as it is printed, such as APT 4', isUnit))
const locationId = orNull(text('1 to 50 letters and digits', (value) => /^[A-Za-z\d]{1,50}$/.test(value)))

export const STREET_RULES: Readonly<Record<keyof StreetRow, Rule>> = {
  id: wholeNumber,
  country: oneOf('US', 'CA'),
  region,
  community: plain,
  postal_city: plain,
  predir: direction,
  name: plain,
  suffix,
  postdir: direction,
  low: wholeNumber,
  high: wholeNumber,
  parity: oneOf('O', 'E', 'B'),
  postal_code: plain,
  plus_four: plusFour,
  lat: degrees(90),
  lng: degrees(180),
  unit_policy: oneOf('optional', 'required')
}

export const POINT_RULES: Readonly<Record<keyof AddressPoint, Rule>> = {
  street_id: wholeNumber,
  house_number: house,
  unit,
  plus_four: plusFour,
  latitude: orNull(degrees(90)),
  longitude: orNull(degrees(180)),
  location_id: locationId
}

export const ALIAS_RULES: Readonly<Record<keyof CityAlias, Rule>> = { region, alias: plain, postal_city: plain }

function text(right: string, holds: (value: string) => boolean): Rule {
  return { right, holds: (value) => typeof value === 'string' && holds(value) }
}

function oneOf(...values: readonly string[]): Rule {
  return text(values.join(' or '), (value) => values.includes(value))
}

function degrees(most: number): Rule {
  const isWithin = (value: string) => /^-?\d{1,3}\.\d{1,12}$/.test(value) && Math.abs(Number(value)) <= most
  return text(`degrees up to ${most} as text, such as "37.786861"`, isWithin)
}

function orNull({ right, holds }: Rule): Rule {
  return { right: `${right}, or null`, holds: (value) => value === null || holds(value) }
}

function isPlain(value: string): boolean {
  return plainText(value) === value
}

function isSuffix(value: string): boolean {
  return value === '' || isFrenchType(value) || suffixOf(value) === value
}

function isHouse(value: string): boolean {
  return readStreetLine(`${value} ANY`, 'US')?.house === value
}

function isUnit(value: string): boolean {
  return isPlain(value) && value !== '' && readUnit(wordsOf(value)) === value
}
