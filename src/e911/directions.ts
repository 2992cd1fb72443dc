import { spellings } from './postal-text.js'
import type { Country } from './regions.js'

/** Directionals (USPS Publication 28, section 233). French ones are read in Canada only, where `EST` is no estate. */
const ENGLISH = {
  N: 'NORTH',
  S: 'SOUTH',
  E: 'EAST',
  W: 'WEST',
  NE: 'NORTHEAST',
  NW: 'NORTHWEST',
  SE: 'SOUTHEAST',
  SW: 'SOUTHWEST'
}
const DIRECTIONS: Readonly<Record<Country, ReadonlyMap<string, string>>> = {
  US: spellings(ENGLISH),
  CA: spellings({ ...ENGLISH, N: 'NORTH NORD', S: 'SOUTH SUD', E: 'EAST EST', O: 'OUEST' })
}

/** In this order the rows of a multiple choice are listed. */
const DIRECTION_ORDER = ['', 'N', 'S', 'E', 'W', 'O', 'NE', 'NW', 'SE', 'SW']

/** The two places of a direction: `N MAIN ST`, `MAIN ST N`. */
interface Directions {
  predir: string
  postdir: string
}

/** How the directions of a submitted street stand to those of a row. */
export type Relation = 'equal' | 'moved' | 'left_out' | 'added' | 'partial' | 'conflict'

/** The direction that one word says, or two together (`N E`). */
export function directionOf(words: readonly string[], country: Country): string | undefined {
  const said = words.map((word) => DIRECTIONS[country].get(word) ?? '?').join('')
  return DIRECTION_ORDER.includes(said) ? said : undefined
}

/** Where a direction stands in the order of a list. */
export function directionRank(direction: string): number {
  return DIRECTION_ORDER.indexOf(direction)
}

/** Compares a given direction with that of a row; `OUEST` and `WEST` are one direction. */
export function relationOf(submitted: Directions, row: Directions): Relation {
  const [said, known] = [inEnglish(submitted), inEnglish(row)]
  if (said.join() === known.join()) return 'equal'
  if (said.join() === known.toReversed().join()) return 'moved'
  const [sayings, knowns] = [said.filter((word) => word !== ''), known.filter((word) => word !== '')]
  if (sayings.length === 0) return 'left_out'
  if (knowns.length === 0) return 'added'
  return sayings.length < knowns.length && sayings.every((word) => knowns.includes(word)) ? 'partial' : 'conflict'
}

function inEnglish({ predir, postdir }: Directions): readonly string[] {
  return [predir, postdir].map((word) => (word === 'O' ? 'W' : word))
}
