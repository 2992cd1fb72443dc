import fc from 'fast-check'
import t from 'tap'
import { builtInFixtures } from '../../src/state/fixtures.js'
import { freeRanges, numbersOf, type TakenNumbers } from '../../src/inventory/free-numbers.js'
import type { NumberRange } from '../../src/numbering/number-range.js'

const inventory = builtInFixtures().inventory()

/** The stocked exchanges of a prefix. */
function blocksOf(prefix: string): { block: string; from: number; to: number }[] {
  const { npa, exchanges } = inventory.exchangesWithPrefix(prefix)
  return Array.from(exchanges, ({ nxx, from, to }) => ({ block: npa + nxx, from, to }))
}

/** The free numbers in the simplest way that there is. */
function naively(prefix: string, skip: number, limit: number, taken: ReadonlySet<string>): string[] {
  const all = blocksOf(prefix).flatMap(({ block, from, to }) =>
    Array.from({ length: to - from }, (_, i) => block + String(from + i).padStart(4, '0'))
  )
  return all.filter((national) => !taken.has(national)).slice(skip, skip + limit)
}

/** The counts and lists that a store would have of the taken numbers. */
function takenIn(taken: ReadonlySet<string>): TakenNumbers {
  const byExchange: Record<string, number> = {}
  for (const national of taken) {
    const exchange = national.slice(0, 6)
    byExchange[exchange] = (byExchange[exchange] ?? 0) + 1
  }
  return { byExchange, list: (exchange) => [...taken].filter((national) => national.startsWith(exchange)).sort() }
}

const PREFIXES = ['41523', '415233', '4152338', '41523383', '415233839', '4152338397', '415555', '41555501', '41555']

/** Whole hundreds and exchanges, and single numbers, those at the borders most of all. */
const takenParts = fc.oneof(
  fc.tuple(fc.constantFrom('415233', '415230', '415239', '415555', '415550'), fc.nat(99)).map(([block, hundred]) => {
    const eight = block + String(hundred).padStart(2, '0')
    return Array.from({ length: 100 }, (_, i) => eight + String(i).padStart(2, '0'))
  }),
  fc
    .constantFrom('415232', '415555')
    .map((block) => Array.from({ length: 10_000 }, (_, i) => block + String(i).padStart(4, '0'))),
  fc
    .tuple(
      fc.constantFrom('415233', '415230', '415239', '415555'),
      fc.oneof(fc.constantFrom(0, 1, 99, 100, 101, 199, 200, 8397, 8399, 8400, 9899, 9900, 9999), fc.nat(9999))
    )
    .map(([block, line]) => [block + String(line).padStart(4, '0')])
)

const windows = fc.oneof(fc.constantFrom(0, 1, 99, 100, 101, 9_999, 10_000, 10_001, 99_999, 100_000), fc.nat(100_500))

t.test('Free numbers are all numbers but those taken, wherever a page begins', async () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PREFIXES),
      windows,
      fc.oneof(fc.constantFrom(0, 1, 2, 100, 500), fc.nat(500)),
      fc.array(takenParts, { maxLength: 12 }),
      (prefix, skip, limit, parts) => {
        const taken = new Set(parts.flat())
        const runs = freeRanges(inventory.exchangesWithPrefix(prefix), skip, limit, takenIn(taken))
        const expected = naively(prefix, skip, limit, taken)
        return numbersOf(runs).join() === expected.join() && areApart(runs)
      }
    ),
    { numRuns: 60 }
  )
})

/** Whether no run could be joined with the next. */
function areApart(runs: readonly NumberRange[]): boolean {
  return runs.every(({ last }, i) => runs[i + 1]?.first !== String(Number(last) + 1))
}

t.test('A far page reads counts and no numbers', async (t) => {
  const asked: string[] = []
  const taken = new Set(['4153330000', '4153339950', '4153340000'])
  const { byExchange, list } = takenIn(taken)
  const watched: TakenNumbers = { byExchange, list: (exchange) => (asked.push(exchange), list(exchange)) }
  const ranges = freeRanges(inventory.exchangesWithPrefix('4153'), 329_997, 2, watched)
  t.same(numbersOf(ranges), naively('4153', 329_997, 2, taken))
  t.same(asked, ['415333', '415334'], 'the exchanges that the page begins and ends in')
})
