import { Type, type Static, type TSchema, type TString } from '@sinclair/typebox'
import { directionRank } from './directions.js'
import { plainText, wordsOf } from './postal-text.js'
import { countryOf } from './regions.js'
import { readHouse } from './house-number.js'
import { frenchTypeOf, suffixOf } from './suffixes.js'
import { combineUnits, readUnit } from './units.js'

/** Texts that no pattern describes, by the name of their format. */
export const FORMATS = {
  plain: (value: string) => isPlain(value) && value !== '',
  region: (value: string) => countryOf(value) !== undefined,
  direction: (value: string) => directionRank(value) >= 0,
  suffix: (value: string) => value === '' || frenchTypeOf(value) === value || suffixOf(value) === value,
  house: (value: string) => isHouse(value),
  unit: (value: string) => isPlain(value) && value !== '' && isUnit(value),
  latitude: (value: string) => isDegrees(value, 90),
  longitude: (value: string) => isDegrees(value, 180)
} as const

function isPlain(value: string): boolean {
  return plainText(value) === value
}

/** Whether a house is written as it is printed, the letter next to the number. */
function isHouse(value: string): boolean {
  const read = readHouse(wordsOf(value), 'US')
  return read?.house === value && read.letter === '' && read.rest.length === 0
}

/** Whether a unit is one, and written as it is printed. */
function isUnit(value: string): boolean {
  const [printed, ...others] = combineUnits([readUnit(wordsOf(value))])
  return printed === value && others.length === 0
}

function isDegrees(value: string, most: number): boolean {
  return /^-?\d{1,3}\.\d{1,12}$/.test(value) && Math.abs(Number(value)) <= most
}

type Text = TString & { expected: string }

/** A text of a format; `expected` says in words what it has to be. */
function formattedText(format: keyof typeof FORMATS, expected: string, description: string): Text {
  return Type.String({ format, expected, description }) as Text
}

function pattern(pattern: string, expected: string, description: string): Text {
  return Type.String({ pattern, expected, description }) as Text
}

function oneOfWords<const Values extends readonly string[]>(values: Values, description: string) {
  return Type.Unsafe<Values[number]>({ enum: values, expected: values.join(' or '), description })
}

function orNullExpected<Schema extends TSchema & { expected: string }>(schema: Schema) {
  return Type.Unsafe<Static<Schema> | null>({
    ...schema,
    type: ['string', 'null'],
    expected: `${schema.expected}, or null`
  })
}

const houseNumber = (description: string) =>
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, expected: 'a whole number, not negative', description })
const plain = (description: string) =>
  formattedText('plain', 'text in upper case, without accents and punctuation', description)
const region = (description: string) =>
  formattedText('region', 'a region of the US or Canada in two letters', description)
const direction = (description: string) =>
  formattedText('direction', 'N, S, E, W, O, NE, NW, SE, SW or empty', description)
const plusFour = (description: string) => orNullExpected(pattern('^\\d{4}$', 'four digits', description))
const latitude = (description: string) =>
  formattedText('latitude', 'degrees up to 90 as text, such as "37.786861"', description)
const longitude = (description: string) =>
  formattedText('longitude', 'degrees up to 180 as text, such as "37.786861"', description)

/** A row of `streets` in `fixtures/streets.json`: a stretch of one street. All names are in plain text, upper case. */
export const STREET = Type.Object({
  id: houseNumber('The id of the row; one of a built-in street replaces it'),
  country: oneOfWords(['US', 'CA'], 'The country'),
  region: region('The state or province'),
  community: plain('What the emergency services call the place; often the postal city'),
  postal_city: plain('The city of the postal address'),
  predir: direction('The direction before the name'),
  name: plain('The name of the street, without direction and suffix'),
  suffix: formattedText('suffix', 'a standard suffix such as ST or AVE, or empty', 'The suffix'),
  postdir: direction('The direction after the suffix'),
  low: houseNumber('The lowest house number'),
  high: houseNumber('The highest house number'),
  parity: oneOfWords(['O', 'E', 'B'], 'The side of the street: odd, even or both'),
  postal_code: plain('The postal code, such as 94105 or A1A 1A1'),
  plus_four: plusFour('What follows the ZIP code'),
  // Texts, so that every digit comes out as it went in.
  lat: latitude('The latitude'),
  lng: longitude('The longitude'),
  unit_policy: oneOfWords(
    ['optional', 'required'],
    'Whether an address without a unit is one address, or a choice of the units of the house; invalid where none is known'
  )
})
export type StreetRow = Static<typeof STREET>

/** A street as it is matched: a row with the usual names of its coordinates. */
export type StreetSegment = Omit<StreetRow, 'lat' | 'lng'> & Record<'latitude' | 'longitude', string>

/** A row of `points`: an address that is known one by one; what it leaves null is that of its segment. */
export const POINT = Type.Object({
  street_id: houseNumber('The id of its street, in this file'),
  house_number: formattedText(
    'house',
    'a house number such as 116, 112-10, 12A or N6W23001',
    'The house number, in the range of its street'
  ),
  unit: orNullExpected(formattedText('unit', 'a unit as it is printed, such as APT 4', 'The unit')),
  plus_four: plusFour('What follows the ZIP code; null for that of the street'),
  latitude: orNullExpected(latitude('The latitude; null for that of the street')),
  longitude: orNullExpected(longitude('The longitude; null for that of the street')),
  location_id: orNullExpected(pattern('^[A-Za-z\\d]{1,50}$', '1 to 50 letters and digits', 'The id of the location'))
})
export type AddressPoint = Static<typeof POINT>

/** A row of `city_aliases`: another name of a postal city. */
export const CITY_ALIAS = Type.Object({
  region: region('The state or province'),
  alias: plain('The other name'),
  postal_city: plain('The postal city that it stands for')
})
type CityAlias = Static<typeof CITY_ALIAS>

/** `fixtures/streets.json` as it is written; each row is right by its schema. */
export interface StreetFile {
  streets: readonly StreetRow[]
  points: readonly AddressPoint[]
  city_aliases: readonly CityAlias[]
}

export interface StreetTables extends Omit<StreetFile, 'streets'> {
  streets: readonly StreetSegment[]
}

/** The tables of a file that is right. */
export function toStreetTables({ streets, points, city_aliases }: StreetFile): StreetTables {
  const segments = streets.map(({ lat, lng, ...row }) => ({ ...row, latitude: lat, longitude: lng }))
  return { streets: segments, points, city_aliases }
}
