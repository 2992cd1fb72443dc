import { wordsOf } from './postal-text.js'
import type { Country } from './regions.js'
import { readStreet, type Street } from './street.js'
import { splitUnit } from './units.js'

/** A street line in its parts. `units` are the words of every unit that it names. */
export interface StreetLine {
  house: string
  street: Street
  units: readonly (readonly string[])[]
}

const HOUSE = /^\d+(?:[-.]\d+)?[A-Z]?$/
const FRACTION = /^\d{1,2}\/\d{1,2}$/

/** Canada writes `10-100 KING ST` for unit 10 of house 100; in the US that is one house number, as in Queens. */
const UNIT_AND_HOUSE = /^(\d+)-(\d+[A-Z]?)$/

/** Reads a line in plain text, or returns undefined where it has no house number or no street. */
export function readStreetLine(line: string, country: Country): StreetLine | undefined {
  const [first = '', ...others] = wordsOf(line)
  const [, dashedUnit = '', dashedHouse = first] = (country === 'CA' ? UNIT_AND_HOUSE.exec(first) : null) ?? []
  const [fraction = '', ...afterFraction] = others
  const hasFraction = FRACTION.test(fraction)
  const { street, unit } = splitUnit(hasFraction ? afterFraction : others, country)
  if (!HOUSE.test(dashedHouse) || street.length === 0) return undefined
  const number = dashedHouse.replace(/^0+(?=\d)/, '')
  return {
    house: hasFraction ? `${number} ${fraction}` : number,
    street: readStreet(street, country),
    units: [unit, wordsOf(dashedUnit)]
  }
}

/** The number by which a house falls into a range: that of `112-10A` is 11210. */
export function houseKey(house: string): number {
  return Number.parseInt(house.replace('-', ''), 10)
}
