import { joinOrdinals, ordinalNumber, withDigits } from './number-words.js'
import { wordsOf } from './postal-text.js'
import type { Country } from './regions.js'
import { abbreviate } from './suffixes.js'

/** Words that are abbreviated within a name, beside those that are suffixes (`MOUNT`, `FORT`, `AVENUE`). */
const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ['SAINT', 'ST'],
  ['SAINTE', 'STE']
])

/** How many slips a word of a street's name forgives, by its length. */
const FORGIVEN: readonly [length: number, slips: number][] = [
  [9, 2],
  [5, 1]
]

/** The form in which names are compared: `MOUNT VERNON` is `MT VERNON`, and `ELEVENTH`, `11TH` and `11` are one. */
export function nameKey(name: string, country: Country): string {
  return nameKeys(name, country).join(' ')
}

function nameKeys(name: string, country: Country): readonly string[] {
  return joinOrdinals(wordsOf(name)).map(
    (word) => ordinalNumber(word, country) ?? ABBREVIATIONS.get(word) ?? abbreviate(word)
  )
}

/**
 * Whether one word of `submitted` is misspelt, and nothing else keeps it from being `name`. Digits and short words are
 * forgiven nothing: 2ND is not 3RD, nor SIXTEENTH a slip for FIFTEENTH, and AVENUE A is not AVENUE B.
 */
export function isSimilarName(submitted: string, name: string, country: Country): boolean {
  const [written, known] = [readWords(submitted), readWords(name)]
  const [writtenKeys, knownKeys] = [nameKeys(submitted, country), nameKeys(name, country)]
  const differing = known.flatMap((_, index) => (writtenKeys[index] === knownKeys[index] ? [] : [index]))
  const [at = 0, ...others] = differing
  return written.length === known.length && others.length === 0 && isSlip(String(written[at]), String(known[at]))
}

function readWords(name: string): readonly string[] {
  return joinOrdinals(wordsOf(name)).map(withDigits)
}

function isSlip(written: string, known: string): boolean {
  const shortest = Math.min(written.length, known.length)
  const slips = FORGIVEN.find(([length]) => shortest >= length)?.[1] ?? 0
  return /^\p{L}+$/u.test(written + known) && isWithinEdits(slips, written, known)
}

/** Whether at most `slips` letters added, left out, changed or swapped with their neighbour make one text the other. */
function isWithinEdits(slips: number, one: string, other: string): boolean {
  let same = 0
  while (same < one.length && one[same] === other[same]) same++
  const [a, b] = [one.slice(same), other.slice(same)]
  if (a === b || slips === 0) return a === b
  return (
    isWithinEdits(slips - 1, a.slice(1), b.slice(1)) ||
    isWithinEdits(slips - 1, a.slice(1), b) ||
    isWithinEdits(slips - 1, a, b.slice(1)) ||
    (a.length > 1 && b.startsWith(`${a.charAt(1)}${a.charAt(0)}`) && isWithinEdits(slips - 1, a.slice(2), b.slice(2)))
  )
}
