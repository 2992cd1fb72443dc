import type { Area, Exchange } from './inventory.js'

/** Which numbers are not on offer, asked from coarse to fine. */
export interface Taken {
  /** How many of each exchange of an area code are taken, by the digits of the exchange as a number; 0 where absent. */
  exchanges(npa: string): ArrayLike<number>
  /** How many of each hundred of an exchange (NPA-NXX) are taken, by the digits of the hundred as a number; 0 where absent. */
  hundreds(exchange: string): ArrayLike<number>
  /** The taken ten-digit numbers that begin with these eight digits. */
  numbers(hundred: string): ReadonlySet<string>
}

/** Consecutive ten-digit numbers, both ends included. */
export interface Run {
  first: string
  last: string
}

const LINES = 10_000
const HUNDRED = 100

/**
 * The free numbers of `area` in their order, without the first `skip` of them and at most `limit`, as runs. Reads only the
 * counts that it needs to skip, and the numbers of the hundreds that it stops in.
 */
export function freeRuns({ npa, exchanges }: Area, skip: number, limit: number, taken: Taken): Run[] {
  const counts = taken.exchanges(npa)
  const page = new Page(skip, limit)
  for (const exchange of exchanges) {
    const used = counts[exchange.index] ?? 0
    // The counts are of whole exchanges: they say nothing of a part.
    if (exchange.to - exchange.from === LINES && page.skips(LINES - used)) continue
    if (used === 0) page.take(npa + exchange.nxx, exchange.from, exchange.to)
    else takeHundreds(page, npa + exchange.nxx, exchange, taken)
    if (page.isFull) break
  }
  return page.runs
}

function takeHundreds(page: Page, block: string, { from, to }: Exchange, taken: Taken): void {
  const counts = taken.hundreds(block)
  for (let start = from; start < to && !page.isFull; start = nextHundred(start)) {
    const end = Math.min(to, nextHundred(start))
    const hundred = block + pad(start).slice(0, 2)
    const used = counts[Math.floor(start / HUNDRED)] ?? 0
    if (end - start === HUNDRED && page.skips(HUNDRED - used)) continue
    if (used === 0) page.take(block, start, end)
    else takeSingly(page, block, start, end, taken.numbers(hundred))
  }
}

function takeSingly(page: Page, block: string, from: number, to: number, taken: ReadonlySet<string>): void {
  for (let line = from; line < to && !page.isFull; line++) {
    if (!taken.has(block + pad(line))) page.take(block, line, line + 1)
  }
}

function nextHundred(line: number): number {
  return line - (line % HUNDRED) + HUNDRED
}

function pad(line: number): string {
  return String(line).padStart(4, '0')
}

/** A window over the free numbers as they come by. */
class Page {
  readonly runs: Run[] = []
  #skip: number
  #left: number

  constructor(skip: number, limit: number) {
    this.#skip = skip
    this.#left = limit
  }

  get isFull(): boolean {
    return this.#left === 0
  }

  /** Skips `free` numbers, if all of them lie before the window. */
  skips(free: number): boolean {
    if (free > this.#skip) return false
    this.#skip -= free
    return true
  }

  /** Takes what the window wants of the lines `from` up to `to`, all of them free. */
  take(block: string, from: number, to: number): void {
    if (this.skips(to - from)) return
    const first = from + this.#skip
    const count = Math.min(to - first, this.#left)
    this.#skip = 0
    if (count === 0) return
    this.#left -= count
    const run = { first: block + pad(first), last: block + pad(first + count - 1) }
    const previous = this.runs.at(-1)
    if (previous !== undefined && Number(previous.last) + 1 === Number(run.first)) previous.last = run.last
    else this.runs.push(run)
  }
}

/** The ten-digit numbers of runs, one by one. */
export function numbersOf(runs: readonly Run[]): string[] {
  const numbers: string[] = []
  for (const { first, last } of runs) {
    for (let number = Number(first); number <= Number(last); number++) numbers.push(String(number))
  }
  return numbers
}
