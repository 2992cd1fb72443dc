/**
 * Plays cases: each on its own, on an emulator that is back at the fixtures. Every answer on the way is held to the
 * envelope, and a refused write must have changed nothing.
 */
import type { Test } from 'tap'
import { DIALECT_NAMES, type DialectName } from '../../src/dialect.js'
import { isObject, type JsonValue } from '../../src/json.js'
import type { Settings } from '../../src/settings.js'
import { checkAnswer, checkEnvelope, FIRST_FAILURE } from './answer.js'
import type { Case, Expected, Step } from './case.js'
import { emulatorFor, type Call, type Reply, type Subject } from './emulator-under-test.js'

/** The moment at which every case begins, as a clock setting and in Gregorian seconds. */
export const NOON = Date.parse('2024-01-31T12:00:00Z')
export const NOW = 63873921600

/** The requests of a case in their order. */
export function requestsOf(one: Case): Call[] {
  return stepsOf(one).map(callOf)
}

export interface Player {
  /** Plays every case in each of these dialects, unless the case belongs to one. */
  play: (t: Test, cases: readonly Case[], dialects?: readonly DialectName[]) => Promise<void>
  /** Sends the requests of every case, and leaves it to the emulator under test to see that each answer has a name. */
  walk: (t: Test, cases: readonly Case[], dialect: DialectName) => Promise<void>
}

/** A player for one test file; it keeps one emulator for each set of settings. */
export function playerFor(t: Test): Player {
  const subjects = new Map<string, Promise<Subject>>()
  const subjectWith = (settings: Partial<Settings> = {}, dialect: DialectName) => {
    const key = JSON.stringify({ ...settings, dialect })
    const subject = subjects.get(key) ?? emulatorFor(t, { clock: NOON, ...settings, dialect })
    subjects.set(key, subject)
    return subject
  }
  return {
    async play(t, cases, dialects = DIALECT_NAMES) {
      for (const dialect of dialects) {
        for (const one of cases) {
          if (dialect !== (one.dialect ?? dialect)) continue
          await t.test(dialects.length > 1 ? `${one.title} (${dialect})` : one.title, async (t) => {
            const subject = await subjectWith(one.settings, dialect)
            setTheScene(subject, one)
            for (const step of stepsOf(one)) await take(t, subject, dialect, step)
          })
        }
      }
    },
    async walk(t, cases, dialect) {
      for (const one of cases) {
        const subject = await subjectWith(one.settings, dialect)
        setTheScene(subject, one)
        for (const step of stepsOf(one)) t.ok((await send(subject, step)).status, `${step.method} ${step.url}`)
      }
    }
  }
}

function setTheScene(subject: Subject, { numbers = [], discovered = [] }: Case): void {
  subject.reset()
  for (const number of numbers) subject.put(number)
  for (const e164 of discovered) subject.discover(e164)
}

interface Taken extends Step {
  /** Whether the step only leads to the request that the case is about. */
  isOnTheWay: boolean
}

function stepsOf(one: Case): Taken[] {
  if ('steps' in one) return one.steps.map((step) => ({ ...step, isOnTheWay: false }))
  const { given = [], when, expect, kazoo } = one
  const last = kazoo === undefined ? { expect } : { expect, kazoo }
  return [...given.map((step) => ({ ...step, isOnTheWay: true })), { ...when, ...last, isOnTheWay: false }]
}

/** Sends one step, and compares its answer with what is expected of it in this dialect. */
async function take(t: Test, subject: Subject, dialect: DialectName, step: Taken): Promise<void> {
  const { method, url, isOnTheWay } = step
  const success = method === 'PUT' ? 201 : 200
  const said: Expected = step.expect ?? { status: success }
  const expected = dialect === 'kazoo-4.3' ? (step.kazoo ?? said) : said
  const { status, text, changesSome = false } = expected
  const mustChangeNothing = status >= FIRST_FAILURE && method !== 'GET' && !isOnTheWay && !changesSome
  const before = mustChangeNothing ? await storedNumbers(subject) : undefined
  const reply = await send(subject, step)
  checkAnswer(t, reply, expected)
  const isBare = text !== undefined || (['HEAD', 'OPTIONS'].includes(method) && reply.text === '')
  if (!url.startsWith('/__admin/') && !isBare) checkEnvelope(t, reply, success, dialect)
  if (before !== undefined) t.strictSame(await storedNumbers(subject), before, 'a refusal changes nothing')
}

async function send(subject: Subject, step: Taken): Promise<Reply> {
  const { after = 0 } = step
  if (after > 0) subject.advance(after)
  return subject.call(callOf(step))
}

function callOf({ after: _, expect: __, kazoo: ___, isOnTheWay: ____, ...call }: Taken): Call {
  return call
}

/** Every number that the emulator has a record of, with all that is stored of it. */
export async function storedNumbers({ call }: { call: (call: Call) => Promise<Reply> }): Promise<JsonValue> {
  const { body } = await call({ method: 'GET', url: '/__admin/state' })
  return isObject(body) ? (body.numbers ?? null) : null
}
