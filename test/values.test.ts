import t from 'tap'
import { descendants, isWithin, unknownAccount, type Accounts } from '../src/sandbox/accounts.js'
import { AdjustableClock, GREGORIAN_EPOCH_SECONDS } from '../src/sandbox/clock.js'
import { exampleProblem } from '../src/contract/example-problems.js'
import { OPERATIONS, type Operation } from '../src/contract/outcomes.js'
import { createIdentifiers, revisionOf } from '../src/sandbox/identifiers.js'
import { isObject, sameJson, type JsonValue } from '../src/json.js'
import { packageRoot } from '../src/package.js'
import { RegexTimeoutError, safeRegex } from '../src/journal/safe-regex.js'
import { PROBLEMS, type Kind } from '../src/problems.js'
import { TokenBuckets } from '../src/sandbox/token-buckets.js'

t.test('an account is within itself and whatever is above it', async (t) => {
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

t.test('an account that nobody described is a customer without relatives', async (t) => {
  t.match(unknownAccount('x'), { id: 'x', parent: null, admin: false, additions: true, token: '' })
})

t.test('JSON is the same whatever the order of its keys', async (t) => {
  const cases: [one: JsonValue | undefined, other: JsonValue | undefined, isSame: boolean][] = [
    [1, 1, true],
    [1, '1', false],
    [null, null, true],
    [null, undefined, false],
    [undefined, undefined, true],
    [{}, [], false],
    [[], {}, false],
    [{}, null, false],
    [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1, c: 2 }, false],
    [{ a: { b: 1 } }, { a: { b: 2 } }, false],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [{ toString: 1 }, { a: 1 }, false]
  ]
  for (const [one, other, isSame] of cases) {
    t.equal(sameJson(one, other), isSame, `${JSON.stringify(one)} and ${JSON.stringify(other)}`)
  }
  for (const value of [null, [], 'text', 5, undefined]) t.notOk(isObject(value), JSON.stringify(value))
  t.ok(isObject({}))
})

t.test('ids are 32 hex digits, the same on every run when they are seeded', async (t) => {
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

t.test('a program that was taken out of its package says so, and does not look for it forever', async (t) => {
  t.throws(() => packageRoot('file:///nowhere/at/all/emulator.js'), {
    message: /^\/nowhere\/at\/all\/emulator\.js is no part of its package/
  })
})

t.test('time is counted in Gregorian seconds', async (t) => {
  const at = Date.parse('2016-08-04T17:41:15Z')
  t.equal(new AdjustableClock(() => at).now(), 63_637_551_675)
  t.equal(new AdjustableClock(() => 1_999).now(), GREGORIAN_EPOCH_SECONDS + 1)
  t.equal(new AdjustableClock(() => 1_999).nowMs(), 1_999)
})

t.test('a clock can be stopped, set, wound on and let run at any speed', async (t) => {
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
        clock.run(0)
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
        clock.run(60)
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

t.test('a clock can be put back to where it was', async (t) => {
  let real = 1_000
  const clock = new AdjustableClock(() => real)
  clock.run(2)
  const { state } = clock
  clock.set(99_000)
  clock.run(0)
  clock.restore(state)
  real += 500
  t.same([clock.nowMs(), clock.rate], [2_000, 2])
})

t.test('a clock that was made frozen is so again after a reset', async (t) => {
  let real = 1_000
  const clock = new AdjustableClock(() => real, 5_000)
  real += 1_000
  t.equal(clock.nowMs(), 5_000)
  clock.run(1)
  real += 1_000
  t.equal(clock.nowMs(), 6_000)
  clock.reset()
  t.equal(clock.nowMs(), 5_000)
  t.equal(clock.rate, 0)
})

t.test('an expression that keeps being slow is looked at no more', async (t) => {
  const test = safeRegex('(a+)+!')
  t.equal(test('aaa!'), true)
  for (let look = 0; look < 10; look++) t.throws(() => test('a'.repeat(40)), RegexTimeoutError)
  t.throws(() => test('aaa!'), RegexTimeoutError, 'not even where it would be quick')
})

t.test('every failure can be asked for, and says what it is about in JSON', async (t) => {
  const number = '+14155550142'
  const subjects = [
    { numbers: [number], account: 'demo', address: { locality: 'SAN FRANCISCO' } },
    { numbers: [], account: '', address: {} }
  ]
  for (const kind of Object.keys(PROBLEMS) as Kind[]) {
    for (const subject of subjects) {
      const { status, title, data } = exampleProblem(kind, subject)
      t.equal(status, PROBLEMS[kind].status, kind)
      t.equal(title, PROBLEMS[kind].message, kind)
      t.same(JSON.parse(JSON.stringify(data)), data, `${kind} is JSON`)
    }
  }
  const about: [kind: Kind, said: string][] = [
    ['number_exists', number],
    ['client_error', number],
    ['account_unknown', 'demo'],
    ['multiple_choice', 'SAN FRANCISCO']
  ]
  for (const [kind, said] of about) {
    const [subject] = subjects
    if (subject !== undefined) t.ok(JSON.stringify(exampleProblem(kind, subject).data).includes(said), kind)
  }
})

t.test('every outcome of an operation has a name of its own and is a failure that exists, or a success', async (t) => {
  for (const [name, { outcomes }] of Object.entries<Operation>(OPERATIONS)) {
    t.equal(new Set(outcomes.map((outcome) => outcome.name)).size, outcomes.length, name)
    t.same(
      outcomes.filter(({ kind }) => kind === undefined).map((outcome) => outcome.name),
      ['success'],
      name
    )
    for (const { kind } of outcomes) if (kind !== undefined) t.ok(Object.hasOwn(PROBLEMS, kind), `${name}: ${kind}`)
  }
})

t.test('of more askers than can be kept apart, the one that was silent longest begins anew', async (t) => {
  const buckets = new TokenBuckets()
  t.equal(buckets.take('first', 100, 0), 0)
  t.equal(buckets.take('first', 1, 0), 1, 'its bucket is empty')
  for (let asker = 0; asker < 10_000; asker++) buckets.take(String(asker), 1, 0)
  t.equal(buckets.take('first', 100, 0), 0, 'it was forgotten')
})
