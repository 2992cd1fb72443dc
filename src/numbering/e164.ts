/**
 * How a phone number in a path, a key or a body is read that has no plus (document: "Per-number CRUD operations"). Nothing is
 * stripped: a number with spaces or dashes stays as it is and is then refused as not reconcilable. The exchange may be any,
 * because the document's own samples use ones that no plan knows.
 */
const NORMALISATIONS: readonly [pattern: RegExp, replacement: string][] = [
  [/^1?([2-9]\d{2}[2-9]\d{6})$/, '+1$1'],
  [/^(?:011|00)(\d{5,})$/, '+$1'],
  [/^[2-9]\d{7,}$/, '+$&']
]

/** A number of another plan than the North American one. */
const FOREIGN = /^\+[2-9]\d{7,}$/

/** Longer than any number of any plan, so that no pattern ever meets a megabyte. */
const MAX_DIGITS = 64

/** The E.164 form (`+14123456789`) of what a client wrote, or what it wrote where no rule applies. */
export function toE164(input: string): string {
  if (input.startsWith('+') || input.length > MAX_DIGITS) return input
  const normalisation = NORMALISATIONS.find(([pattern]) => pattern.test(input))
  return normalisation === undefined ? input : input.replace(...normalisation)
}

/** Whether an E.164 string can name a number at all. A string without a leading plus has passed none of the readings. */
export function isPhoneNumber(e164: string): boolean {
  return isNorthAmerican(e164) || (e164.length <= MAX_DIGITS && FOREIGN.test(e164))
}

/** Says what is wrong with a number in any spelling; undefined where nothing is, or where there is no number. */
export function numberProblem(number: string | undefined): string | undefined {
  return number === undefined || isPhoneNumber(toE164(number)) ? undefined : 'is no number of any plan'
}

/** How many of the ten digits are the area code (NPA), and how many the exchange with it (NPA-NXX). */
const AREA_CODE_DIGITS = 3
export const EXCHANGE_DIGITS = 6

/** The area code (NPA), exchange (NXX) and line of ten digits, or of the beginning of them. */
export interface NationalParts {
  npa: string
  nxx: string
  line: string
}

/** Splits ten digits, or the beginning of them. */
export function splitNational(digits: string): NationalParts {
  return {
    npa: digits.slice(0, AREA_CODE_DIGITS),
    nxx: digits.slice(AREA_CODE_DIGITS, EXCHANGE_DIGITS),
    line: digits.slice(EXCHANGE_DIGITS)
  }
}

/** The ten digits of a number of the North American plan, or undefined for any other. */
export function nationalNumber(e164: string): string | undefined {
  return isNorthAmerican(e164) ? e164.slice('+1'.length) : undefined
}

/** Asked several times for each request, and in this form a fraction of what a pattern costs. */
function isNorthAmerican(e164: string): boolean {
  if (e164.length !== '+1NPANXXXXXX'.length || !e164.startsWith('+1')) return false
  for (let i = '+1'.length; i < e164.length; i++) if (!isDigit(e164.charCodeAt(i))) return false
  return true
}

const DIGIT_CODES = { first: '0'.charCodeAt(0), last: '9'.charCodeAt(0) } as const

function isDigit(code: number): boolean {
  return code >= DIGIT_CODES.first && code <= DIGIT_CODES.last
}
