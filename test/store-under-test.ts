import type { Test } from 'tap'
import type { BlockCounts } from '../db/exchange-counts.js'
import { openDatabase, type Database, type Store } from '../db/database.js'
import { EMPTY_WORLD, FIXTURE_WORLD } from '../db/world.js'
import { newNumber, type ListedNumber, type PhoneNumber } from '../src/numbering/phone-number.js'

export const A = 'a'.repeat(32)
export const B = 'b'.repeat(32)
export const LATER = 63_900_000_000
export const ALL = { from: '' }

/** A database in memory, or in a file, closed with the test. */
export function database(t: Test, file?: string): Database {
  const opened = openDatabase(file)
  t.teardown(() => {
    opened.close()
  })
  return opened
}

/** A world over the fixtures' one, which holds `base`. */
export function worldOver(opened: Database, base: readonly PhoneNumber[] = []): Store {
  const fixtures = opened.storeOf({ id: FIXTURE_WORLD, base: EMPTY_WORLD })
  for (const one of base) fixtures.numbers.save(one, undefined)
  return opened.storeOf({ id: opened.worlds.create(), base: FIXTURE_WORLD })
}

export function number(e164: string, change: Partial<PhoneNumber> = {}): PhoneNumber {
  return { ...newNumber(e164, 'in_service', 'external', LATER), owner: A, ...change }
}

export const written = (numbers: Iterable<ListedNumber>) => Array.from(numbers, ({ e164 }) => e164)

/** Numbers that properties draw from: two exchanges, on both sides of their borders. */
export const POOL = [
  ...Array.from({ length: 4 }, (_, i) => `+1415233009${6 + i}`),
  ...Array.from({ length: 4 }, (_, i) => `+1415233010${i}`),
  ...Array.from({ length: 4 }, (_, i) => `+1415234000${i}`),
  '+442079460000'
]

interface Block {
  block: string
  recorded: number
  pooled: number
}

/** The exchangeCounts of which anything is recorded. */
function countedIn({ recorded, pooled }: Readonly<BlockCounts>, prefix: string): Block[] {
  const digits = String(recorded.length - 1).length
  return [...recorded].flatMap((count, index) =>
    count === 0
      ? []
      : [{ block: prefix + String(index).padStart(digits, '0'), recorded: count, pooled: pooled[index] ?? 0 }]
  )
}

export function exchangesOf({ exchangeCounts }: Pick<Store, 'exchangeCounts'>, npa: string): Block[] {
  return countedIn(exchangeCounts.exchangesOf(npa), npa)
}

/** How a store and the plain map that it should be equal to differ; undefined where they do not. */
export function differenceOf(store: Store, model: ReadonlyMap<string, PhoneNumber>): string | undefined {
  const { numbers, exchangeCounts } = store
  const all = [...model.values()].sort((one, other) => (one.e164 < other.e164 ? -1 : 1))
  const free = written(all.filter(({ state }) => state === 'available'))
  const blocksOf = (digits: 6 | 8) => {
    const counted = new Map<string, [recorded: number, pooled: number]>()
    for (const { e164, state } of all.filter((one) => one.e164.startsWith('+1'))) {
      const block = e164.slice(2, 2 + digits)
      const [recorded, pooled] = counted.get(block) ?? [0, 0]
      counted.set(block, [recorded + 1, pooled + Number(state === 'available')])
    }
    return [...counted].map(([block, [recorded, pooled]]) => ({ block, recorded, pooled }))
  }
  const pairs: [says: string, found: unknown, expected: unknown][] = [
    ['everything', [...numbers.everything()], all],
    ['find', POOL.map((e164) => numbers.find(e164) ?? null), POOL.map((e164) => model.get(e164) ?? null)],
    ['list', written(numbers.list(A, ALL, [])), written(all.filter(({ owner }) => owner === A))],
    ['page', written(numbers.list(B, ALL, [], 2, 1)), written(all.filter(({ owner }) => owner === B)).slice(1, 3)],
    ['count', numbers.count(A, ALL), all.filter(({ owner }) => owner === A).length],
    ['recorded', numbers.recordedIn(ALL).sort(), written(all)],
    ['owned', [numbers.owned(A), numbers.owned(B)], [A, B].map((id) => all.filter(({ owner }) => owner === id).length)],
    ['pool', numbers.inPool(ALL, -1, 0), free],
    ['page of the pool', numbers.inPool(ALL, 2, 1), free.slice(1, 3)],
    ['exchanges', exchangesOf(store, '415'), blocksOf(6)],
    ['all pooled', exchangeCounts.exchangesOf('415').allPooled, free.filter((e164) => e164.startsWith('+1415')).length],
    ['hundreds', blocksOf(6).flatMap(({ block }) => countedIn(exchangeCounts.hundredsOf(block), block)), blocksOf(8)]
  ]
  return pairs.find(([, found, expected]) => JSON.stringify(found) !== JSON.stringify(expected))?.[0]
}
