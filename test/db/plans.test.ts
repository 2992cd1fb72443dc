import t from 'tap'
import { migrate, openConnection } from '../../db/connection.js'
import { Database } from '../../db/database.js'
import { DIALECT_NAMES, dialectOf } from '../../src/dialect.js'
import { readFilters } from '../../src/numbering/list-filters.js'
import { viewRules } from '../../src/numbering/views.js'
import { A, LATER, number, ALL } from './store-under-test.js'

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
    numbers.save(one, one)
    numbers.find(one.e164)
    numbers.findStates([one.e164])
    for (const name of DIALECT_NAMES) {
      const rules = viewRules(dialectOf(name), false)
      numbers.list(A, ALL, [], rules)
      numbers.list(A, ALL, readFilters({ filter_state: 'reserved' }, rules.dialect), rules)
    }
    numbers.search(A, ALL, [])
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
