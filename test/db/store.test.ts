import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { DatabaseError } from '../../db/connection.js'
import { openDatabase } from '../../db/database.js'
import type { ListedRow } from '../../db/numbers.js'
import { dialectOf } from '../../src/dialect.js'
import { readFilters } from '../../src/numbering/list-filters.js'
import type { FoundNumber } from '../../src/numbering/number-schema.js'
import { STATES } from '../../src/numbering/number-state.js'
import { type PhoneNumber } from '../../src/numbering/phone-number.js'
import { viewRules } from '../../src/numbering/views.js'
import { countAvailable, listAvailable } from '../../src/operations/rules/available-numbers.js'
import { A, LATER, number, prefix, national, ALL, database, B, EMPTY } from './store-under-test.js'

const written = (numbers: Iterable<{ e164: string }>) => Array.from(numbers, ({ e164 }) => e164)
const listed = (rows: readonly ListedRow[]) => rows.map(([e164]) => e164)
const shown = (found: readonly FoundNumber[]) => found.map(({ number }) => number)

const RULES = viewRules(dialectOf('oneuc'), false)

t.test('a number comes back as it was saved', async (t) => {
  const { numbers } = database(t)
  const full: PhoneNumber = {
    e164: '+14152338397',
    state: 'reserved',
    owner: A,
    carrier: 'local',
    document: { my_own_field: {}, list: [1, 'ü', null], nested: { deep: { deeper: '' } } },
    features: ['e911', 'local'],
    usedBy: 'callflow',
    history: [A, B],
    createdAt: 0,
    modifiedAt: LATER,
    pending: { e911: { due: LATER + 5 }, aging: {} }
  }
  numbers.save(full, undefined)
  t.same(numbers.find(full.e164), full)
  t.equal(numbers.find('+14152338398'), undefined)
  const changed = { ...full, owner: null, usedBy: null, pending: {}, features: [], history: [], document: {} }
  numbers.save(changed, full)
  t.same(numbers.find(full.e164), changed)
  t.same([...numbers.all()], [changed])
  numbers.delete(changed)
  t.equal(numbers.find(full.e164), undefined)
  t.same([...numbers.all()], [])
})

t.test('the store tells which numbers changed their state', async (t) => {
  const changes: unknown[] = []
  const opened = openDatabase(undefined, EMPTY, (...change) => changes.push(change))
  t.teardown(() => {
    opened.close()
  })
  const one = number('+14155550100')
  opened.numbers.save(one, undefined)
  opened.numbers.save({ ...one, usedBy: 'callflow' }, one)
  opened.numbers.save({ ...one, state: 'available' }, one)
  opened.numbers.delete({ ...one, state: 'available' })
  t.same(changes, [
    [one.e164, null, 'in_service'],
    [one.e164, 'in_service', 'available'],
    [one.e164, 'available', null]
  ])
})

t.test('a list has the numbers of one owner in their order, within a range', async (t) => {
  const all = ['+14155550100', '+14155550101', '+14155550102', '+14155550103', '+14155550106', '+442079460000']
  const { numbers } = database(t, [...all.map((e164) => number(e164)), number('+14155550104', { owner: B })].reverse())
  const cases: [says: string, range: { from: string; to?: string }, limit: number, offset: number, found: string[]][] =
    [
      ['everything', ALL, -1, 0, all],
      ['a limit', ALL, 2, 0, all.slice(0, 2)],
      ['a limit and an offset', ALL, 2, 3, all.slice(3, 5)],
      ['an offset behind the end', ALL, 2, 6, []],
      ['no more than none', ALL, 0, 0, []],
      ['from a number on', { from: '+14155550102' }, -1, 0, all.slice(2)],
      ['from a number that is not there', { from: '+14155550105' }, -1, 0, all.slice(4)],
      ['up to a number', { from: '', to: '+14155550103' }, -1, 0, all.slice(0, 3)],
      ['between two', { from: '+14155550101', to: '+14155550104' }, 1, 1, all.slice(2, 3)],
      ['from behind the last', { from: '+5' }, -1, 0, []]
    ]
  for (const [says, range, limit, offset, found] of cases) {
    t.same(shown(numbers.search(A, range, [], limit, offset)), found, says)
    if (offset === 0) t.same(listed(numbers.list(A, range, [], RULES, limit)), found, `${says}, listed`)
    if (limit < 0) t.equal(numbers.count(A, range), found.length, `${says}, counted`)
  }
  t.same(listed(numbers.list(A, ALL, [], RULES)), all, 'a list is whole unless it is limited')
  t.same(shown(numbers.search(A, ALL, [])), all, 'and so is a search')
  t.same(written(numbers.all()), [...all, '+14155550104'].sort())
  t.equal(numbers.countAll(), 7)
})

t.test('numbers that something happens to come when it is time, the earliest first', async (t) => {
  const { numbers } = database(t)
  const aging = (e164: string, due: number) =>
    number(e164, { state: 'aging', owner: null, pending: { aging: { due } } })
  numbers.save(aging('+14155550101', 20), undefined)
  numbers.save(aging('+14155550102', 10), undefined)
  numbers.save(aging('+14155550103', 10), undefined)
  numbers.save(number('+14155550104'), undefined)
  t.same(numbers.listDue(9), [])
  t.same(written(numbers.listDue(10)), ['+14155550102', '+14155550103'])
  t.same(written(numbers.listDue(20)), ['+14155550102', '+14155550103', '+14155550101'])
  numbers.save({ ...aging('+14155550102', 10), pending: {} }, aging('+14155550102', 10))
  numbers.delete(aging('+14155550103', 10))
  t.same(written(numbers.listDue(20)), ['+14155550101'])
})

t.test('numbers that wait for something are found among all', async (t) => {
  const { numbers } = database(t, [
    number('+14155550100', { state: 'aging', owner: null }),
    number('+14155550101', { state: 'port_in' }),
    number('+14155550102', { pending: { e911: {} } }),
    number('+14155550103')
  ])
  t.same(written(numbers.listPending()), ['+14155550100', '+14155550101', '+14155550102'])
})

t.test('filters choose among the numbers of an account', async (t) => {
  const { numbers } = database(t, [
    number('+14155550100', {
      document: { cnam: { display_name: 'me', inbound_lookup: true }, tags: ['a'], zip: 94105, empty: '' },
      features: ['inbound_cnam', 'outbound_cnam'],
      usedBy: 'callflow',
      createdAt: 10,
      modifiedAt: 20
    })
  ])
  numbers.save(
    number('+14155550101', { carrier: 'local', features: ['local'], createdAt: 20, modifiedAt: 20 }),
    undefined
  )
  numbers.save(
    number('+14155550102', { state: 'reserved', document: { none: {}, zip: '94105' }, createdAt: 30 }),
    undefined
  )
  const both = { '+14155550100': 0, '+14155550101': 1, '+14155550102': 2 }
  const cases: [query: Record<string, string | string[]>, found: number[]][] = [
    [{}, [0, 1, 2]],
    [{ filter_state: 'in_service' }, [0, 1]],
    [{ filter_state: '["reserved","port_in"]' }, [2]],
    [{ filter_not_state: 'in_service' }, [2]],
    [{ filter_not_state: '["in_service","reserved"]' }, []],
    [{ filter_assigned_to: A }, [0, 1, 2]],
    [{ filter_assigned_to: B }, []],
    [{ filter_used_by: 'callflow' }, [0]],
    [{ filter_used_by: '' }, [1, 2]],
    [{ filter_pvt_module_name: 'knm_local' }, [1]],
    [{ filter_pvt_module_name: 'knm_other' }, [0, 2]],
    [{ filter_pvt_created: '10' }, [0]],
    [{ filter_pvt_features: 'local' }, []],
    [{ filter_not_pvt_features: 'local' }, [0, 1, 2]],
    [{ 'filter_cnam.display_name': 'me' }, [0]],
    [{ 'filter_not_cnam.display_name': 'me' }, [1, 2]],
    [{ 'filter_cnam.inbound_lookup': 'true' }, [0]],
    [{ filter_zip: '94105' }, [0, 2]],
    [{ filter_zip: '"94105"' }, [0, 2]],
    [{ filter_zip: '[94105]' }, [0, 2]],
    [{ filter_zip: '' }, [1]],
    [{ filter_cnam: '' }, [1, 2]],
    [{ filter_tags: 'a' }, []],
    [{ filter_not_tags: 'a' }, [0, 1, 2]],
    [{ has_key: 'empty' }, [0]],
    [{ key_missing: 'empty' }, [1, 2]],
    [{ has_value: 'empty' }, []],
    [{ value_missing: 'empty' }, [0, 1, 2]],
    [{ has_key: 'none' }, [2]],
    [{ has_value: 'none' }, []],
    [{ has_value: 'tags' }, [0]],
    [{ has_value: 'cnam.display_name' }, [0]],
    [{ has_key: 'pvt_used_by' }, [0]],
    [{ key_missing: 'pvt_used_by' }, [1, 2]],
    [{ has_key: 'pvt_features' }, [0, 1, 2]],
    [{ has_value: 'pvt_features' }, [0, 1]],
    [{ value_missing: 'pvt_features' }, [2]],
    [{ has_key: 'toString' }, []],
    [{ has_key: '__proto__' }, []],
    [{ created_from: '20' }, [1, 2]],
    [{ created_to: '20' }, [0, 1]],
    [{ created_from: '11', created_to: '29' }, [1]],
    [{ modified_from: '21' }, [2]],
    [{ modified_to: '20' }, [0, 1]],
    [{ created_from: 'yesterday' }, []],
    [{ modified_to: '' }, []],
    [{ filter_state: ['in_service', 'reserved'] }, []],
    [{ filter_state: 'in_service', has_key: 'zip' }, [0]],
    [{ filter_state: "x' OR '1'='1" }, []],
    [{ [`filter_zip') OR 1=1 --`]: '' }, [0, 1, 2]]
  ]
  for (const [query, found] of cases) {
    const filters = readFilters(query, dialectOf('oneuc'))
    const places = (some: readonly string[]) => some.map((e164) => both[e164 as keyof typeof both])
    t.same(places(listed(numbers.list(A, ALL, filters, RULES))), found, JSON.stringify(query))
    t.same(places(shown(numbers.search(A, ALL, filters))), found, `${JSON.stringify(query)}, searched`)
    t.equal(numbers.count(A, ALL, filters), found.length, `${JSON.stringify(query)}, counted`)
    t.same(numbers.search(A, ALL, filters, 1, 1), numbers.search(A, ALL, filters).slice(1, 2))
  }
})

t.test('a client may send as many filters as a request holds', async (t) => {
  const { numbers } = database(t, [number('+14155550100', { document: { a: 1 } })])
  const filters = readFilters({ has_key: Array.from({ length: 2_000 }, () => 'a') }, dialectOf('oneuc'))
  t.equal(numbers.count(A, ALL, filters), 1)
  t.equal(numbers.list(A, ALL, filters, RULES).length, 1)
})

/** Numbers that properties draw from: three exchanges of two area codes, and one of another plan. */
const POOL = [
  ...Array.from({ length: 4 }, (_, i) => `+1415233009${6 + i}`),
  ...Array.from({ length: 4 }, (_, i) => `+1415234000${i}`),
  ...Array.from({ length: 4 }, (_, i) => `+1416234000${i}`),
  '+442079460000'
]

const step = fc.record({
  e164: fc.constantFrom(...POOL),
  state: fc.option(fc.constantFrom(...STATES), { freq: 3 }),
  owner: fc.constantFrom(A, B, null),
  isUndone: fc.boolean()
})

t.test('whatever is saved, deleted and rolled back, the counts are those of the rows', async () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const store = openDatabase(undefined, EMPTY)
      const { numbers, exchangeCounts } = store
      const model = new Map<string, PhoneNumber>()
      for (const { e164, state, owner, isUndone } of steps) {
        try {
          store.transaction(() => {
            const before = numbers.find(e164)
            if (state !== null) numbers.save(number(e164, { state, owner }), before)
            else if (before !== undefined) numbers.delete(before)
            if (isUndone) throw new DatabaseError('file', 'undone')
          })
          if (state === null) model.delete(e164)
          else model.set(e164, number(e164, { state, owner }))
        } catch (error) {
          if (!(error instanceof DatabaseError)) throw error
        }
      }
      const all = [...model.values()].sort((one, other) => (one.e164 < other.e164 ? -1 : 1))
      const free = written(all.filter(({ state }) => state === 'available'))
      const pairs: [found: unknown, expected: unknown][] = [
        [[...numbers.all()], all],
        [[A, B].map((owner) => numbers.countOwned(owner)), [A, B].map((owner) => numbers.count(owner, ALL))],
        [numbers.listAvailable(ALL, -1, 0), free],
        [numbers.listRecorded(ALL), written(all)],
        [[...numbers.findStates(POOL)].sort(), all.map(({ e164, state }) => [e164, state]).sort()],
        [
          Object.entries(exchangeCounts.recorded('')),
          ['415233', '415234', '416234'].flatMap((exchange) => {
            const count = all.filter(({ e164 }) => e164.startsWith(`+1${exchange}`)).length
            return count === 0 ? [] : [[exchange, count]]
          })
        ],
        ...['4', '415', '4152', '415233', '416', '999'].map((prefix): [unknown, unknown] => [
          exchangeCounts.countAvailable(prefix),
          free.filter((e164) => e164.startsWith(`+1${prefix}`)).length
        ])
      ]
      store.close()
      return pairs.every(([found, expected]) => isDeepStrictEqual(found, expected))
    }),
    { numRuns: 200 }
  )
})

t.test('a page of the available numbers is what a plain list has there, wherever it begins', async (t) => {
  const page = fc.record({
    free: fc.uniqueArray(national, { maxLength: 250, size: 'max' }),
    taken: fc.uniqueArray(national, { maxLength: 10 }),
    prefix,
    skip: fc.nat(220),
    limit: fc.nat(10)
  })
  fc.assert(
    fc.property(page, ({ free, taken, prefix: begins, skip, limit }) => {
      const rows = free.map((one) => number(`+1${one}`, taken.includes(one) ? {} : { state: 'available', owner: null }))
      const store = openDatabase(undefined, { ...EMPTY, numbers: rows })
      const all = written(
        rows.filter(({ e164, state }) => state === 'available' && e164.startsWith(`+1${begins}`))
      ).sort()
      const found = listAvailable(store, begins, skip, limit)
      const count = countAvailable(store, begins)
      store.close()
      return count === all.length && found.join() === all.slice(skip, skip + limit).join()
    }),
    // A smaller case is not looked for longer than that.
    { numRuns: 100, interruptAfterTimeLimit: 10_000 }
  )
  t.pass('in every case')
})
