import { directionOf } from './directions.js'
import { readHighway } from './highways.js'
import type { Certainty } from './house-number.js'
import { isFraction, joinOrdinals, withDigits } from './number-words.js'
import { joined, wordsOf } from './postal-text.js'
import type { Country } from './regions.js'
import { frenchTypeOf, isStreetType, suffixOf } from './suffixes.js'
import { isNameAsWell, isUnitWord, readBareUnit, readDesignated, type Unit } from './units.js'

/** A street in the four parts that a master street address guide keeps apart. */
export interface Street {
  predir: string
  name: string
  suffix: string
  postdir: string
}

/** What the words behind a house may mean. */
interface StreetReading {
  street: Street
  unit: readonly Unit[]
  certainty: Certainty
}

/** A saint is abbreviated like a street and a suite, but stands before the name that he gave. */
const SAINTS: ReadonlyMap<string, string> = new Map([
  ['ST', 'SAINT'],
  ['STE', 'SAINTE']
])

/** Roads along a highway: `HIGHWAY 66 FRONTAGE RD`. */
const BESIDE_HIGHWAYS: ReadonlySet<string> = new Set(['ACCESS', 'FRONTAGE', 'SERVICE'])

/** Types that stand within no name, so that a town follows: `MAIN RD FOREST PARK`. */
const NEVER_WITHIN: ReadonlySet<string> = new Set(['AVE', 'BLVD', 'HWY', 'LN', 'PKWY', 'RD'])

/** A number behind such a road may be its own: `ALABAMA HIGHWAY 44`, `OH RTE 7`, `BAKER COUNTY RD 44`. */
const MAY_BE_NUMBERED = /\b(?:HWY|HIGHWAY|RTE|RT|ROUTE|(?:COUNTY|COUNTRY) (?:RD|ROAD))$/

/** Reads the words behind a house: a street and perhaps a unit, the likeliest reading first. */
export function readStreets(words: readonly string[], country: Country): readonly StreetReading[] {
  const highways = readHighways(words, country)
  if (highways.length > 0 && !mayBeName(words, highways)) return highways
  const plain = readPlainStreets(words, country)
  if (highways.length === 0) return plain
  return [...highways, ...plain].map((reading) => ({ ...reading, certainty: 'row_decides' }))
}

/** Reads a street that no number ends. */
function readPlainStreets(words: readonly string[], country: Country): readonly StreetReading[] {
  const { street, unit } = splitUnit(words, (index) => mayBeginUnit(words, index, country))
  if (street.length === 0) return []
  if (unit.length > 0) return [{ street: readStreet(street, country), unit, certainty: certaintyOf(street, country) }]
  const whole = { street: readStreet(words, country), unit: [], certainty: certaintyOf(words, country) }
  const bare = bareUnitOf(words, country)
  if (bare === undefined) return [whole]
  const before = words.slice(0, endOfStreet(words, country))
  const isUnit = certaintyOf(before, country) === 'certain' && !MAY_BE_NUMBERED.test(before.join(' '))
  const certainty = isUnit ? 'likely' : 'row_decides'
  return [
    { street: readStreet(before, country), unit: [bare], certainty },
    { ...whole, certainty: 'row_decides' }
  ]
}

/** The street as one line. */
export function printStreet(street: Street, country: Country): string {
  return joined(street.predir, streetName(street, country))
}

/** The street without its leading direction: what `legacy_data` calls `streetname`. */
export function streetName({ name, suffix, postdir }: Street, country: Country): string {
  return standsInFront(suffix, country) ? joined(suffix, name, postdir) : joined(name, suffix, postdir)
}

function standsInFront(suffix: string, country: Country): boolean {
  return country === 'CA' && frenchTypeOf(suffix) === suffix
}

/** Whether a direction in full may be the name: `SOUTH AVE W` may be on SOUTH AVE or on AVENUE W. */
function mayBeName([first = '', type = '']: readonly string[], [highway]: readonly StreetReading[]): boolean {
  return highway?.street.predir !== '' && first.length > 2 && suffixOf(type) !== undefined && suffixOf(type) !== 'HWY'
}

/** A road with a number, `E COUNTY ROAD 502`: its number ends the name, whatever follows. */
function readHighways(words: readonly string[], country: Country): readonly StreetReading[] {
  const { rest: road, direction: predir } = takeDirection(words, country, 'first')
  const highway = readHighway(words, country) ?? readHighway(road, country)
  if (highway === undefined || frenchTypeIn(words, country) !== undefined) return []
  const { names, rest } = highway
  const { street: behind, unit } = splitUnit(rest, () => true)
  const after = takeDirection(['', ...behind], country, 'last')
  const { rest: middle, suffix } = takeSuffix(after.rest, country)
  const isKnown = middle.length === 1 || (suffix !== '' && BESIDE_HIGHWAYS.has(joined(...middle)))
  return names.map((name) => ({
    street: {
      predir: readHighway(words, country) === undefined ? predir : '',
      name: joined(name, ...middle),
      suffix,
      postdir: after.direction
    },
    unit,
    certainty: isKnown ? 'certain' : 'row_decides'
  }))
}

/** The parts of a street, from its words. A name is always left: `NORTH AVE` is named NORTH, and `E ST` is named E. */
export function readStreet(words: readonly string[], country: Country): Street {
  const type = frenchTypeIn(words, country)
  if (type !== undefined) {
    const { rest, direction } = takeDirection(words.slice(1), country, 'last')
    return { predir: '', name: readName(rest, true), suffix: type, postdir: direction }
  }
  const after = takeDirection(words, country, 'last')
  const { rest, suffix } = takeSuffix(after.rest, country)
  const before = takeDirection(rest, country, 'first')
  return { predir: before.direction, name: readName(before.rest, suffix !== ''), suffix, postdir: after.direction }
}

/** The type that stands in front in Canada, `RUE DU PARC`; AVENUE RD is a street of Toronto. */
function frenchTypeIn([type = '', ...words]: readonly string[], country: Country): string | undefined {
  const { rest } = takeDirection(words, country, 'last')
  const isNamed = rest.length > 1 || rest.some((word) => suffixOf(word) === undefined)
  return country === 'CA' && isNamed ? frenchTypeOf(type) : undefined
}

function takeDirection(words: readonly string[], country: Country, end: 'first' | 'last') {
  for (const count of [2, 1].filter((count) => count < words.length)) {
    const split = end === 'first' ? count : words.length - count
    const [left, right] = [words.slice(0, split), words.slice(split)]
    const [said, rest] = end === 'first' ? [left, right] : [right, left]
    const direction = directionOf(said, country)
    if (direction !== undefined) return { rest, direction }
  }
  return { rest: words, direction: '' }
}

function takeSuffix(words: readonly string[], country: Country) {
  const suffix = words.length > 1 ? suffixOf(String(words.at(-1))) : undefined
  return suffix === undefined || standsInFront(suffix, country)
    ? { rest: words, suffix: '' }
    : { rest: words.slice(0, -1), suffix }
}

/** ST is SAINT before a name, and the suffix of a street elsewhere: `ST MARYS AVE`, `MILL ST RD`. */
function readName(words: readonly string[], isTyped: boolean): string {
  const joinedWords = joinOrdinals(words)
  const [last, isOne] = [words.length - 1, joinedWords.length === 1]
  if (isOne) return joinedWords.map(withDigits).join(' ')
  return words
    .map((word, index) => (index === 0 || (isTyped && index === last - 1) ? (SAINTS.get(word) ?? word) : word))
    .join(' ')
    .replace(/^AVE? /, 'AVENUE ')
}

/** A street and the unit behind it, which takes all the words from where it begins. */
function splitUnit(words: readonly string[], mayBegin: (index: number) => boolean) {
  for (const index of words.keys()) {
    const unit = mayBegin(index) ? readDesignated(words.slice(index)) : undefined
    if (unit !== undefined) return { street: words.slice(0, index), unit }
  }
  return { street: words, unit: [] }
}

/** Whether a unit may begin at a word: FRONT and PIER name streets as well, and only begin one behind a whole street. */
function mayBeginUnit(words: readonly string[], index: number, country: Country): boolean {
  const [word = '', next] = words.slice(index)
  const isBehindStreet = index > 1 && endOfStreet(words.slice(0, index), country) === index
  return isBehindStreet || (isNameAsWell(word) ? index > 0 && !isNameAsWell(word, next) : true)
}

/** The unit behind a street whose type says where it ends: `MAIN ST 4`. */
function bareUnitOf(words: readonly string[], country: Country): Unit | undefined {
  const end = endOfStreet(words, country)
  const isBehind = end > 0 && end < words.length && frenchTypeIn(words, country) === undefined
  return isBehind ? readBareUnit(words.slice(end)) : undefined
}

/** Where the last suffix of a street and the directions behind it end: 2 of `MAIN ST 4`; 0 without a suffix. */
function endOfStreet(words: readonly string[], country: Country): number {
  const type = words.findLastIndex((word, index) => index > 0 && suffixOf(word) !== undefined)
  if (type < 0) return 0
  const behind = words.slice(type + 1)
  const count = [2, 1].find((count) => count <= behind.length && directionOf(behind.slice(0, count), country))
  return type + 1 + (count ?? 0)
}

/**
 * What cannot be a street for certain: words behind its type (`MAIN ST SPRINGFIELD IL`), a second number
 * (`2 WASHINGTON ST`, but `9 MILE RD`), a number at the end of a name, a unit that no rule could read.
 */
function certaintyOf(words: readonly string[], country: Country): Certainty {
  const end = endOfStreet(words, country)
  const street = readStreet(words, country)
  const { name, suffix } = street
  const [first = '', second = '', ...others] = name.split(' ')
  const isBehindType = end < words.length && words.slice(1, end).some(isStreetType)
  const hasTown = words.some((word, index) => index > 0 && NEVER_WITHIN.has(word) && hasMore(words.slice(index + 1)))
  const hasFraction = others.length === 0 && isFraction(second)
  const isNumber = /^\d+[A-DF-Z]?$/.test(first) && !hasFraction
  const hasSecondNumber = first.includes('/') || (isNumber && second !== '' && second !== 'MILE')
  const isOpen = suffix === '' || frenchTypeIn(words, country) !== undefined
  const endsInNumber = isOpen && /\d|^.$/.test(String([second, ...others].at(-1))) && !hasFraction
  const hasUnit = words.some((word, index) => isUnitWord(word, words[index + 1]))
  return isBehindType || hasTown || hasSecondNumber || endsInNumber || !isSettled(street, country) || hasUnit
    ? 'row_decides'
    : 'certain'
}

/** Whether a street that is printed is read again as the same one: AVENUE EAST would become AVENUE E, a letter. */
function isSettled(street: Street, country: Country): boolean {
  const words = wordsOf(printStreet(street, country))
  const again = readStreet(words, country)
  const isSame = (['predir', 'name', 'suffix', 'postdir'] as const).every((part) => again[part] === street[part])
  const isAlone = splitUnit(words, (index) => mayBeginUnit(words, index, country)).unit.length === 0
  return isSame && isAlone && bareUnitOf(words, country) === undefined && readHighways(words, country).length === 0
}

/** Whether there is more behind a type than another type and a direction: `RIVER RD EXT N`. */
function hasMore(words: readonly string[]): boolean {
  const [first = '', ...others] = words.filter((word) => directionOf([word], 'CA') === undefined)
  return first !== '' && (others.length > 0 || suffixOf(first) === undefined)
}
