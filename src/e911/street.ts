import { directionOf } from './directions.js'
import { withDigits } from './ordinals.js'
import { joined } from './postal-text.js'
import type { Country } from './regions.js'
import { frenchTypeOf, isFrenchType, suffixOf } from './suffixes.js'

/** A street in the four parts that a master street address guide keeps apart. */
export interface Street {
  predir: string
  name: string
  suffix: string
  postdir: string
}

/** A saint is abbreviated like a street and a suite, but stands before the name that he gave. */
const SAINTS: ReadonlyMap<string, string> = new Map([
  ['ST', 'SAINT'],
  ['STE', 'SAINTE']
])

/** The parts of a street, from its words. A name is always left: `NORTH AVE` is named NORTH, and `E ST` is named E. */
export function readStreet(words: readonly string[], country: Country): Street {
  const [first = '', ...others] = words
  const type = country === 'CA' && others.length > 0 ? frenchTypeOf(first) : undefined
  if (type !== undefined) {
    const { rest, direction } = takeDirection(others, country, 'last')
    return { predir: '', name: readName(rest), suffix: type, postdir: direction }
  }
  const after = takeDirection(words, country, 'last')
  const { rest, suffix } = takeSuffix(after.rest)
  const before = takeDirection(rest, country, 'first')
  return { predir: before.direction, name: readName(before.rest), suffix, postdir: after.direction }
}

/** The street as one line. */
export function printStreet(street: Street): string {
  return joined(street.predir, streetName(street))
}

/** The street without its leading direction: what `legacy_data` calls `streetname`. */
export function streetName({ name, suffix, postdir }: Street): string {
  return isFrenchType(suffix) ? joined(suffix, name, postdir) : joined(name, suffix, postdir)
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

function takeSuffix(words: readonly string[]) {
  const [suffix] = words.length > 1 ? words.slice(-1).map(suffixOf) : []
  return suffix === undefined ? { rest: words, suffix: '' } : { rest: words.slice(0, -1), suffix }
}

function readName(words: readonly string[]): string {
  const last = words.length - 1
  return words
    .map((word, index) => (last === 0 ? withDigits(word) : index < last ? (SAINTS.get(word) ?? word) : word))
    .join(' ')
}
