import { readFileSync } from 'node:fs'
import t from 'tap'
import { compare, inTurn, isReached, median, medianRatio, type Figure } from '../bench/figures.js'
import { markdown, regressions, reportOf, writeFigures } from '../bench/report.js'
import { cut } from '../bench/turns.js'

const READ = { row: 'read', unit: 'µs CPU', against: 'bare', goal: 1.3 }
const RESET = { row: 'reset', unit: 'ms CPU', against: 'a read', limit: 0.5 }

t.test('a median is the middle value, or lies between the two in the middle', async (t) => {
  const rows: [values: number[], middle: number][] = [
    [[3], 3],
    [[9, 1, 2], 2],
    [[4, 1, 2, 9], 3]
  ]
  for (const [values, middle] of rows) t.equal(median(values), middle, String(values))
  t.ok(Number.isNaN(median([])), 'no values have no median')
})

t.test('a median ratio compares the values of the same round', async (t) => {
  const rows: [ones: number[], others: number[], ratio: number][] = [
    [[2, 9, 12], [1, 3, 4], 3],
    [[4], [2], 2]
  ]
  for (const [ones, others, ratio] of rows)
    t.equal(medianRatio(ones, others), ratio, `${ones.join()} / ${others.join()}`)
  t.ok(Number.isNaN(medianRatio([1], [])), 'a value without another has no ratio')
})

t.test('a figure keeps to its goal by its ratio, and to its limit by itself', async (t) => {
  const rows: [says: string, figure: Figure, reached: boolean][] = [
    ['ratio at the goal', compare(READ, [13], [10]), true],
    ['ratio above the goal', compare(READ, [14], [10]), false],
    ['no goal', compare({ row: 'read', unit: 'µs CPU', against: 'bare' }, [90], [10]), true],
    ['nothing measured', compare(READ), false],
    ['figure below the limit, whatever the ratio', compare(RESET, [0.4], [0.01]), true],
    ['figure above the limit', compare(RESET, [0.6], [0.01]), false]
  ]
  for (const [says, figure, reached] of rows) t.equal(isReached(figure), reached, says)
})

t.test('each round measures every subject once, every second round in reverse order', async (t) => {
  const order: string[] = []
  const samples = await inTurn(3, ['a', 'b'], async (subject) => order.push(subject))
  t.equal(order.join(''), 'abbaab')
  t.same(
    [...samples],
    [
      ['a', [1, 4, 5]],
      ['b', [2, 3, 6]]
    ]
  )
})

t.test('the turns of a phase send each call once, and the last one checks', async (t) => {
  const check = () => Promise.resolve()
  for (const count of [0, 1, 9, 10, 11, 5_000]) {
    const calls = Array.from({ length: count }, (_, i) => ({ method: 'GET', path: `/${i}`, status: 200 }) as const)
    const parts = cut({ calls, weight: -1, check })
    t.same(
      parts.flatMap((part) => part.calls),
      calls,
      `${count} calls`
    )
    t.ok(
      parts.every(({ weight }) => weight === -1),
      'with the weight of the phase'
    )
    t.same(
      parts.map((part) => part.check),
      [...parts.slice(1).map(() => undefined), check]
    )
  }
})

t.test('a run is dearer than the recorded one where a ratio rose by more than a quarter', async (t) => {
  const recorded = [compare(READ, [20], [20]), compare(RESET, [0.2], [0.02])]
  const rows: [says: string, figures: Figure[], dearer: string[]][] = [
    ['the same', recorded, []],
    ['a fifth more', [compare(READ, [24], [20])], []],
    ['a third more', [compare(READ, [27], [20])], ['read: 1.35, recorded 1.00']],
    ['a third less', [compare(READ, [13], [20])], []],
    ['three times the times, on a machine that is three times as slow', [compare(READ, [60], [60])], []],
    ['a dearer reset', [compare(RESET, [0.3], [0.02])], ['reset: 15.0, recorded 10.0']],
    ['a row that is not recorded', [compare({ ...READ, row: 'list' }, [90], [10])], []]
  ]
  for (const [says, figures, dearer] of rows) t.same(regressions(figures, recorded), dearer, says)
})

t.test('the figures are written between the marker lines', async (t) => {
  const folder = t.testdir({
    'README.md': 'Before\n\n<!-- figures -->\n<!-- /figures -->\n\nafter\n',
    'other.md': 'no markers'
  })
  for (const table of ['| one |', '| $& two |']) {
    writeFigures(`${folder}/README.md`, table)
    const wanted = `Before\n\n<!-- figures -->\n\n${table}\n\n<!-- /figures -->\n\nafter\n`
    t.equal(readFileSync(`${folder}/README.md`, 'utf8'), wanted)
  }
  t.throws(() => {
    writeFigures(`${folder}/other.md`, '')
  }, /has no lines/)
})

t.test('a report is a table with a row a figure, and says which goals are missed', async (t) => {
  const figures: Figure[] = [
    { ...READ, emulator: 52, other: 40, ratio: 1.3 },
    { ...READ, row: 'list', emulator: 1234, other: 40, ratio: 30.85, note: 'made anew' },
    { ...RESET, emulator: 0.25, other: 0.04, ratio: 6.25 },
    { row: 'size', unit: 'kB', against: 'before', emulator: 5, other: 5, ratio: 1 }
  ]
  const table = markdown(reportOf(figures, 7, 12.4))
  t.match(table, /^\d{4}-\d{2}-\d{2}, Node v\d+.*; 7 rounds, 12 s\.\n\n\| row \|/)
  t.match(table, /^\| read \| 52\.0 µs CPU \| 40\.0 µs CPU, bare \| 1\.30 \| 1\.3 \| {2}\|$/m)
  t.match(table, /^\| list \| 1234 µs CPU \| 40\.0 µs CPU, bare \| 30\.9 \| 1\.3 \| \*\*missed\*\*; made anew \|$/m)
  t.match(table, /^\| size \| 5\.00 kB \| 5\.00 kB, before \| 1\.00 \| {2}\| {2}\|$/m)
  t.match(table, /^\| reset \| 0\.250 ms CPU \| 0\.040 ms CPU, a read \| 6\.25 \| 0\.5 ms CPU \| {2}\|$/m)
})
