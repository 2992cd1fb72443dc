import type { Store } from '../../../db/database.js'
import type { Range } from '../../../db/numbers.js'
import { AREA_CODE_DIGITS, EXCHANGE_DIGITS } from '../../numbering/e164.js'

/** LIMIT takes it as no limit. */
const ALL = -1

/** So many are skipped one by one: the first count of the hundreds of an exchange reads all its numbers. */
const FEW = 100

/** How many numbers that begin with `prefix` (3 to 10 national digits) are in the pool. */
export function countAvailable({ exchangeCounts, numbers }: Store, prefix: string): number {
  if (prefix.length > EXCHANGE_DIGITS) return numbers.inPool(rangeOf(prefix), ALL, 0).length
  const { pooled: counts, allPooled } = exchangeCounts.exchangesOf(areaCodeOf(prefix))
  if (allPooled === 0 || prefix.length === AREA_CODE_DIGITS) return allPooled
  const { first, last } = exchangesOf(prefix)
  return counts.subarray(first, last + 1).reduce((sum, count) => sum + count, 0)
}

/** They themselves, ascending: at most `limit`, after `skip` of them. What lies before a page is counted, not read. */
export function listAvailable(store: Store, prefix: string, skip: number, limit: number): string[] {
  if (prefix.length > EXCHANGE_DIGITS) return store.numbers.inPool(rangeOf(prefix), limit, skip)
  const { pooled: counts, allPooled } = store.exchangeCounts.exchangesOf(areaCodeOf(prefix))
  if (allPooled === 0) return []
  const { first, last } = exchangesOf(prefix)
  let left = skip
  for (const [i, count] of counts.subarray(first, last + 1).entries()) {
    if (count > left) return fromExchange(store, prefix, first + i, left, limit)
    left -= count
  }
  return []
}

/** A page that begins in an exchange, after `skip` of its pooled numbers; it may end in a later one. */
function fromExchange(
  { exchangeCounts, numbers }: Store,
  prefix: string,
  exchange: number,
  skip: number,
  limit: number
) {
  const block = areaCodeOf(prefix) + String(exchange).padStart(3, '0')
  if (skip < FEW) return numbers.inPool({ ...rangeOf(prefix), from: `+1${block}` }, limit, skip)
  let hundred = 0
  let left = skip
  for (const [i, count] of exchangeCounts.hundredsOf(block).pooled.entries()) {
    hundred = i
    if (count > left) break
    left -= count
  }
  const from = `+1${block}${String(hundred).padStart(2, '0')}`
  return numbers.inPool({ ...rangeOf(prefix), from }, limit, left)
}

/** The exchanges that hold numbers with the prefix, by their digits as numbers. */
function exchangesOf(prefix: string): { first: number; last: number } {
  const digits = prefix.slice(AREA_CODE_DIGITS)
  return { first: Number(digits.padEnd(3, '0')), last: Number(digits.padEnd(3, '9')) }
}

function areaCodeOf(prefix: string): string {
  return prefix.slice(0, AREA_CODE_DIGITS)
}

/** The E.164 numbers that begin with a national prefix. */
export function rangeOf(prefix: string): Range {
  return { from: `+1${prefix}`, to: `+1${prefix}:` }
}
