import type { Dialect } from '../../dialect.js'
import { nationalPrefix, PREFIX_LENGTHS } from '../../numbering/prefix.js'
import { first, type Query } from '../../text/url.js'
import { readWholeNumber } from '../../text/whole-number.js'
import { noMatch, required, tooLong, tooShort, violated, type Violation } from '../../violations.js'

/** What a search asks for. */
export interface Search {
  /** 3 to 10 digits of the national number. */
  prefix: string
  /** The prefix as it was sent, without white space. */
  sent: string
  quantity: number
  offset: number
  /** Dial code 1; other countries have no numbers here. */
  isNorthAmerican: boolean
}

const MAX_RESULTS = 500

/** Beyond the last number of any area code; what counts further is not worth counting. */
const MAX_OFFSET = 100_000_000

const DIGITS_PATTERN = '^[0-9]+$'
const ONLY_DIGITS = new RegExp(DIGITS_PATTERN)

const COUNTRY_LENGTH = 2
const NORTH_AMERICA: ReadonlySet<string> = new Set(['US', 'CA'])

/** Reads a search (document: Search For Available Numbers). Throws `validation_error` with every violation. */
export function readSearch(query: Query, dialect: Dialect): Search {
  const given = first(query, 'prefix')
  const sent = (given ?? '').replaceAll(/\s/g, '')
  const country = first(query, 'country') ?? 'US'
  const prefix = dialect.prefix === 'spellings' ? nationalPrefix(sent) : sent
  const prefixes = given === undefined ? [required('prefix', 'prefix')] : prefixFaults(sent, prefix, dialect)
  const violations = prefixes.concat(countryFaults(country))
  if (violations.length > 0) throw violated(violations)
  return {
    prefix,
    sent,
    quantity: clamp(first(query, 'quantity'), 1, MAX_RESULTS, 1),
    offset: clamp(first(query, 'offset'), 0, MAX_OFFSET, 0),
    isNorthAmerican: NORTH_AMERICA.has(country.toUpperCase())
  }
}

function prefixFaults(sent: string, prefix: string, dialect: Dialect): Violation[] {
  const { least, most } = PREFIX_LENGTHS
  if (sent.length < least || prefix.length < least) return [tooShort('prefix', sent, least)]
  if (prefix.length > most) return [tooLong('prefix', sent, most)]
  // The reference implementation looks for every text, and finds nothing.
  if (dialect.prefix === 'spellings' && !ONLY_DIGITS.test(prefix)) return [noMatch('prefix', sent, DIGITS_PATTERN)]
  return []
}

function countryFaults(country: string): Violation[] {
  if (country.length < COUNTRY_LENGTH) return [tooShort('country', country, COUNTRY_LENGTH)]
  if (country.length > COUNTRY_LENGTH) return [tooLong('country', country, COUNTRY_LENGTH)]
  return []
}

/** A whole number within bounds; anything else is `otherwise` (reference implementation: never an error). */
export function clamp(text: string | undefined, least: number, most: number, otherwise: number): number {
  const number = text === undefined ? undefined : readWholeNumber(text)
  return number === undefined ? otherwise : Math.min(Math.max(number, least), most)
}
