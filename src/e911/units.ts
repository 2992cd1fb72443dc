import { directionOf } from './directions.js'
import { ordinalNumber } from './ordinals.js'
import { joined, spellings, wordsOf } from './postal-text.js'
import type { Country } from './regions.js'

/**
 * Unit designators (USPS Publication 28, appendix C2; APP and BUREAU are Canada's French), in three kinds. They tell where
 * in a street line a unit may begin: `APT B`, but `100 OLD PIER E` is a street; `REAR` needs no value.
 */
const DESIGNATORS = {
  certain: spellings({
    APT: 'APARTMENT APP',
    BLDG: 'BUILDING',
    DEPT: 'DEPARTMENT',
    FL: 'FLOOR',
    HNGR: 'HANGAR',
    RM: 'ROOM',
    STE: 'SUITE BUREAU',
    TRLR: 'TRAILER',
    UNIT: ''
  }),
  alsoInNames: spellings({ KEY: '', LOT: '', PIER: '', SLIP: '', SPC: 'SPACE', STOP: '' }),
  alone: spellings({
    BSMT: 'BASEMENT',
    FRNT: 'FRONT',
    LBBY: 'LOBBY',
    LOWR: 'LOWER',
    OFC: 'OFFICE',
    PH: 'PENTHOUSE',
    REAR: '',
    SIDE: '',
    UPPR: 'UPPER'
  })
}
const ALL: ReadonlyMap<string, string> = new Map(Object.values(DESIGNATORS).flatMap((kind) => [...kind]))

/**
 * A unit as it is printed, from its words: `APARTMENT 4` is `APT 4`, a bare `4` is `# 4`, `5TH FLOOR` is `FL 5`. Words
 * that no rule knows stay. Empty when there is no unit.
 */
export function readUnit(words: readonly string[]): string {
  const [first = '', second = '', ...others] = words.filter((word) => word !== '#').map((word) => ALL.get(word) ?? word)
  const floor = second === 'FL' ? ordinalNumber(first) : undefined
  if (floor !== undefined) return joined('FL', floor, ...others)
  const unit = joined(first, second, ...others)
  const isUndesignated = first !== '' && !ALL.has(first) && (words[0] === '#' || second === '')
  return isUndesignated ? `# ${unit}` : unit
}

/** The identifier of a unit, without its designator: `4B` of `APT 4B` and of `# 4B`. */
export function unitValue(unit: string): string {
  return (
    wordsOf(unit)
      .filter((word) => word !== '#' && !ALL.has(word))
      .join(' ') || unit
  )
}

/** The words of a street with its unit, apart. */
export function splitUnit(words: readonly string[], country: Country): { street: readonly string[]; unit: string[] } {
  const start = words.findIndex((_, index) => beginsUnit(words, index, country))
  return start < 0 ? { street: words, unit: [] } : { street: words.slice(0, start), unit: words.slice(start) }
}

function beginsUnit(words: readonly string[], index: number, country: Country): boolean {
  const [word = '', next] = words.slice(index)
  if (word === '#') return true
  if (next === undefined) return index > 1 && DESIGNATORS.alone.has(word)
  if (ALL.get(next) === 'FL' && ordinalNumber(word) !== undefined) return true
  if (DESIGNATORS.certain.has(word)) return next === '#' || isValue(next, country)
  if (DESIGNATORS.alone.has(word) && index > 1 && beginsUnit(words, index + 1, country)) return true
  return index > 0 && ALL.has(word) && (next === '#' || /\d/.test(next))
}

/** A value has a digit or is a single letter; `APT EAST` would be printed `APT E`. */
function isValue(word: string, country: Country): boolean {
  return /\d/.test(word) || word.length === 1 || directionOf([word], country)?.length === 1
}
