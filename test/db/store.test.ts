import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { DatabaseError, migrate, openConnection } from '../../db/connection.js'
import { Database, openDatabase, serializeRows, type Rows } from '../../db/database.js'
import { dialectOf } from '../../src/dialect.js'
import type { JsonObject } from '../../src/json.js'
import { readFilters } from '../../src/numbering/list-filters.js'
import { STATES } from '../../src/numbering/number-state.js'
import { newNumber, type PhoneNumber } from '../../src/numbering/phone-number.js'
import { countAvailable, listAvailable } from '../../src/operations/rules/available-numbers.js'
import { isSandboxName } from '../../src/sandbox/sandboxes.js'
import { DEMO, emulatorFor, type Call, type Subject } from '../harness/emulator-under-test.js'

const A = 'a'.repeat(32)
const B = 'b'.repeat(32)
const LATER = 63_900_000_000
const ALL = { from: '' }
const EMPTY: Rows = { numbers: [], discoveries: [], searchPages: [], magicAttempts: [], tokens: [] }

/** A database in memory with some numbers, closed with the test. */
function database(t: Test, numbers: readonly PhoneNumber[] = []): Database {
  const opened = openDatabase(undefined, { ...EMPTY, numbers })
  t.teardown(() => {
    opened.close()
  })
  return opened
}

function number(e164: string, change: Partial<PhoneNumber> = {}): PhoneNumber {
  return { ...newNumber(e164, 'in_service', 'external', LATER), owner: A, ...change }
}

const written = (numbers: Iterable<{ e164: string }>) => Array.from(numbers, ({ e164 }) => e164)

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
    t.same(written(numbers.list(A, range, [], limit, offset)), found, says)
    if (limit < 0) t.equal(numbers.count(A, range), found.length, `${says}, counted`)
  }
  t.same(written(numbers.list(A, ALL, [])), all, 'a list is whole unless it is limited')
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
    const listed = numbers.list(A, ALL, filters).map(({ e164 }) => both[e164 as keyof typeof both])
    t.same(listed, found, JSON.stringify(query))
    t.equal(numbers.count(A, ALL, filters), found.length, `${JSON.stringify(query)}, counted`)
    t.same(written(numbers.list(A, ALL, filters, 1, 1)), written(numbers.list(A, ALL, filters)).slice(1, 2))
  }
})

t.test('a client may send as many filters as a request holds', async (t) => {
  const { numbers } = database(t, [number('+14155550100', { document: { a: 1 } })])
  const filters = readFilters({ has_key: Array.from({ length: 2_000 }, () => 'a') }, dialectOf('oneuc'))
  t.equal(numbers.count(A, ALL, filters), 1)
  t.equal(numbers.list(A, ALL, filters).length, 1)
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

/** Few exchanges, so that pages begin in any of them, and one exchange that has most of the numbers. */
const exchange = fc.oneof(
  { weight: 4, arbitrary: fc.constant('415201') },
  fc.constantFrom('415200', '415999', '416200')
)
const national = fc
  .tuple(exchange, fc.constantFrom('00', '01', '99'), fc.nat(99))
  .map(([block, hundred, line]) => block + hundred + String(line).padStart(2, '0'))
const prefix = fc.tuple(national, fc.integer({ min: 3, max: 10 })).map(([one, length]) => one.slice(0, length))

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

t.test('what searches have returned is kept as ranges that neither overlap nor touch', async () => {
  const line = fc.integer({ min: 4_152_339_980, max: 4_152_340_020 })
  fc.assert(
    fc.property(fc.array(fc.tuple(line, fc.nat(12)), { maxLength: 25 }), (added) => {
      const opened = openDatabase(undefined, EMPTY)
      const { discoveries } = opened
      const model = new Set<number>()
      for (const [first, more] of added) {
        discoveries.save({ first: String(first), last: String(first + more) })
        for (let one = first; one <= first + more; one++) model.add(one)
      }
      const numbers = Array.from({ length: 70 }, (_, i) => 4_152_339_970 + i)
      const agrees = numbers.every((one) => discoveries.has(String(one)) === model.has(one))
      const ranges = discoveries.all()
      opened.close()
      return agrees && ranges.every(({ last }, i) => Number(ranges[i + 1]?.first ?? Infinity) > Number(last) + 1)
    })
  )
})

t.test('a search is kept until a thousand others came after it', async (t) => {
  const { searchPages } = database(t)
  const page = (n: number) => [{ number: `+1415233${String(n).padStart(4, '0')}`, state: 'discovery' as const }]
  t.same(searchPages.find('q'), [])
  for (let n = 0; n < 1_000; n++) searchPages.save({ query: `query ${n}`, numbers: page(n) })
  t.same(searchPages.find('query 0'), page(0))
  searchPages.save({ query: 'query 0', numbers: page(5) })
  t.same(searchPages.find('query 0'), page(5), 'the latest counts')
  searchPages.save({ query: 'zuletzt', numbers: page(7) })
  t.same(searchPages.find('zuletzt'), page(7), 'the newest is never the one that goes')
  t.equal(searchPages.all().length, 1_000)
})

t.test('tries are counted, each number for itself', async (t) => {
  const { magicAttempts } = database(t)
  t.same(
    ['+15005550429', '+15005550429', '+15005550503'].map((e164) => magicAttempts.increment(e164)),
    [1, 2, 1]
  )
  t.same(magicAttempts.all(), [
    { e164: '+15005550429', tries: 2 },
    { e164: '+15005550503', tries: 1 }
  ])
})

t.test('an expired token is known for a day', async (t) => {
  const { tokens } = database(t)
  tokens.save({ token: 'one', account: A, expires: 100 })
  tokens.save({ token: 'one', account: B, expires: 200 })
  t.same(tokens.find('one'), { token: 'one', account: B, expires: 200 })
  tokens.save({ token: 'two', account: A, expires: 90_000 })
  tokens.deleteExpired(86_600)
  t.ok(tokens.find('one'))
  tokens.deleteExpired(86_601)
  t.same(tokens.all(), [{ token: 'two', account: A, expires: 90_000 }])
})

t.test('a database is replaced as a whole, or stays as it is', async (t) => {
  for (const file of [undefined, join(t.testdir(), 'numbers.db')]) {
    await t.test(file === undefined ? 'in memory' : 'in a file', async (t) => {
      testReplacement(t, openDatabase(file, { ...EMPTY, numbers: [number('+14155550100')] }))
    })
  }
  const wrong = [number('+14155550102', { state: 'sold' as 'aging' })]
  t.throws(() => openDatabase(undefined, { ...EMPTY, numbers: wrong }), {
    name: 'DatabaseError',
    message: /^in memory: /
  })
})

function testReplacement(t: Test, store: Database): void {
  t.teardown(() => {
    store.close()
  })
  const page = { query: 'q', numbers: [] }
  const rows: Rows = {
    numbers: [number('+14155550101', { owner: B, state: 'available' })],
    discoveries: [{ first: '4152330000', last: '4152330009' }],
    searchPages: [page],
    magicAttempts: [{ e164: '+15005550429', tries: 2 }],
    tokens: [{ token: 'one', account: A, expires: 5 }]
  }
  const held = () => ({
    numbers: [...store.numbers.all()],
    discoveries: store.discoveries.all(),
    searchPages: store.searchPages.all(),
    magicAttempts: store.magicAttempts.all(),
    tokens: store.tokens.all()
  })
  store.replace(serializeRows(rows))
  t.same(held(), rows)
  t.same(
    [A, B].map((owner) => store.numbers.countOwned(owner)),
    [0, 1]
  )
  t.equal(store.exchangeCounts.countAvailable('415'), 1)
  store.replace(serializeRows(rows))
  t.same(held(), rows, 'again')
  store.numbers.save(number('+14155550102'), undefined)
  t.equal(store.numbers.countOwned(A), 1, 'triggers go on counting')
}

t.test('a file that cannot be used is refused with the reason', async (t) => {
  const folder = t.testdir({ 'notes.txt': 'this is no database, but long enough to be looked at\n'.repeat(100) })
  const newer = join(folder, 'newer.db')
  const made = openConnection(newer)
  made.pragma('user_version = 99')
  made.close()
  const foreign = join(folder, 'foreign.db')
  const other = openConnection(foreign)
  other.exec('CREATE TABLE number (e164 TEXT)')
  other.close()
  const cases: [file: string, reason: RegExp][] = [
    [newer, /newer\.db: made by a newer version \(99 migrations, \d known\)$/],
    [join(folder, 'notes.txt'), /notes\.txt: file is not a database/],
    [foreign, /foreign\.db: belongs to another program \(application_id 0 instead of \d+\)$/],
    [join(folder, 'missing', 'x.db'), /x\.db: .*directory does not exist/],
    [folder, /unable to open database file/]
  ]
  for (const [file, reason] of cases) {
    t.throws(() => openDatabase(file, EMPTY), { name: 'DatabaseError', message: reason }, String(reason))
  }
})

/** Runs `work` and returns how SQLite carries each of its statements out. */
function plansOf(work: (store: Database) => void): string[] {
  const connection = openConnection(undefined)
  const sources = new Set<string>()
  const prepare = connection.prepare.bind(connection)
  connection.prepare = (source: string) => (sources.add(source), prepare(source))
  migrate(connection, () => undefined)
  work(new Database(connection, () => undefined))
  const plans = [...sources].map((source) => {
    const names = Object.fromEntries(Array.from(source.matchAll(/@(\w+)/g), ([, name = '']) => [name, null]))
    const steps = prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`).all(names)
    return `${source}\n${steps.map(({ detail }) => detail).join('\n')}`
  })
  connection.close()
  return plans
}

t.test('what requests ask for is read from indexes, in their order', async (t) => {
  const plans = plansOf((store) => {
    const { numbers, exchangeCounts, discoveries, searchPages, magicAttempts, tokens } = store
    const one = number('+14155550100')
    numbers.save(one, undefined)
    numbers.find(one.e164)
    numbers.findStates([one.e164])
    numbers.list(A, ALL, [])
    numbers.list(A, ALL, readFilters({ filter_state: 'reserved' }, dialectOf('oneuc')))
    numbers.count(A, ALL)
    numbers.countOwned(A)
    numbers.listRecorded(ALL)
    numbers.listAvailable(ALL, 1, 0)
    numbers.countAvailable(ALL)
    numbers.listDue(LATER)
    numbers.delete(one)
    exchangeCounts.recorded('415')
    exchangeCounts.countAvailable('415')
    exchangeCounts.findAvailable('415', 1)
    discoveries.save({ first: '4152330000', last: '4152330009' })
    discoveries.has('4152330000')
    searchPages.find('q')
    magicAttempts.increment(one.e164)
    tokens.find('one')
  })
  t.ok(plans.length > 15)
  for (const plan of plans) {
    t.notMatch(plan, /^SCAN (?!json_each|\(subquery)/m, 'reads no whole table')
    t.notMatch(plan, /TEMP B-TREE/, 'sorts nothing')
    t.notMatch(plan, /(?:LIMIT|OFFSET) @/, 'is not prepared again for each limit')
  }
  const indexes: [part: RegExp, index: RegExp][] = [
    [/ORDER BY e164 LIMIT[^]*n USING COVERING INDEX/, /number_of_owner/],
    [/state = 'available'/, /available_number/],
    [/due <= @now/, /due_number/]
  ]
  for (const [part, index] of indexes)
    t.ok(
      plans.some((plan) => part.test(plan) && index.test(plan)),
      String(index)
    )
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

t.test('a file keeps its numbers whatever the fixtures are, until a reset', async (t) => {
  const folder = t.testdir({
    before: {
      'numbers.json': JSON.stringify([
        { e164: '+12122000000', state: 'available' },
        { e164: '+12122000001', state: 'in_service', owner: DEMO },
        { e164: '+12122000005', state: 'available' }
      ])
    },
    after: { 'numbers.json': JSON.stringify([{ e164: '+12122000103', state: 'available' }]) }
  })
  const db = join(folder, 'numbers.db')
  const own = `/v2/accounts/${DEMO}/phone_numbers`
  const kept: [string, string][] = [
    ['+12122000000', 'in_service'],
    ['+12122000001', 'available'],
    ['+12122000005', 'available']
  ]
  t.test('before', async (t) => {
    const subject = await emulatorFor(t, { db, fixtures: join(folder, 'before') })
    const { call } = subject
    t.equal(
      (await call({ method: 'PUT', url: `${own}/%2B12122000000/activate`, body: { data: {} }, token: 'x' })).status,
      201
    )
    t.equal((await call({ method: 'DELETE', url: `${own}/%2B12122000001`, token: 'x' })).status, 200)
    t.same(await searched(subject, '2122000', 2), [...kept, ['+12122000002', 'discovery']])
  })
  t.test('after', async (t) => {
    const subject = await emulatorFor(t, { db, fixtures: join(folder, 'after') })
    t.same(await searched(subject, '2122000', 2), [...kept, ['+12122000002', 'discovery']])
    await subject.call({ method: 'POST', url: '/__admin/reset' })
    t.same(await searched(subject, '2122000', 1), [
      ['+12122000103', 'available'],
      ['+12122000000', 'discovery']
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

t.test('a reset lasts in a file', async (t) => {
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
    t.same(await listed(await emulatorFor(t, { db })), ['+14155558921'])
  })
})

t.test('each sandbox has numbers of its own, and the least used one makes room', async (t) => {
  const { call } = await emulatorFor(t, { maxSandboxes: 2 })
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

t.test('files keep the numbers of every sandbox, until it is dropped', async (t) => {
  const db = join(t.testdir(), 'numbers.db')
  const number = `/sandboxes/one/v2/accounts/${DEMO}/phone_numbers/%2B14155550100`
  const steps: [says: string, method: Call['method'], url: string, status: number, files: string[]][] = [
    ['made', 'PUT', number, 201, ['one.db']],
    ['kept', 'GET', number, 200, ['one.db']],
    ['dropped', 'DELETE', '/__admin/sandboxes/one', 200, []],
    ['gone', 'GET', number, 404, ['one.db']]
  ]
  for (const [says, method, url, status, files] of steps) {
    t.test(says, async (t) => {
      await t.test('while it runs', async (t) => {
        const { call } = await emulatorFor(t, { db })
        const body = method === 'PUT' ? { body: { data: {} } } : {}
        t.equal((await call({ method, url, token: 'x', ...body })).status, status)
      })
      t.same(readdirSync(`${db}-sandboxes`), files)
    })
  }
  t.test('a file that is no sandbox stays out of it', async (t) => {
    writeFileSync(join(`${db}-sandboxes`, 'notes.txt'), '')
    const { call } = await emulatorFor(t, { db })
    const { body } = await call({ method: 'GET', url: '/__admin/sandboxes' })
    t.match(body, { sandboxes: [{ name: 'default' }, { name: 'one' }] })
  })
})
