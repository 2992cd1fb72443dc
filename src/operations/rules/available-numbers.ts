import type { Database } from '../../../db/database.js'
import type { E164Range } from '../../../db/number-ranges.js'
import { EXCHANGE_DIGITS } from '../../numbering/e164.js'

/** How many numbers that begin with `prefix` (3 to 10 national digits) are available. */
export function countAvailable({ exchangeCounts, numbers }: Database, prefix: string): number {
  return prefix.length > EXCHANGE_DIGITS
    ? numbers.countAvailable(rangeOf(prefix))
    : exchangeCounts.countAvailable(prefix)
}

/**
 * The available numbers that begin with `prefix`, ascending: at most `limit`, after `skip` of them. The exchanges before the page are
 * counted, not read.
 */
export function listAvailable(
  { exchangeCounts, numbers }: Database,
  prefix: string,
  skip: number,
  limit: number
): string[] {
  const range = rangeOf(prefix)
  if (skip === 0 || prefix.length > EXCHANGE_DIGITS) return numbers.listAvailable(range, limit, skip)
  const position = exchangeCounts.findAvailable(prefix, skip)
  if (position === undefined) return []
  return numbers.listAvailable({ ...range, from: `+1${position.exchange}` }, limit, skip - position.before)
}

/** The E.164 numbers that begin with a national prefix. */
export function rangeOf(prefix: string): E164Range {
  return { from: `+1${prefix}`, to: `+1${prefix}:` }
}
