import { directionOf } from './directions.js'
import { readHighway } from './highways.js'
import { readHouse, UNIT_AND_HOUSE, type Certainty } from './house-number.js'
import { wordsOf } from './postal-text.js'
import type { Country } from './regions.js'
import { printStreet, readStreets, type Street } from './street.js'
import { suffixOf } from './suffixes.js'
import { leadingUnits, readDesignated, readUnit, type Unit } from './units.js'

/** A street line in its parts. `written` is the street as it stands in the line, `units` those before and behind it. */
export interface StreetLine {
  house: string
  street: Street
  written: string
  units: readonly (readonly Unit[])[]
  certainty: Certainty
}

const STRONGEST_FIRST: readonly Certainty[] = ['certain', 'likely', 'row_decides']

/** What a line in plain text may mean, the likeliest reading first; nothing where it has no house number or no street. */
export function readStreetLine(line: string, country: Country): readonly StreetLine[] {
  const words = country === 'CA' ? splitDash(wordsOf(line)) : wordsOf(line)
  const behindUnits = leadingUnits(words).map(({ unit, rest }) => readBehind(unit, rest, country))
  const likely = behindUnits.find(([first]) => first !== undefined && first.certainty !== 'row_decides')
  return likely ?? behindUnits.find((lines) => lines.length > 0) ?? readBehind([], words, country)
}

/** `#10-100 KING ST` is UNIT 10 of house 100 in Canada, and so is `UNIT 10-100`. */
function splitDash(words: readonly string[]): readonly string[] {
  const [first = '', second = '', third = '', ...others] = words
  if (readDesignated([first, second]) === undefined) return words
  const dash = UNIT_AND_HOUSE.exec(second)
  const designator = first === '#' ? 'UNIT' : first
  if (dash !== null) return [designator, ...dash.slice(1), ...words.slice(2)]
  return third === '/' ? [designator, second, ...others] : words
}

/** Reads the words behind a leading unit. */
function readBehind(before: readonly Unit[], words: readonly string[], country: Country): readonly StreetLine[] {
  const start = readHouse(words, country)
  if (start === undefined) return []
  const { house, unit, letter, rest } = start
  const units = [...before, ...readUnit(unit === '' ? [] : ['UNIT', unit])]
  const lines = (house: string, street: readonly string[], certainty: Certainty) =>
    readStreets(street, country).map((reading) => ({
      house,
      street: reading.street,
      written: street.join(' '),
      units: [units, reading.unit],
      certainty: weakest(certainty, reading.certainty)
    }))
  if (letter === '') return lines(house, rest, start.certainty)
  const named = [letter, ...rest]
  const plain = lines(house, named, start.certainty)
  const withLetter = lines(house + letter, rest, 'likely')
  // `12 B ST` is on B ST and `12 I 55` on INTERSTATE 55; `12 B AVE N` has two readings, AVENUE N and B AVE.
  const isName = plain.some(({ street }) => street.name === letter)
  const printed = plain.map(({ street }) => wordsOf(printStreet(street, country)).slice(1))
  const isRoad = [rest, ...printed].some((road) => readHighway(road, country) !== undefined)
  if (readHighway(named, country) !== undefined || (isName && !isRoad)) return plain
  const hasTwoReadings = (isName && suffixOf(String(rest[0])) !== 'HWY') || isOfName(letter, rest[0], country)
  return [...withLetter, ...plain].map((line) => {
    const isCertain = line.house !== house && !hasTwoReadings
    return { ...line, certainty: isCertain ? line.certainty : 'row_decides' }
  })
}

/** Words that may go on from a letter, as a name does: `T I BLVD`, `D AND R MILLER RD`, `P DE LEON BLVD`, `O AVENUE PL`. */
const GOES_ON = /^(?:[A-Z]|AND|DE|AVE|AVENUE)$/

/** Tells whether a letter behind a house may begin the name of the street with the word behind it. */
function isOfName(letter: string, next = '', country: Country): boolean {
  const isDirection = directionOf([next], country) !== undefined
  return `${letter} ${next}` === 'U S' || (!isDirection && GOES_ON.test(next))
}

function weakest(one: Certainty, other: Certainty): Certainty {
  return STRONGEST_FIRST.indexOf(one) > STRONGEST_FIRST.indexOf(other) ? one : other
}
