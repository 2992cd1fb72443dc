import { directionOf } from './directions.js'
import { cardinalNumber, ordinalNumber } from './number-words.js'
import { joined, spellings, wordsOf } from './postal-text.js'

/** A part of a unit: `APT 4` has the designator APT and the value 4. A text that no rule knows has no designator. */
export interface Unit {
  designator: string
  value: string
}

/** What `#` and a bare value are: a unit that does not say of which kind it is. */
const UNKNOWN = '#'

/**
 * Unit designators (USPS Publication 28, appendix C2, and what people write beside them; APP, BUREAU, ETAGE and LOCAL are
 * French), outer ones before those within them. `names` are words that streets are named after as well.
 */
// prettier-ignore
const DESIGNATORS = {
  outer: spellings({ BLDG: 'BUILDING', HNGR: 'HANGAR HANGER', WING: '', FL: 'FLOOR FLR ETAGE', LVL: 'LEVEL' }),
  inner: spellings({
    APT: 'APARTMENT APP', DEPT: 'DEPARTMENT', KEY: '', LOT: '', PIER: '', RM: 'ROOM', SLIP: '', SPC: 'SPACE SP',
    STE: 'SUITE BUREAU', STOP: '', TRLR: 'TRAILER', UNIT: 'UT', [UNKNOWN]: 'NO NUM LOCAL'
  }),
  alone: spellings({
    BSMT: 'BASEMENT', FRNT: 'FRONT', LBBY: 'LOBBY', LOWR: 'LOWER', OFC: 'OFFICE', PH: 'PENTHOUSE', REAR: '', SIDE: '',
    UPPR: 'UPPER'
  }),
  names: new Set('FRNT LOWR UPPR OFC SIDE KEY LVL PIER'.split(' '))
}
const STANDARDS: ReadonlyMap<string, string> = new Map([
  ...DESIGNATORS.outer,
  ...DESIGNATORS.alone,
  ...DESIGNATORS.inner
])
const UNIT_ORDER = [...new Set(STANDARDS.values())]

/** A designator and its value in one word, `APT4B`, or the other way round, `2FL`. */
const GLUED = /^(APT|BLDG|FL|FLR|FLOOR|LOT|NO|PH|RM|SPC|STE|SUITE|UNIT)(\d\w*)$|^(\d+)(FL|FLR)$/

/** The parts of a unit, from its words; words that no rule knows are one part without a designator. */
export function readUnit(words: readonly string[]): readonly Unit[] {
  const text = words.filter((word) => !isMark(word))
  const designator = text.length === 1 ? UNKNOWN : ''
  if (text.length === 0) return []
  return readParts([UNKNOWN, ...words]) ?? readParts([UNKNOWN, ...text]) ?? [{ designator, value: text.join(' ') }]
}

/** The parts of a unit that begins with `#` or a designator; undefined where any of the words is no part of one. */
export function readDesignated(words: readonly string[]): readonly Unit[] | undefined {
  const from = words[0] === '/' ? 1 : 0
  return words.slice(from).every(isMark) ? undefined : readParts(words.slice(from))
}

/** A value without a designator behind a street: `4`, `4B`, `B 12`. Five digits are a ZIP code, not a unit. */
export function readBareUnit(words: readonly string[]): Unit | undefined {
  const value = words.filter((word) => word !== '/')
  const isShort = value.every((word) => /^(?:\d{1,4}[A-Z]?|[A-Z]\d{0,4})$/.test(word))
  return isShort && lengthOfValue(value) === value.length ? { designator: UNKNOWN, value: value.join(' ') } : undefined
}

/** Whether a word in a name shows that a unit stands there which no rule could read. */
export function isUnitWord(word: string, next = ''): boolean {
  return isMark(word) || (STANDARDS.has(word) && /\d/.test(next))
}

/** Whether a word is one that streets are named after as well, so that a unit begins with it only behind a whole street. */
export function isNameAsWell(word: string, next = ''): boolean {
  const isNumbered = STANDARDS.get(next) === 'LVL' || (DESIGNATORS.inner.has(word) && /\d/.test(next))
  return DESIGNATORS.names.has(STANDARDS.get(word) ?? '') && !isNumbered
}

/**
 * How many of the words a leading unit may take, `SUITE 1800` of `SUITE 1800 77 W WACKER DR`, the shortest first. A number
 * behind a letter is the house: `APT E 123 NECK RD`.
 */
export function leadingUnits(words: readonly string[]): readonly { unit: readonly Unit[]; rest: readonly string[] }[] {
  if (/^\d+$/.test(String(words[0]))) return []
  return [1, 2, 3, 4].flatMap((count) => {
    const unit = count < words.length ? readDesignated(words.slice(0, count)) : undefined
    const takesHouse = unit?.some(({ value }) => /^[A-Z] \d/.test(value))
    return unit === undefined || takesHouse ? [] : [{ unit, rest: words.slice(count) }]
  })
}

/**
 * Brings together the units that the parts of an address name: one text, or one for each where they contradict one another,
 * be it within one part. `BLDG 2` and `APT 4` are both true, `APT 4` and `APT 5` are not.
 */
export function combineUnits(sources: readonly (readonly Unit[])[]): readonly string[] {
  const all = distinct(sources.flat())
  const isContradiction = all.some((unit, index) => all.slice(0, index).some((one) => contradicts(one, unit)))
  const printed = sources.flatMap((units) => splitRepeated(distinct(units))).map(printUnits)
  return isContradiction ? printed.filter((unit) => unit !== '') : [printUnits(all)]
}

/** The units as they are, or one reading for each value of a designator that has several: `APT 4 APT 5`. */
function splitRepeated(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const isRepeated = ({ designator }: Unit) => units.filter((unit) => unit.designator === designator).length > 1
  const repeated = units.filter(isRepeated)
  return repeated.length === 0
    ? [units]
    : repeated.map((one) => units.filter((unit) => unit === one || !isRepeated(unit)))
}

function distinct(units: readonly Unit[]): readonly Unit[] {
  return units.filter((unit, index) => units.findIndex((other) => isSame(other, unit)) === index)
}

/** The unit as it is printed, the outer part first. */
export function printUnits(units: readonly Unit[]): string {
  const sorted = units.toSorted(
    (one, other) => UNIT_ORDER.indexOf(one.designator) - UNIT_ORDER.indexOf(other.designator)
  )
  return joined(...sorted.map(({ designator, value }) => joined(designator, value)))
}

/** Whether two printed units are one, the designator left aside: `STE 102` and `APT 102`. */
export function isSameUnit(one: string, other: string): boolean {
  const [units, others] = [readUnit(wordsOf(one)), readUnit(wordsOf(other))]
  return units.length === others.length && units.every((unit, index) => isSame(unit, others[index]))
}

function isSame(one: Unit, other: Unit | undefined): boolean {
  if (one.value !== other?.value) return false
  return one.designator === other.designator || (isInner(one) && isInner(other))
}

function contradicts(one: Unit, other: Unit): boolean {
  const isSameKind =
    one.designator === other.designator || (isInner(one) && isInner(other) && [one, other].some(isUnknown))
  return isSameKind || isPlainText(one) || isPlainText(other)
}

function isUnknown({ designator }: Unit): boolean {
  return designator === UNKNOWN
}

function isPlainText({ designator, value }: Unit): boolean {
  return designator === '' || (designator === UNKNOWN && lengthOfValue(wordsOf(value)) === 0)
}

function isInner({ designator }: Unit): boolean {
  return DESIGNATORS.inner.has(designator)
}

/** Signs before a value, which is what tells that `4` is a unit. */
function isMark(word: string): boolean {
  return word === UNKNOWN || word === '/'
}

/** Reads part after part; undefined where words are left. */
function readParts(written: readonly string[]): readonly Unit[] | undefined {
  const units: Unit[] = []
  let words = written.flatMap(splitGlued)
  while (!words.every(isMark)) {
    const part = readUnitPart(words)
    if (part === undefined) return undefined
    units.push(part.unit)
    words = words.slice(part.length)
  }
  return units
}

/** Reads the first part, with the marks before it; `length` counts its words. */
function readUnitPart(words: readonly string[]): { unit: Unit; length: number } | undefined {
  const marks = words.findIndex((word) => !isMark(word))
  const [first = '', second = '', third = ''] = words.slice(marks)
  const floor = STANDARDS.get(second) === 'FL' && !isValue(third) ? floorOf(first) : undefined
  if (floor !== undefined) return { unit: { designator: 'FL', value: floor }, length: marks + 2 }
  const named = STANDARDS.get(first)
  const alone = DESIGNATORS.alone.get(first)
  if (named === undefined && marks === 0) return undefined
  if (alone !== undefined && STANDARDS.get(second) === 'LVL') {
    return { unit: { designator: alone, value: '' }, length: marks + 2 }
  }
  let from = named === undefined ? marks : marks + 1
  while (alone === undefined && STANDARDS.get(words[from] ?? '') === UNKNOWN) from++
  const designator = named ?? UNKNOWN
  const length =
    words[from] === 'REAR' && alone === undefined && designator !== UNKNOWN ? 1 : lengthOfValue(words.slice(from))
  const value = words.slice(from, from + length).map((word) => unitValue(designator, word))
  if (length === 0 && alone === undefined) return undefined
  return { unit: { designator, value: value.join(' ') }, length: from + length }
}

/** `ONE` is 1, and the floor `7TH` is 7. */
function unitValue(designator: string, word: string): string {
  const floor = designator === 'FL' || designator === 'LVL' ? ordinalNumber(word, 'CA') : undefined
  return floor ?? cardinalNumber(word) ?? word
}

function splitGlued(word: string): readonly string[] {
  const [, designator, value, floor, floorWord] = GLUED.exec(word) ?? []
  if (designator !== undefined && value !== undefined) return [designator, value]
  return floor !== undefined && floorWord !== undefined ? [floor, floorWord] : [word]
}

/** The floor of a word before FLOOR: `5TH`, `FIFTH`, `5` or GROUND. */
function floorOf(word: string): string | undefined {
  if (word === 'GROUND') return 'G'
  return ordinalNumber(word, 'CA') ?? cardinalNumber(word) ?? /^\d{1,3}$/.exec(word)?.[0]
}

/** How many words a value has: one, or a letter and a number, `100 A`. */
function lengthOfValue([first = '', second = '']: readonly string[]): number {
  if (!isValue(first)) return 0
  return (/\d/.test(first) && /^[A-Z]$/.test(second)) || (/^[A-Z]$/.test(first) && /^\d+$/.test(second)) ? 2 : 1
}

/** A value has a digit, is a letter, the same letter twice, a direction or a number in words. */
function isValue(word: string): boolean {
  if (/\d/.test(word) || /^([A-Z])\1?$/.test(word)) return true
  return directionOf([word], 'CA') !== undefined || cardinalNumber(word) !== undefined
}
