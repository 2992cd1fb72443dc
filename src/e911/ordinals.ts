import { spellings } from './postal-text.js'

/** `FIFTH AVE` and `5TH AVE` are one street, `FIFTH FLOOR` and `5TH FLOOR` one floor. */
// prettier-ignore
const ORDINALS = spellings({
  '1ST': 'FIRST',   '2ND': 'SECOND', '3RD': 'THIRD', '4TH': 'FOURTH', '5TH': 'FIFTH',     '6TH': 'SIXTH',
  '7TH': 'SEVENTH', '8TH': 'EIGHTH', '9TH': 'NINTH', '10TH': 'TENTH', '11TH': 'ELEVENTH', '12TH': 'TWELFTH'
})

/** The word with digits where it is an ordinal written out; any other word as it is. */
export function withDigits(word: string): string {
  return ORDINALS.get(word) ?? word
}

/** The digits of an ordinal, `5` of `5TH` or `FIFTH`. */
export function ordinalNumber(word: string): string | undefined {
  return /^(\d+)(?:ST|ND|RD|TH)$/.exec(withDigits(word))?.[1]
}
