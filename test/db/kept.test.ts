import { join } from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { openConnection } from '../../db/connection.js'
import { openDatabase, serializeRows, type Database, type Rows } from '../../db/database.js'
import { A, number, EMPTY, database, B } from './store-under-test.js'

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
