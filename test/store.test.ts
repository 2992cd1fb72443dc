import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Connection from 'better-sqlite3'
import fc from 'fast-check'
import t from 'tap'
import { MagicAttemptStatements } from '../db/magic-attempts.js'
import { ExchangeCountStatements } from '../db/exchange-counts.js'
import { openDatabase, type Database, type Store } from '../db/database.js'
import { SearchPageStatements } from '../db/search-pages.js'
import { NumberStatements } from '../db/number-statements.js'
import { DiscoveryStatements } from '../db/discoveries.js'
import { DatabaseError, openConnection } from '../db/connection.js'
import { TokenStatements } from '../db/tokens.js'
import { EMPTY_WORLD, FIRST_WORLD, FIXTURE_WORLD } from '../db/world.js'
import { dialectOf } from '../src/dialect.js'
import { builtInFixtures } from '../src/state/fixtures.js'
import type { JsonObject } from '../src/json.js'
import { readFilters } from '../src/numbering/list-filters.js'
import { STATES } from '../src/numbering/number-state.js'
import type { PhoneNumber } from '../src/numbering/phone-number.js'
import { packageRoot } from '../src/package.js'
import { isSandboxName } from '../src/sandbox/sandboxes.js'
import { DEMO, emulatorFor, type Call, type Subject } from './emulator-under-test.js'
import {
  A,
  ALL,
  B,
  database,
  differenceOf,
  exchangesOf,
  LATER,
  number,
  POOL,
  worldOver,
  written
} from './store-under-test.js'

t.test('a number comes back as it was saved', async (t) => {
  const { numbers } = worldOver(database(t))
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
  t.same([...numbers.everything()], [changed])
})

t.test('a world shows the numbers of its base until it has its own', async (t) => {
  const opened = database(t)
  const base = number('+14155550100')
  const one = worldOver(opened, [base])
  const other = worldOver(opened)
  t.same(one.numbers.find(base.e164), base, 'the base shows through')

  const own = { ...base, owner: B }
  one.numbers.save(own, base)
  t.same(one.numbers.find(base.e164), own, 'its own lies over it')
  t.same(other.numbers.find(base.e164), base, 'and over nobody else’s')
  t.same(written(one.numbers.list(A, ALL, [])), [])
  t.same(written(one.numbers.list(B, ALL, [])), [base.e164])
  t.same(written(one.numbers.everything()), [base.e164])

  one.numbers.remove(own)
  t.equal(one.numbers.find(base.e164), undefined, 'a removed one stays away')
  t.same(one.numbers.list(A, ALL, []), [])
  t.same(one.numbers.recordedIn(ALL), [])
  t.same([...one.numbers.everything()], [])
  t.equal(one.numbers.count(A, ALL), 0)
  t.same(other.numbers.find(base.e164), base)

  one.numbers.save(own, undefined)
  t.same(one.numbers.find(base.e164), own, 'and may be added again')
  t.same(one.numbers.recordedIn(ALL), [base.e164])
  t.same(exchangesOf(one, '415'), [{ block: '415555', recorded: 1, pooled: 0 }])
})

t.test('a number that only the world has is gone when it is removed', async (t) => {
  const { numbers } = worldOver(database(t))
  const own = number('+14155550100')
  numbers.save(own, undefined)
  numbers.remove(own)
  t.equal(numbers.find(own.e164), undefined)
  t.same([...numbers.everything()], [])
})

t.test('a list merges the base and what is its own in the order of the numbers', async (t) => {
  const opened = database(t)
  const base = ['+14155550100', '+14155550103', '+14155550105', '+442079460000'].map((e164) => number(e164))
  const { numbers } = worldOver(opened, [...base, number('+14155550104', { owner: B })])
  for (const e164 of ['+14155550101', '+14155550102', '+14155550106']) numbers.save(number(e164), undefined)
  numbers.remove(number('+14155550105'))
  const all = ['+14155550100', '+14155550101', '+14155550102', '+14155550103', '+14155550106', '+442079460000']
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
    t.same(written(numbers.list(A, range, [], limit, offset)), found, says)
    if (limit < 0) t.equal(numbers.count(A, range), found.length, `${says}, counted`)
  }
  t.same(written(numbers.list(A, ALL, [])), all, 'a list is whole unless it is limited')
  t.same(written(numbers.everything()), [...all, '+14155550104'].sort())
})

t.test('the pool is searched in order, within a range', async (t) => {
  const opened = database(t)
  const free = (e164: string) => number(e164, { state: 'available', owner: null })
  const { numbers } = worldOver(opened, ['+14155550100', '+14155550102', '+14155550104'].map(free))
  numbers.save(free('+14155550101'), undefined)
  numbers.save(number('+14155550103'), undefined)
  numbers.save(number('+14155550102'), free('+14155550102'))
  const range = { from: '+1415', to: '+1415:' }
  t.same(numbers.inPool(range, 10, 0), ['+14155550100', '+14155550101', '+14155550104'])
  t.same(numbers.inPool(range, 1, 1), ['+14155550101'])
  t.same(numbers.inPool({ from: '+14155550101' }, 10, 0), ['+14155550101', '+14155550104'])
  t.same(numbers.inPool({ from: '+1416', to: '+1416:' }, 10, 0), [])
})

t.test('numbers that something happens to come when it is time, the earliest first', async (t) => {
  const { numbers } = worldOver(database(t))
  const aging = (e164: string, due: number) =>
    number(e164, { state: 'aging', owner: null, pending: { aging: { due } } })
  numbers.save(aging('+14155550101', 20), undefined)
  numbers.save(aging('+14155550102', 10), undefined)
  numbers.save(aging('+14155550103', 10), undefined)
  numbers.save(number('+14155550104'), undefined)
  t.same(numbers.due(9), [])
  t.same(written(numbers.due(10)), ['+14155550102', '+14155550103'])
  t.same(written(numbers.due(20)), ['+14155550102', '+14155550103', '+14155550101'])
  numbers.save({ ...aging('+14155550102', 10), pending: {} }, aging('+14155550102', 10))
  numbers.remove(aging('+14155550103', 10))
  t.same(written(numbers.due(20)), ['+14155550101'])
})

t.test('filters choose among the numbers of an account', async (t) => {
  const { numbers } = worldOver(database(t), [
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
    const listed = numbers.list(A, ALL, filters).map(({ e164 }) => both[e164 as keyof typeof both])
    t.same(listed, found, JSON.stringify(query))
    t.equal(numbers.count(A, ALL, filters), found.length, `${JSON.stringify(query)}, counted`)
    t.same(written(numbers.list(A, ALL, filters, 1, 1)), written(numbers.list(A, ALL, filters)).slice(1, 2))
  }
})

t.test('a client may send as many filters as a request holds', async (t) => {
  const { numbers } = worldOver(database(t), [number('+14155550100', { document: { a: 1 } })])
  const filters = readFilters({ has_key: Array.from({ length: 2_000 }, () => 'a') }, dialectOf('oneuc'))
  t.equal(numbers.count(A, ALL, filters), 1)
  t.equal(numbers.list(A, ALL, filters).length, 1)
})

t.test('statements of filters are remembered only up to a point', async (t) => {
  const connection = openConnection()
  t.teardown(() => {
    connection.close()
  })
  const sql = new NumberStatements(connection)
  const plain = sql.list('')
  t.equal(sql.list(''), plain, 'one statement for the same filters')
  t.equal(sql.count(''), sql.count(''))
  for (let i = 0; i < 200; i++) sql.list(` AND n.created > ${i}`)
  t.not(sql.list(''), plain, 'forgotten after two hundred others')
})

type Step =
  | { verb: 'save'; world: 0 | 1; e164: string; state: PhoneNumber['state']; owner: string | null }
  | { verb: 'remove'; world: 0 | 1; e164: string }
  | { verb: 'copy'; world: 0 | 1 }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      verb: fc.constant('save' as const),
      world: fc.constantFrom(0 as const, 1 as const),
      e164: fc.constantFrom(...POOL),
      state: fc.constantFrom(...STATES),
      owner: fc.constantFrom(A, B, null)
    })
  },
  {
    weight: 3,
    arbitrary: fc.record({
      verb: fc.constant('remove' as const),
      world: fc.constantFrom(0 as const, 1 as const),
      e164: fc.constantFrom(...POOL)
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({ verb: fc.constant('copy' as const), world: fc.constantFrom(0 as const, 1 as const) })
  }
)

t.test('two worlds over one base behave like two plain maps, and their block counts like a recount', async () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.record({
          e164: fc.constantFrom(...POOL),
          state: fc.constantFrom(...STATES),
          owner: fc.constantFrom(A, null)
        }),
        { selector: ({ e164 }) => e164, maxLength: 6 }
      ),
      fc.array(step, { maxLength: 25 }),
      (base, steps) => {
        const opened = openDatabase()
        const rows = base.map(({ e164, state, owner }) => number(e164, { state, owner }))
        const worlds = [opened.worlds.create(), opened.worlds.create()]
        const stores = [worldOver(opened, rows), worldOver(opened)]
        const storeOf = (world: number) => opened.storeOf({ id: worlds[world] ?? 0, base: FIXTURE_WORLD })
        stores.splice(0, 2, storeOf(0), storeOf(1))
        const models = [0, 1].map(() => new Map(rows.map((one) => [one.e164, one])))
        for (const one of steps) take(one, opened, worlds, models)
        const differences = [0, 1].map((world) =>
          differenceOf(storeOf(world), models[world] ?? new Map<string, PhoneNumber>())
        )
        opened.close()
        return differences.every((difference) => difference === undefined)
      }
    ),
    { numRuns: 200 }
  )
})

function take(one: Step, opened: Database, worlds: number[], models: Map<string, PhoneNumber>[]): void {
  const id = worlds[one.world] ?? 0
  const model = models[one.world] ?? new Map<string, PhoneNumber>()
  const { numbers } = opened.storeOf({ id, base: FIXTURE_WORLD })
  switch (one.verb) {
    case 'save': {
      const saved = number(one.e164, { state: one.state, owner: one.owner })
      numbers.save(saved, numbers.find(one.e164))
      model.set(one.e164, saved)
      return
    }
    case 'remove': {
      const before = numbers.find(one.e164)
      if (before !== undefined) numbers.remove(before)
      model.delete(one.e164)
      return
    }
    case 'copy': {
      const other = 1 - one.world
      const copy = opened.worlds.create()
      opened.worlds.copy(id, copy)
      worlds[other] = copy
      models[other] = new Map(model)
    }
  }
}

t.test('what searches have returned is kept as runs that neither overlap nor touch', async () => {
  const line = fc.oneof(fc.integer({ min: 4_152_339_980, max: 4_152_340_020 }))
  const runs = fc.array(fc.tuple(line, fc.nat(12)), { maxLength: 25 })
  fc.assert(
    fc.property(runs, (added) => {
      const connection = openConnection()
      const opened = openDatabase()
      const { discoveries } = opened.storeOf({ id: FIRST_WORLD, base: FIXTURE_WORLD })
      const model = new Set<number>()
      for (const [first, more] of added) {
        discoveries.add({ first: String(first), last: String(first + more) })
        for (let one = first; one <= first + more; one++) model.add(one)
      }
      let agrees = true
      for (let one = 4_152_339_970; one <= 4_152_340_040; one++)
        agrees &&= discoveries.has(String(one)) === model.has(one)
      opened.close()
      connection.close()
      return agrees
    })
  )
})

t.test('pages that follow one another are one row', async (t) => {
  const file = join(t.testdir(), 'offers.db')
  const opened = openDatabase(file)
  const { discoveries } = opened.storeOf({ id: FIRST_WORLD, base: FIXTURE_WORLD })
  discoveries.add({ first: '4152330000', last: '4152330499' })
  discoveries.add({ first: '4152331000', last: '4152331499' })
  discoveries.add({ first: '4152330500', last: '4152330999' })
  discoveries.add({ first: '4152330100', last: '4152330200' })
  t.notOk(
    opened.storeOf({ id: FIRST_WORLD + 1, base: FIXTURE_WORLD }).discoveries.has('4152330000'),
    'each world its own'
  )
  opened.close()
  const connection = openConnection(file)
  t.same(connection.prepare('SELECT first, last FROM offer').all(), [{ first: '4152330000', last: '4152331499' }])
  connection.close()
})

t.test('what a world has offered joins what its base has', async (t) => {
  const opened = database(t)
  const { discoveries } = worldOver(opened)
  opened.storeOf({ id: FIXTURE_WORLD, base: EMPTY_WORLD }).discoveries.add({ first: '4152330000', last: '4152330499' })
  discoveries.add({ first: '4152330100', last: '4152330200' })
  t.same(discoveries.everything(), [{ first: '4152330000', last: '4152330499' }], 'a part of it adds nothing')
  discoveries.add({ first: '4152330400', last: '4152330599' })
  t.same(
    discoveries.everything(),
    [{ first: '4152330000', last: '4152330599' }],
    'what begins within it makes it longer'
  )
})

t.test('a search is remembered until a thousand others came after it', async (t) => {
  const { searchPages } = worldOver(database(t))
  const page = (n: number) => [{ number: `+1415233${String(n).padStart(4, '0')}`, state: 'discovery' as const }]
  t.same(searchPages.get('q'), [])
  for (let n = 0; n < 1_000; n++) searchPages.put(`query ${n}`, page(n))
  t.same(searchPages.get('query 0'), page(0))
  searchPages.put('query 0', page(5))
  t.same(searchPages.get('query 0'), page(5), 'the latest counts')
  searchPages.put('zuletzt', page(7))
  t.same(searchPages.get('zuletzt'), page(7), 'the newest is never the one that goes')
  const kept = Array.from({ length: 1_000 }, (_, n) => searchPages.get(`query ${n}`)).filter((one) => one.length > 0)
  t.equal(kept.length, 999)
})

t.test('tries are counted, each number for itself', async (t) => {
  const { magicAttempts } = worldOver(database(t))
  t.same(
    [magicAttempts.next('+15005550429'), magicAttempts.next('+15005550429'), magicAttempts.next('+15005550503')],
    [1, 2, 1]
  )
})

t.test('an expired token is known for a day', async (t) => {
  const { tokens } = worldOver(database(t))
  tokens.add({ token: 'one', account: A, expires: 100 }, 0)
  tokens.add({ token: 'one', account: B, expires: 200 }, 0)
  t.same(tokens.find('one'), { token: 'one', account: B, expires: 200 })
  tokens.add({ token: 'two', account: A, expires: 90_000 }, 86_600)
  t.ok(tokens.find('one'))
  tokens.add({ token: 'three', account: A, expires: 90_000 }, 86_601)
  t.equal(tokens.find('one'), undefined)
  t.ok(tokens.find('two'))
})

t.test('what a base holds besides numbers shows through as well', async (t) => {
  const opened = database(t)
  const base = opened.storeOf({ id: FIXTURE_WORLD, base: EMPTY_WORLD })
  const { magicAttempts, searchPages, discoveries, tokens } = opened.storeOf({
    id: opened.worlds.create(),
    base: FIXTURE_WORLD
  })
  const page = (e164: string) => [{ number: e164, state: 'discovery' as const }]

  base.magicAttempts.put({ e164: '+15005550429', tries: 1 })
  base.magicAttempts.put({ e164: '+15005550503', tries: 2 })
  t.equal(magicAttempts.next('+15005550429'), 2)
  t.same(magicAttempts.everything(), [
    { e164: '+15005550429', tries: 2 },
    { e164: '+15005550503', tries: 2 }
  ])
  t.equal(base.magicAttempts.next('+15005550429'), 2, 'and stays as it was')

  base.searchPages.put('a', page('+14152330000'))
  base.searchPages.put('b', page('+14152330001'))
  searchPages.put('a', page('+14152330002'))
  t.same([searchPages.get('a'), searchPages.get('b')], [page('+14152330002'), page('+14152330001')])
  t.same(searchPages.everything(), [
    { query: 'a', numbers: page('+14152330002') },
    { query: 'b', numbers: page('+14152330001') }
  ])

  base.tokens.put({ token: 'one', account: A, expires: 5 })
  base.tokens.put({ token: 'two', account: A, expires: 5 })
  tokens.put({ token: 'two', account: B, expires: 6 })
  t.same(tokens.find('one'), { token: 'one', account: A, expires: 5 })
  t.same(tokens.everything(), [
    { token: 'one', account: A, expires: 5 },
    { token: 'two', account: B, expires: 6 }
  ])

  base.discoveries.add({ first: '4152330000', last: '4152330009' })
  base.discoveries.add({ first: '4152330020', last: '4152330029' })
  base.discoveries.add({ first: '4152330050', last: '4152330059' })
  discoveries.add({ first: '4152330005', last: '4152330014' })
  discoveries.add({ first: '4152330015', last: '4152330019' })
  discoveries.add({ first: '4152330052', last: '4152330053' })
  for (const national of ['4152330000', '4152330012', '4152330029', '4152330059'])
    t.ok(discoveries.has(national), national)
  t.notOk(discoveries.has('4152330030'))
  t.notOk(base.discoveries.has('4152330012'))
  t.same(discoveries.everything(), [
    { first: '4152330000', last: '4152330029' },
    { first: '4152330050', last: '4152330059' }
  ])
})

t.test('numbers that wait for something are found among all', async (t) => {
  const { numbers } = worldOver(database(t), [
    number('+14155550101', { state: 'port_in' }),
    number('+14155550102', { pending: { e911: {} } }),
    number('+14155550103')
  ])
  numbers.save(number('+14155550100', { state: 'aging', owner: null }), undefined)
  numbers.save(number('+14155550102'), number('+14155550102'))
  t.same(written(numbers.waiting()), ['+14155550100', '+14155550101'])
  t.equal(numbers.total(), 4)
})

t.test('streets are found by name or postal code within their region', async (t) => {
  const opened = database(t)
  let reads = 0
  const data = () => {
    reads++
    return builtInFixtures().streets()
  }
  const streets = opened.streets(data)
  t.equal(opened.streets(data), streets)
  t.equal(reads, 1, 'they are read once, when they are asked for')
  const found = streets.segments('CA', 'NATOMA', '94105').map(({ id }) => id)
  t.same(found.slice(0, 2), [1, 2])
  t.same(
    found,
    [...new Set(found)].sort((one, other) => one - other)
  )
  t.same(streets.segments('NY', 'NATOMA', '94105'), [])
  t.match(streets.segments('CA', 'NATOMA', ''), [{ id: 1, postal_code: '94105', plus_four: '3745' }, { id: 2 }])
  t.match(streets.points(1, '116'), [{ unit: 'APT 116', location_id: '27578725' }])
  t.same(streets.points(1, '118'), [])
  const [alias] = builtInFixtures().streets().city_aliases
  t.equal(streets.postalCity(alias?.region ?? '', alias?.alias ?? ''), alias?.postal_city)
  t.equal(streets.postalCity('CA', 'NOWHERE'), undefined)
})

t.test('what is beyond that which is remembered is as it is', async (t) => {
  const { numbers, exchangeCounts } = worldOver(database(t))
  // Twice as many as of anything.
  const many = Array.from({ length: 4_100 }, (_, i) => String(i).padStart(4, '0'))
  for (const i of many) numbers.save(number(`+1410555${i}`, { owner: i }), undefined)
  t.same(
    many.filter((i) => numbers.find(`+1410555${i}`)?.owner !== i),
    []
  )
  t.same(
    many.filter((i) => numbers.owned(i) !== 1),
    []
  )
  t.equal(numbers.owned('nobody'), 0)
  const exchanges = many.map((i) => `41${i}`)
  const recorded = exchanges.filter((exchange) =>
    exchangeCounts.hundredsOf(exchange).recorded.some((count) => count > 0)
  )
  t.same(recorded, ['410555'])
  t.equal(numbers.find('+14155549999'), undefined)
})

t.test('a world that is given up is swept away to nothing, and nothing else is', async (t) => {
  const file = join(t.testdir(), 'sweep.db')
  const opened = openDatabase(file)
  const { worlds } = opened
  const [kept, left, alsoLeft] = [worlds.create(), worlds.create(), worlds.create()]
  for (const id of [FIXTURE_WORLD, kept, left, alsoLeft]) fill(opened.storeOf({ id, base: EMPTY_WORLD }), 1_200)
  t.equal(worlds.sweep(), false, 'there is nothing to do')
  worlds.abandon(left)
  worlds.abandon(alsoLeft)
  let steps = 1
  while (worlds.sweep()) steps++
  t.ok(steps > 4, `in small steps: ${steps}`)
  t.equal(worlds.sweep(), false)
  opened.close()
  const tables = rowsByWorld(file)
  t.equal(tables.length, 6)
  for (const { table, worlds: rows } of tables) t.same(rows, [FIXTURE_WORLD, kept], table)
})

t.test('a world can be emptied at once', async (t) => {
  const file = join(t.testdir(), 'empty.db')
  const opened = openDatabase(file)
  const [kept, emptied] = [opened.worlds.create(), opened.worlds.create()]
  for (const id of [kept, emptied]) fill(opened.storeOf({ id, base: EMPTY_WORLD }), 1_200)
  opened.worlds.empty(emptied)
  opened.close()
  for (const { table, worlds } of rowsByWorld(file)) t.same(worlds, [kept], table)
})

/** Something in every table. */
function fill({ numbers, discoveries, searchPages, magicAttempts, tokens }: Store, count: number): void {
  for (let n = 0; n < count; n++) {
    numbers.save(number(`+1415${String(2_000_000 + n * 100)}`), undefined)
    discoveries.add({ first: String(4_152_000_000 + 2 * n), last: String(4_152_000_000 + 2 * n) })
  }
  searchPages.put('q', [])
  magicAttempts.next('+15005550429')
  tokens.add({ token: 'x', account: A, expires: 5 }, 0)
}

function rowsByWorld(file: string): { table: string; worlds: number[] }[] {
  const connection = openConnection(file)
  const tables = connection
    .prepare<[], string>(
      "SELECT m.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE c.name = 'world' AND m.name <> 'sandbox'"
    )
    .pluck()
    .all()
  const rows = tables.map((table) => ({
    table,
    worlds: connection.prepare<[], number>(`SELECT DISTINCT world FROM ${table} ORDER BY world`).pluck().all()
  }))
  connection.close()
  return rows
}

t.test('a file keeps its numbers, and knows which worlds are in use', async (t) => {
  const file = join(t.testdir(), 'kept.db')
  const first = openDatabase(file)
  t.equal(first.worlds.named('default'), undefined)
  const [used, left] = [first.worlds.create(), first.worlds.create()]
  for (const id of [used, left]) {
    first.storeOf({ id, base: FIXTURE_WORLD }).numbers.save(number('+14155550100'), undefined)
  }
  first.worlds.name('default', { id: used, base: FIXTURE_WORLD })
  first.worlds.name('gone', { id: left, base: FIXTURE_WORLD })
  first.worlds.forget('gone')
  t.ok(first.isOpen())
  first.close()
  t.notOk(first.isOpen())

  const again = database(t, file)
  t.same(again.worlds.named('default'), { id: used, base: FIXTURE_WORLD })
  t.equal(again.worlds.named('gone'), undefined)
  t.ok(again.worlds.create() > left, 'no id is given twice')
  t.same(written(again.storeOf({ id: used, base: FIXTURE_WORLD }).numbers.everything()), ['+14155550100'])
  again.worlds.sweep()
  t.same(written(again.storeOf({ id: left, base: FIXTURE_WORLD }).numbers.everything()), [])
  t.equal(written(again.storeOf({ id: used, base: FIXTURE_WORLD }).numbers.everything()).length, 1)
})

t.test('a file that cannot be used is refused with the reason', async (t) => {
  const folder = t.testdir({ 'notes.txt': 'this is no database, but long enough to be looked at\n'.repeat(100) })
  const newer = join(folder, 'newer.db')
  const made = openConnection(newer)
  made.pragma('user_version = 99')
  made.close()
  const foreign = join(folder, 'foreign.db')
  const other = openConnection(foreign)
  other.pragma('user_version = 0')
  other.close()
  const cases: [file: string, reason: RegExp][] = [
    [newer, /newer\.db: made by a newer version \(99 migrations, \d known\)/],
    [join(folder, 'notes.txt'), /notes\.txt: file is not a database/],
    [foreign, /foreign\.db: table number already exists/],
    [join(folder, 'missing', 'x.db'), /x\.db: .*directory does not exist/],
    [folder, /unable to open database file/]
  ]
  for (const [file, reason] of cases) {
    t.throws(() => openDatabase(file), { name: 'DatabaseError', message: reason }, String(reason))
  }
  t.throws(() => openDatabase(newer), DatabaseError)
})

t.test('a file of an older version gets the migrations that it lacks', async (t) => {
  const file = join(t.testdir(), 'older.db')
  const older = openConnection(file)
  const latest = older.pragma('user_version', { simple: true })
  const tables = older.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  for (const table of tables) older.exec(`DROP TABLE ${table}`)
  older.exec(readFileSync(join(packageRoot(), 'db', 'migrations', '001-numbers.sql'), 'utf8'))
  older.exec('CREATE TABLE street (id INTEGER PRIMARY KEY) STRICT')
  older.pragma('user_version = 2')
  older.close()
  const migrated = openConnection(file)
  t.equal(migrated.pragma('user_version', { simple: true }), latest)
  t.same(migrated.prepare('SELECT exchange FROM block').all(), [])
  t.throws(() => migrated.prepare('SELECT * FROM street'), /no such table/)
  migrated.close()
})

t.test('what an older version has counted by hundreds too is counted by exchanges', async (t) => {
  const file = join(t.testdir(), 'hundreds.db')
  const older = new Connection(file)
  for (const name of ['001-numbers.sql', '002-master-streets.sql']) {
    older.exec(readFileSync(join(packageRoot(), 'db', 'migrations', name), 'utf8'))
  }
  older.pragma('user_version = 2')
  const put = older.prepare<[number, string, string | null]>(
    `INSERT INTO number (world, e164, state, carrier, document, features, history, created, modified)
     VALUES (?, ?, ?, 'external', '{}', '[]', '[]', 0, 0)`
  )
  put.run(FIXTURE_WORLD, '+14155550100', 'available')
  put.run(FIXTURE_WORLD, '+14155550101', 'available')
  put.run(FIRST_WORLD, '+14155550100', 'in_service')
  put.run(FIRST_WORLD, '+14155550101', null)
  put.run(FIRST_WORLD, '+14156660100', 'available')
  put.run(FIRST_WORLD, '+442079460000', 'available')
  older.prepare("INSERT INTO sandbox VALUES ('default', ?, ?)").run(FIRST_WORLD, FIXTURE_WORLD)
  older.exec(`INSERT INTO block VALUES (${FIRST_WORLD}, 6, '415666', 1, 1), (${FIRST_WORLD}, 8, '41566601', 1, 1)`)
  older.close()
  const opened = database(t, file)
  const fixtures = opened.storeOf({ id: FIXTURE_WORLD, base: EMPTY_WORLD })
  t.same(exchangesOf(fixtures, '415'), [{ block: '415555', recorded: 2, pooled: 2 }])
  t.same(exchangesOf(opened.storeOf({ id: FIRST_WORLD, base: FIXTURE_WORLD }), '415'), [
    { block: '415555', recorded: 1, pooled: 0 },
    { block: '415666', recorded: 1, pooled: 1 }
  ])
})

t.test('what is asked for most is read from indexes, in their order', async (t) => {
  const connection = openConnection()
  t.teardown(() => {
    connection.close()
  })
  const numbers = new NumberStatements(connection)
  const offers = new DiscoveryStatements(connection)
  const statements: Record<string, { source: string }> = {
    find: numbers.find,
    list: numbers.list(''),
    count: numbers.count(''),
    'a filtered list': numbers.list(" AND n.state = 'reserved'"),
    inPool: numbers.inPool,
    due: numbers.due,
    recordedIn: numbers.recordedIn,
    everything: numbers.everything,
    put: numbers.put,
    drop: numbers.drop,
    bury: numbers.bury,
    'an offer before': offers.before,
    'an offer after': offers.following,
    'an offer that goes on': offers.extend,
    'offers touching': offers.touching,
    exchanges: new ExchangeCountStatements(connection).exchanges,
    hundreds: new ExchangeCountStatements(connection).hundreds,
    'a token': new TokenStatements(connection).find,
    'a remembered search': new SearchPageStatements(connection).find,
    tries: new MagicAttemptStatements(connection).add
  }
  const grouped = ['hundreds']
  for (const [name, { source }] of Object.entries(statements)) {
    const nothing = Array.from(source.matchAll(/\?/g), () => null)
    const plan = connection
      .prepare<null[], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`)
      .all(...nothing)
      .map(({ detail }) => detail)
    t.notOk(
      plan.some((line) => /SCAN (?!json_each)(?:n|own|number|offer|block|token|found|attempt)\b/.test(line)),
      `${name} reads no whole table: ${plan.join('; ')}`
    )
    if (!grouped.includes(name))
      t.notOk(
        plan.some((line) => line.includes('TEMP B-TREE')),
        `${name} sorts nothing`
      )
    t.notMatch(source, /(?:LIMIT|OFFSET) \?/, `${name} is not prepared again for each limit`)
  }
  for (const [name, index] of [
    ['list', 'number_of_owner'],
    ['count', 'number_of_owner'],
    ['inPool', 'number_in_pool'],
    ['due', 'number_due']
  ] as const) {
    const source = statements[name]?.source ?? ''
    const nothing = Array.from(source.matchAll(/\?/g), () => null)
    const plan = connection.prepare<null[], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`).all(...nothing)
    t.ok(
      plan.some(({ detail }) => detail.includes(index)),
      `${name} uses ${index}`
    )
  }
})

/** The numbers that a search finds, by pages, so that what is skipped has to be counted right. */
async function searched({ call }: Subject, prefix: string, pages: number): Promise<[e164: string, state: unknown][]> {
  const found: [string, unknown][] = []
  for (let offset = 0; offset < pages; offset++) {
    const url = `/v2/accounts/${DEMO}/phone_numbers?prefix=${prefix}&quantity=2&offset=${offset}`
    const { body } = await call({ method: 'GET', url })
    found.push(
      ...(body.data as { number: string; state: string }[]).map((one): [string, string] => [one.number, one.state])
    )
  }
  return found
}

t.test('what a file keeps stays right when the fixtures change', async (t) => {
  const folder = t.testdir({
    before: {
      'numbers.json': JSON.stringify([
        { e164: '+12122000000', state: 'available' },
        { e164: '+12122000001', state: 'in_service', owner: DEMO },
        { e164: '+12122000002', state: 'available' },
        { e164: '+12122000005', state: 'available' }
      ])
    },
    after: { 'numbers.json': JSON.stringify([{ e164: '+12122000103', state: 'available' }]) }
  })
  const db = join(folder, 'numbers.db')
  const own = `/v2/accounts/${DEMO}/phone_numbers`
  t.test('before', async (t) => {
    const subject = await emulatorFor(t, { db, fixtures: join(folder, 'before') })
    const { call } = subject
    t.equal(
      (await call({ method: 'PUT', url: `${own}/%2B12122000000/activate`, body: { data: {} }, token: 'x' })).status,
      201
    )
    t.equal((await call({ method: 'DELETE', url: `${own}/%2B12122000001`, token: 'x' })).status, 200)
    t.same(await searched(subject, '2122000', 3), [
      ['+12122000000', 'in_service'],
      ['+12122000001', 'available'],
      ['+12122000002', 'available'],
      ['+12122000005', 'available'],
      ['+12122000003', 'discovery'],
      ['+12122000004', 'discovery']
    ])
  })
  t.test('after', async (t) => {
    t.same(await searched(await emulatorFor(t, { db, fixtures: join(folder, 'after') }), '2122000', 4), [
      ['+12122000000', 'in_service'],
      ['+12122000001', 'available'],
      ['+12122000103', 'available'],
      ['+12122000002', 'discovery'],
      ['+12122000003', 'discovery'],
      ['+12122000004', 'discovery'],
      ['+12122000005', 'discovery'],
      ['+12122000006', 'discovery']
    ])
  })
})

t.test('numbers of the fixtures keep their times in a file', async (t) => {
  const folder = t.testdir({
    'numbers.json': JSON.stringify([{ e164: '+12122000000', state: 'in_service', owner: DEMO }])
  })
  const url = `/v2/accounts/${DEMO}/phone_numbers/%2B12122000000`
  const times: unknown[] = []
  for (const clock of [0, 86_400_000]) {
    t.test(`started at ${clock}`, async (t) => {
      const { call } = await emulatorFor(t, { db: join(folder, 'numbers.db'), fixtures: folder, clock })
      times.push(((await call({ method: 'GET', url, token: 'x' })).body.data as JsonObject)._read_only)
    })
  }
  t.test('are the same', async (t) => {
    t.equal(times.length, 2)
    t.same(times[0], times[1])
  })
})

t.test('a reset lasts in a file, and leaves nothing behind', async (t) => {
  const db = join(t.testdir(), 'numbers.db')
  const numbers = { method: 'GET', url: `/v2/accounts/${DEMO}/phone_numbers?paginate=false`, token: 'x' } as const
  const listed = async ({ call }: Subject) => {
    const { body } = await call(numbers)
    return Object.keys((body.data as { numbers: object }).numbers)
  }
  const kept = ['+14155234712', '+14155558920', '+14155558921']
  const buy = (e164: string, { call }: Subject) =>
    call({
      method: 'PUT',
      url: `/v2/accounts/${DEMO}/phone_numbers/${encodeURIComponent(e164)}`,
      body: { data: {} },
      token: 'x'
    })
  t.test('bought and reset', async (t) => {
    const subject = await emulatorFor(t, { db })
    t.equal((await buy('+14155550199', subject)).status, 201)
    t.same(await listed(subject), [...kept, '+14155550199'].sort())
    t.equal((await subject.call({ method: 'POST', url: '/__admin/reset' })).status, 200)
    t.same(await listed(subject), kept)
  })
  t.test('and emptied', async (t) => {
    const subject = await emulatorFor(t, { db })
    t.same(await listed(subject), kept)
    t.equal((await subject.call({ method: 'POST', url: '/__admin/reset?to=empty' })).status, 200)
    t.same(await listed(subject), [])
    t.equal((await buy('+14155558921', subject)).status, 201)
  })
  t.test('what the emptied one holds is its own', async (t) => {
    const subject = await emulatorFor(t, { db })
    t.same(await listed(subject), ['+14155558921'])
    // One turn of the loop for each step of the sweep.
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
  })
  t.test('and nothing else is in the file', async (t) => {
    for (const { table, worlds } of rowsByWorld(db)) {
      t.ok(worlds.filter((world) => world !== FIXTURE_WORLD).length <= 1, `${table}: ${worlds.join(', ')}`)
    }
  })
})

t.test('each sandbox is a world of its own, and the least used one makes room', async (t) => {
  const { call } = await emulatorFor(t, { max_sandboxes: 2 })
  const names = async () => {
    const { body } = await call({ method: 'GET', url: '/__admin/sandboxes' })
    return [(body.sandboxes as { name: string }[]).map(({ name }) => name), body.dropped]
  }
  const numbers = `/v2/accounts/${DEMO}/phone_numbers`
  const status = async (method: Call['method'], url: string) =>
    (await call({ method, url, token: 'x', ...(method === 'PUT' ? { body: { data: {} } } : {}) })).status
  const steps: [method: Call['method'], url: string, status: number][] = [
    ['POST', '/__admin/sandboxes/one', 201],
    ['POST', '/__admin/sandboxes/one', 200],
    ['POST', '/__admin/sandboxes/default', 200],
    ['PUT', `/sandboxes/one${numbers}/%2B14155550100`, 201],
    ['GET', `/sandboxes/one${numbers}/%2B14155550100`, 200],
    ['GET', `${numbers}/%2B14155550100`, 404],
    ['GET', `/sandboxes/two${numbers}/%2B14155550100`, 404],
    ['GET', `/sandboxes/one${numbers}/%2B14155550100`, 200],
    ['GET', `/sandboxes/three${numbers}/%2B14155550100`, 404],
    ['GET', `/sandboxes/one${numbers}/%2B14155550100`, 200],
    ['DELETE', '/__admin/sandboxes/three', 200],
    ['DELETE', '/__admin/sandboxes/three', 404],
    ['DELETE', '/__admin/sandboxes/default', 400]
  ]
  for (const [method, url, expected] of steps) t.equal(await status(method, url), expected, `${method} ${url}`)
  t.same(await names(), [['default', 'one'], 1], 'two went when three came')
})

t.test('a sandbox has a name that a path and a header can carry', async (t) => {
  for (const name of ['a', 'CI-7', 'feature.x_1', '0', 'a'.repeat(64)]) t.ok(isSandboxName(name), name)
  for (const name of ['', '-a', '.a', 'a b', 'a/b', 'ä', 'a'.repeat(65)]) t.notOk(isSandboxName(name), name)
})

t.test('a file keeps the numbers of every sandbox, until it is dropped', async (t) => {
  const db = join(t.testdir(), 'numbers.db')
  const number = `/sandboxes/one/v2/accounts/${DEMO}/phone_numbers/%2B14155550100`
  const steps: [says: string, method: Call['method'], url: string, status: number][] = [
    ['made', 'PUT', number, 201],
    ['kept', 'GET', number, 200],
    ['dropped', 'DELETE', '/__admin/sandboxes/one', 200],
    ['gone', 'GET', number, 404]
  ]
  for (const [says, method, url, status] of steps) {
    t.test(says, async (t) => {
      const { call } = await emulatorFor(t, { db })
      const body = method === 'PUT' ? { body: { data: {} } } : {}
      t.equal((await call({ method, url, token: 'x', ...body })).status, status)
    })
  }
})
