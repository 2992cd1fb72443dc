import type { Country } from './regions.js'

/** Numbers as words; the place of a word is its number. */
const CARDINALS = (
  'ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN FIFTEEN SIXTEEN SEVENTEEN ' +
  'EIGHTEEN NINETEEN'
).split(' ')
const ORDINALS = (
  'ZEROTH FIRST SECOND THIRD FOURTH FIFTH SIXTH SEVENTH EIGHTH NINTH TENTH ELEVENTH TWELFTH THIRTEENTH FOURTEENTH ' +
  'FIFTEENTH SIXTEENTH SEVENTEENTH EIGHTEENTH NINETEENTH'
).split(' ')
const TENS = 'TWENTY THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY'.split(' ')

/** How an ordinal ends in digits; French ones are read in Canada only. */
const ENDINGS: Readonly<Record<Country, RegExp>> = {
  US: /^(\d+)(?:ST|ND|RD|TH)$/,
  CA: /^(\d+)(?:ST|ND|RD|TH|E|EME|IEME|ER|RE|ERE)$/
}

/** The digits of a number from ONE to NINETEEN; undefined for any other word. */
export function cardinalNumber(word: string): string | undefined {
  const number = CARDINALS.indexOf(word)
  return number > 0 ? String(number) : undefined
}

/** The digits of an ordinal, `5` of `5TH` or `FIFTH`. */
export function ordinalNumber(word: string, country: Country): string | undefined {
  const number = ORDINALS.indexOf(word)
  const ten = TENS.indexOf(word.replace(/IETH$/, 'Y'))
  if (number > 0) return String(number)
  if (ten >= 0 && word.endsWith('TH')) return String(10 * (ten + 2))
  return ENDINGS[country].exec(word)?.[1]
}

/** Whether a word is a fraction below one, `1/2`; `11/2` is one and a half or a slip, and no part of a house number. */
export function isFraction(word: string): boolean {
  const [, above = '', below = ''] = /^(\d{1,2})\/(\d{1,2})$/.exec(word) ?? []
  return Number(above) > 0 && Number(above) < Number(below)
}

/** The words with one word for each ordinal of two: `TWENTY FIRST` is `21ST`. */
export function joinOrdinals(words: readonly string[]): readonly string[] {
  const [first, second, ...others] = words
  if (first === undefined) return []
  const [ten, one] = [TENS.indexOf(first), ORDINALS.indexOf(second ?? '')]
  if (ten >= 0 && one > 0 && one < 10) return [withEnding(10 * (ten + 2) + one), ...joinOrdinals(others)]
  return [first, ...joinOrdinals(words.slice(1))]
}

/** An ordinal in words as digits with their ending, `5TH` of `FIFTH`; any other word as it is. */
export function withDigits(word: string): string {
  const number = /\d/.test(word) ? undefined : ordinalNumber(word, 'US')
  return number === undefined ? word : withEnding(Number(number))
}

function withEnding(number: number): string {
  const last = number > 10 && number < 20 ? 0 : number % 10
  return `${number}${['TH', 'ST', 'ND', 'RD'][last] ?? 'TH'}`
}
