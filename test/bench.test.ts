import t from 'tap'
import { regressions } from '../bench/check.js'
import { againstLimit, type Figure } from '../bench/figures.js'
import { closely, inTurn, median, medianRatio } from '../bench/rounds.js'

/** Microseconds that the bare server takes for an answer. */
const BARE = 20

/** A request of the emulator against the bare server, which takes `bare` for it. */
const request = (row: string, ratio: number, bare = BARE): Figure => ({
  row,
  unit: 'µs CPU',
  emulator: ratio * bare,
  yardstick: bare,
  ratio,
  goal: 1
})
const READ = 'read one number'
const RESET = 'reset after 100 purchases'
const SANDBOX = 'a sandbox made and first used'
const MEMORY = 'memory of a sandbox'
const RECORDED = [
  request(READ, 0.8),
  againstLimit(RESET, 'ms', 0.03, 0.1),
  againstLimit(SANDBOX, 'ms CPU', 0.4, 1),
  againstLimit(MEMORY, 'kB', 45, 100)
]

const RUNS: [says: string, figures: Figure[], dearer: string[]][] = [
  ['what it was', RECORDED, []],
  ['a fifth more', [request(READ, 0.96)], []],
  ['a third more', [request(READ, 1.07)], [READ]],
  ['rows that nobody has recorded', [request(READ, 0.8), request('list of 50', 9), request('new', 9)], []],
  ['twice the memory', [request(READ, 0.8), againstLimit(MEMORY, 'kB', 90, 100)], [MEMORY]],
  [
    'twice the memory on a slower machine',
    [request(READ, 0.8, 3 * BARE), againstLimit(MEMORY, 'kB', 90, 100)],
    [MEMORY]
  ],
  ['a third more time on the processor', [request(READ, 0.8), againstLimit(SANDBOX, 'ms CPU', 0.53, 1)], [SANDBOX]],
  [
    'three times the times, on a machine that is three times as slow',
    [request(READ, 0.8, 3 * BARE), againstLimit(SANDBOX, 'ms CPU', 1.2, 1), againstLimit(RESET, 'ms', 0.2, 0.1)],
    []
  ],
  [
    'the same times, on a machine that is twice as fast',
    [request(READ, 0.8, BARE / 2), againstLimit(SANDBOX, 'ms CPU', 0.4, 1)],
    [SANDBOX]
  ],
  ['twice the time by the clock, below its limit', [request(READ, 0.8), againstLimit(RESET, 'ms', 0.06, 0.1)], []],
  ['more time by the clock than its limit', [request(READ, 0.8), againstLimit(RESET, 'ms', 0.11, 0.1)], [RESET]]
]

t.test('a run is dearer than the recorded one where a ratio is, whatever the machine', async (t) => {
  const folder = t.testdir({ 'recorded.json': JSON.stringify({ figures: RECORDED }) })
  for (const [says, figures, dearer] of RUNS) {
    const found = regressions(`${folder}/recorded.json`, figures)
    t.same(
      found.map((line) => line.replace(/:.*/, '')),
      dearer,
      says
    )
  }
})

t.test('the middle of rounds is that of their values', async (t) => {
  const middles: [values: number[], middle: number][] = [
    [[3], 3],
    [[9, 1, 2], 2],
    [[4, 1, 2, 9], 3]
  ]
  for (const [values, middle] of middles) t.equal(median(values), middle, String(values))
  t.equal(medianRatio([2, 9, 12], [1, 3, 4]), 3)
  t.ok(Number.isNaN(medianRatio([1], [])), 'nothing to compare with is no ratio')
  t.ok(Number.isNaN(median([])), 'nothing has no middle')
  t.equal(closely(7), 14)
})

t.test('each round measures everything once, every other the other way round', async (t) => {
  const met: string[] = []
  const samples = await inTurn(3, ['a', 'b'], async (subject) => {
    met.push(subject)
    return { cpu: met.length }
  })
  t.equal(met.join(''), 'abbaab')
  t.same(
    [...samples],
    [
      ['a', [{ cpu: 1 }, { cpu: 4 }, { cpu: 5 }]],
      ['b', [{ cpu: 2 }, { cpu: 3 }, { cpu: 6 }]]
    ]
  )
})
