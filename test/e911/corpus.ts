import type { Street } from '../../src/e911/street.js'
import { BARE_UNITS, DIRECTIONS, HIGHWAYS, HOUSES, NAMES, SUFFIXES, UNITS, type Written } from './publication-28.js'

/** A line whose parts are known because it was made of them. */
export interface KnownLine {
  line: string
  house: string
  street: Street
  unit: string
}

const NONE: Written = ['', '']
const BETWEEN = [' ', ', ', '  ', ' - ', '; ']
const CASES: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => line.toUpperCase(),
  (line) => line.toLowerCase()
]

/**
 * Makes lines of the parts of Publication 28; the same seed makes the same lines. Every suffix stands in one of
 * them. No direction and no unit stands behind a suffix that is a designator as well: `OAK TRLR E` has two readings.
 * No bare number stands behind a highway or a route, which it may number: `ALABAMA HWY 44`.
 */
export function makeCorpus(count: number, seed: number): readonly KnownLine[] {
  const next = randomNumbers(seed)
  const pick = <T>(values: readonly T[]): T => values[next(values.length)] as T
  const write = ([known, ...written]: Written) => ({ known, written: pick(written) })
  return Array.from({ length: count }, (_, index) => {
    const isHighway = next(4) === 0
    const house = write(pick(HOUSES))
    const name = write(pick(isHighway ? HIGHWAYS : NAMES))
    const suffix = write(isHighway ? NONE : (SUFFIXES[index % SUFFIXES.length] ?? NONE))
    const isDesignator = suffix.known === 'TRLR' || suffix.known === 'KY'
    const isNumbered = isHighway || suffix.known === 'HWY' || suffix.known === 'RTE'
    const directions = isHighway ? DIRECTIONS.map(([known]): Written => [known, known]) : DIRECTIONS
    const [predir, postdir] = pick([
      [NONE, NONE],
      [pick(directions), NONE],
      [NONE, isDesignator ? NONE : pick(DIRECTIONS)]
    ]).map(write)
    const unit = write(isDesignator ? NONE : pick([NONE, pick(UNITS), pick(isNumbered ? UNITS : BARE_UNITS)]))
    // `350 F AVE N` has two readings, and so has `350 SOUTH AVE W`.
    const number = isHighway ? house.written.replace(/ (?=[A-Z]$)/, '') : house.written
    const street = [predir?.written, name.written, suffix.written, postdir?.written]
      .filter((part) => part !== '')
      .join(' ')
    const isBefore = unit.known !== '' && /^(?:APT|STE|UNIT|#|BLDG)/.test(unit.written.toUpperCase()) && next(3) === 0
    const between = unit.known === '' ? '' : pick(BETWEEN)
    const line = isBefore
      ? `${unit.written}${pick([' ', ', '])}${number} ${street}`
      : `${number} ${street}${between}${unit.written}`
    return {
      line: pick(CASES)(line),
      house: house.known,
      street: { predir: predir?.known ?? '', name: name.known, suffix: suffix.known, postdir: postdir?.known ?? '' },
      unit: unit.known
    }
  })
}

/** Whole numbers from 0 to below `limit`, by a linear congruence. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}
