import { MAGIC_CHARGE, quote } from './charges.js'
import { Problem } from '../problems.js'

/** A number that answers an activation by itself. It needs no search: each of them counts as offered from the start. */
export interface MagicNumber {
  /** The last four digits, after +1 500 555. */
  line: string
  /** The failure that it answers; absent where it is bought. */
  fails?: (e164: string, account: string) => Problem
  /** How often it fails before it is bought; always where absent. */
  times?: number
  /** Fails only while the client does not accept charges. */
  quoted?: true
  /** Milliseconds before anything happens. */
  delay?: number
  /** The purchase is carried out, and its response is lost. */
  losesResponse?: true
  /** The outcome in words. */
  description: string
}

const BLOCK = '+1500555'

// prettier-ignore
export const MAGIC_NUMBERS: readonly MagicNumber[] = [
  { line: '0200', description: 'bought, though no search has returned it' },
  { line: '0400', fails: (e164) => new Problem('number_is_porting', e164), description: '400 `number_is_porting`' },
  { line: '0402', fails: () => new Problem('accept_charges', quote(MAGIC_CHARGE)), quoted: true, description: '402 accept charges with a quote; bought once `accept_charges` is true' },
  { line: '0403', fails: () => new Problem('forbidden'), description: '403 `forbidden`' },
  { line: '0404', fails: () => new Problem('bad_identifier'), description: '404 `bad_identifier`' },
  { line: '0412', fails: (_, account) => new Problem('not_enough_credit', account, MAGIC_CHARGE.activation_charge), description: '402 `not_enough_credit`' },
  { line: '0429', fails: () => new Problem('too_many_requests'), times: 2, description: '429 `too_many_requests` with Retry-After, twice; then bought' },
  { line: '0500', fails: (e164) => new Problem('carrier_fault', e164), description: '500 `unspecified_fault` / `fault by carrier`' },
  { line: '0501', fails: () => new Problem('missing_provider_url'), description: '500 `unspecified_fault` / `missing_provider_url`, though offered' },
  { line: '0503', fails: () => new Problem('datastore_unreachable'), times: 2, description: '503 `datastore_unreachable`, twice; then bought' },
  { line: '0504', delay: 30_000, description: 'no answer for 30 s (a reset ends the wait), then bought' },
  { line: '0598', losesResponse: true, description: 'bought, and then the connection is closed without an answer: the answer is lost, the number is not' },
  { line: '0599', fails: () => new Problem('connection_closed'), description: 'the connection is closed without an answer, nothing is bought' }
]

const BY_NUMBER = new Map(MAGIC_NUMBERS.map((magic) => [BLOCK + magic.line, magic]))

/** The E.164 forms of the magic numbers, ascending. */
export const MAGIC_E164: readonly string[] = [...BY_NUMBER.keys()]

export function magicNumber(e164: string): MagicNumber | undefined {
  return BY_NUMBER.get(e164)
}
