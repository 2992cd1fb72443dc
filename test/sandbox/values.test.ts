import t from 'tap'
import { descendants, isWithin, unknownAccount, type Accounts } from '../../src/sandbox/accounts.js'
import { AdjustableClock, GREGORIAN_EPOCH_SECONDS } from '../../src/sandbox/clock.js'
import { createIdentifiers, revisionOf } from '../../src/sandbox/identifiers.js'
import { TokenBuckets } from '../../src/sandbox/token-buckets.js'

t.test('An account is within itself and within its ancestors', async (t) => {
  const tree: [id: string, parent: string | null][] = [
    ['master', null],
    ['reseller', 'master'],
    ['demo', 'reseller'],
    ['child', 'demo'],
    ['stranger', 'reseller']
  ]
  const accounts: Accounts = new Map(tree.map(([id, parent]) => [id, { ...unknownAccount(id), parent }]))
  const cases: [ancestor: string, descendant: string, isIn: boolean][] = [
    ['demo', 'demo', true],
    ['demo', 'child', true],
    ['master', 'child', true],
    ['child', 'demo', false],
    ['stranger', 'demo', false],
    ['demo', 'unknown', false],
    ['unknown', 'unknown', true]
  ]
  for (const [ancestor, descendant, isIn] of cases) {
    t.equal(isWithin(accounts, ancestor, descendant), isIn, `${descendant} in ${ancestor}`)
  }
  t.same(descendants(accounts, 'reseller'), ['demo', 'child', 'stranger'])
  t.same(descendants(accounts, 'child'), [])
  t.same(descendants(accounts, 'unknown'), [])
})

t.test('An account that no fixture describes is a customer without relatives', async (t) => {
  t.match(unknownAccount('x'), { id: 'x', parent: null, admin: false, additions: true, token: '' })
})

t.test('Ids are 32 hex digits, and the same on every run with a random seed', async (t) => {
  const drawn = (seed?: number) => {
    const identifiers = createIdentifiers(seed)
    return [identifiers.next(), identifiers.next(), identifiers.next()]
  }
  for (const id of [...drawn(), ...drawn(5)]) t.match(id, /^[0-9a-f]{32}$/)
  t.same(drawn(5), drawn(5))
  t.equal(new Set([...drawn(5), ...drawn(6), ...drawn(), ...drawn()]).size, 12)
  t.equal(drawn(5)[0], '3c02e5632639cdcc9f25a95623079fcf')
  t.equal(revisionOf('{}'), '99914b932bd37a50b983c5e7c90ae93b')
  t.not(revisionOf('{}'), revisionOf('[]'))
})

t.test('Time is counted in Gregorian seconds', async (t) => {
  const at = Date.parse('2016-08-04T17:41:15Z')
  t.equal(new AdjustableClock(() => at).now(), 63_637_551_675)
  t.equal(new AdjustableClock(() => 1_999).now(), GREGORIAN_EPOCH_SECONDS + 1)
  t.equal(new AdjustableClock(() => 1_999).nowMs(), 1_999)
})

t.test('A clock can be stopped, set, advanced and run at any speed', async (t) => {
  let real = 1_000
  const clock = new AdjustableClock(() => real)
  const steps: [says: string, turn: () => void, shows: number, rate: number][] = [
    ['it goes with the real time', () => (real += 500), 1_500, 1],
    [
      'wound on',
      () => {
        clock.advance(10_000)
      },
      11_500,
      1
    ],
    ['it goes on from there', () => (real += 500), 12_000, 1],
    [
      'frozen',
      () => {
        clock.set(clock.nowMs(), 0)
      },
      12_000,
      0
    ],
    ['it stands', () => (real += 500), 12_000, 0],
    [
      'even then it can be wound on',
      () => {
        clock.advance(1)
      },
      12_001,
      0
    ],
    [
      'and set',
      () => {
        clock.set(50_000)
      },
      50_000,
      0
    ],
    [
      'sixty times as fast',
      () => {
        clock.set(clock.nowMs(), 60)
      },
      50_000,
      60
    ],
    ['a second is a minute', () => (real += 1_000), 110_000, 60],
    [
      'set back',
      () => {
        clock.set(5)
      },
      5,
      60
    ],
    [
      'but never before the year 0',
      () => {
        clock.set(-1e15)
      },
      -62_167_219_200_000,
      60
    ],
    [
      'nor after the year 9999',
      () => {
        clock.advance(1e15)
      },
      253_402_300_799_999,
      60
    ],
    ['and there it stays', () => (real += 1_000), 253_402_300_799_999, 60]
  ]
  for (const [says, turn, shows, rate] of steps) {
    turn()
    t.equal(clock.nowMs(), shows, says)
    t.equal(clock.rate, rate, `${says}: rate`)
  }
  clock.reset()
  t.same([clock.nowMs(), clock.rate], [real, 1], 'as it was made')
})

t.test('A clock can be restored', async (t) => {
  let real = 1_000
  const clock = new AdjustableClock(() => real)
  clock.set(clock.nowMs(), 2)
  const { state } = clock
  clock.set(99_000)
  clock.set(clock.nowMs(), 0)
  clock.restore(state)
  real += 500
  t.same([clock.nowMs(), clock.rate], [2_000, 2])
})

t.test('A clock that is frozen at a time shows that time, however long the call takes', async (t) => {
  let real = 1_000
  const clock = new AdjustableClock(() => real++)
  clock.set(99_000, 0)
  t.same([clock.nowMs(), clock.rate], [99_000, 0])
})

t.test('A clock that was created frozen is frozen again after a reset', async (t) => {
  let real = 1_000
  const clock = new AdjustableClock(() => real, 5_000)
  real += 1_000
  t.equal(clock.nowMs(), 5_000)
  clock.set(clock.nowMs(), 1)
  real += 1_000
  t.equal(clock.nowMs(), 6_000)
  clock.reset()
  t.equal(clock.nowMs(), 5_000)
  t.equal(clock.rate, 0)
})

t.test('Among too many clients, the one that was silent longest gets a full bucket again', async (t) => {
  const buckets = new TokenBuckets()
  const size = { size: 100, refill: 10 }
  t.equal(buckets.take('first', 100, 0, size), 0)
  t.equal(buckets.take('first', 1, 0, size), 1, 'its bucket is empty')
  for (let asker = 0; asker < 10_000; asker++) buckets.take(String(asker), 1, 0, size)
  t.equal(buckets.take('first', 100, 0, size), 0, 'it was forgotten')
})
