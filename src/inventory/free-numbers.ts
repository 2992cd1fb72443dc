import type { NumberRange } from '../numbering/number-range.js'
import { LINES, type Area, type Exchange } from './inventory.js'

/** The numbers that are not free: counts, so that whole exchanges can be skipped, and the numbers of one exchange. */
export interface TakenNumbers {
  /** How many numbers of each exchange (NPA-NXX) are taken; none where absent. */
  byExchange: Readonly<Record<string, number>>
  /** The taken ten-digit numbers of an exchange, ascending. */
  list: (exchange: string) => readonly string[]
}

/**
 * The free numbers of `area` in their order, without the first `skip` of them and at most `limit`, as ranges. Reads the numbers of
 * the exchanges that the page begins and ends in, and of all others only the counts.
 */
export function freeRanges(
  { npa, exchanges }: Area,
  skip: number,
  limit: number,
  { byExchange, list }: TakenNumbers
): NumberRange[] {
  const page = new PageWindow(skip, limit)
  for (const { nxx, from, to } of exchanges) {
    const exchange = npa + nxx
    const taken = byExchange[exchange] ?? 0
    // The counts are of whole exchanges: they say nothing of a part.
    if (to - from === LINES && page.skipAll(LINES - taken)) continue
    if (taken === 0) page.take(exchange, from, to)
    else takeBetween(page, { exchange, from, to }, list(exchange))
    if (page.isFull) break
  }
  return page.ranges
}

/** Takes the lines of an exchange that lie between the taken ones. */
function takeBetween(
  page: PageWindow,
  { exchange, from, to }: Pick<Exchange, 'from' | 'to'> & { exchange: string },
  taken: readonly string[]
): void {
  let free = from
  for (const number of taken) {
    const line = Number(number.slice(exchange.length))
    if (line < from) continue
    if (line >= to || page.isFull) break
    page.take(exchange, free, line)
    free = line + 1
  }
  page.take(exchange, free, to)
}

/** A window over the free numbers as they come by. */
class PageWindow {
  readonly ranges: NumberRange[] = []
  #skip: number
  #left: number

  constructor(skip: number, limit: number) {
    this.#skip = skip
    this.#left = limit
  }

  get isFull(): boolean {
    return this.#left === 0
  }

  /** Skips `free` numbers if all of them lie before the window. Returns whether they do. */
  skipAll(free: number): boolean {
    if (free > this.#skip) return false
    this.#skip -= free
    return true
  }

  /** Takes those of the lines `from` up to `to` that lie in the window; all of them are free. */
  take(exchange: string, from: number, to: number): void {
    if (this.isFull || this.skipAll(to - from)) return
    const first = from + this.#skip
    const count = Math.min(to - first, this.#left)
    this.#skip = 0
    this.#left -= count
    const range = { first: exchange + pad(first), last: exchange + pad(first + count - 1) }
    const previous = this.ranges.at(-1)
    if (previous !== undefined && Number(previous.last) + 1 === Number(range.first)) previous.last = range.last
    else this.ranges.push(range)
  }
}

function pad(line: number): string {
  return String(line).padStart(4, '0')
}

/** The ten-digit numbers of ranges, one by one. */
export function numbersOf(ranges: readonly NumberRange[]): string[] {
  const numbers: string[] = []
  for (const { first, last } of ranges) {
    for (let number = Number(first); number <= Number(last); number++) numbers.push(String(number))
  }
  return numbers
}
