import { cardinalNumber, isFraction } from './number-words.js'
import { directionOf } from './directions.js'
import type { Country } from './regions.js'

/** What was read for certain, what only counts where the rest agrees, and what counts only where a row is named so. */
export type Certainty = 'certain' | 'likely' | 'row_decides'

/** The house of a line, and the words behind it. */
interface House {
  house: string
  /** What a Canadian dash puts before the house. */
  unit: string
  /** A letter behind the house, which may be part of it: `12 B WASHINGTON ST`. */
  letter: string
  rest: readonly string[]
  certainty: Certainty
}

const HOUSE_NUMBER = /^\d+(?:[-.]\d+)?[A-Z]?$/
/** Houses on the grids of Wisconsin and Illinois: `N6W23001`, `39W123`, and `W148 N9748` in two words. */
const GRID = /^[NSEW]\d+(?:-?[NSEW]\d+)?$|^\d+[NSEW]\d+$/
const HALF_GRID = /^[NSEW]\d+$/
/** Canada writes `10-100 KING ST` for unit 10 of house 100; in the US that is one house number, as in Queens. */
export const UNIT_AND_HOUSE = /^(\d+[A-Z]?)-(\d+[A-Z]?)$/

/** The house that a line begins with; undefined where it begins with none. */
export function readHouse(words: readonly string[], country: Country): House | undefined {
  const [first = '', second = '', third = ''] = words
  const house = (house: string, count: number, more: Partial<House> = {}): House => ({
    house: house.replace(/^0+(?=\d)/, ''),
    unit: '',
    letter: '',
    rest: words.slice(count),
    certainty: 'certain',
    ...more
  })
  if (HALF_GRID.test(first) && HALF_GRID.test(second)) return house(`${first} ${second}`, 2)
  if (GRID.test(first)) return house(first, 1)
  // A dash between spaces is a slash in plain text.
  if (second === '/' && HOUSE_NUMBER.test(first) && HOUSE_NUMBER.test(third)) {
    const behind = country === 'CA' ? readHouse(words.slice(2), country) : undefined
    return behind === undefined
      ? house(`${first}-${third}`, 3, { certainty: 'row_decides' })
      : { ...behind, unit: first }
  }
  const [, unit = '', behind = first] = (country === 'CA' ? UNIT_AND_HOUSE.exec(first) : null) ?? []
  const [, number = '', end = ''] = /^(\d+)-([A-Z]|\d+\/\d+)$/.exec(behind) ?? []
  if (isFraction(end)) return house(`${number} ${end}`, 1)
  if (/^[A-Z]$/.test(end)) return house(number + end, 1)
  const written = cardinalNumber(behind) ?? behind
  if (!HOUSE_NUMBER.test(written)) return undefined
  if (isFraction(second)) return house(`${written} ${second}`, 2, { unit })
  const isLetter = /^[A-Z]$/.test(second) && directionOf([second], country) === undefined && /\d$/.test(written)
  return isLetter ? house(written, 2, { unit, letter: second }) : house(written, 1, { unit })
}

/** Whether a house lies on a grid, where numbers lie in no range. */
export function isOnGrid(house: string): boolean {
  return GRID.test(house.replace(' ', ''))
}

/** The number by which a house falls into a range: that of `112-10A` is 11210. */
export function houseKey(house: string): number {
  return Number.parseInt(house.replace('-', ''), 10)
}
