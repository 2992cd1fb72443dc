/** Random journeys of several accounts, each step beside the model of the reference implementation's rules. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { DialectName } from '../../src/dialect.js'
import { isObject } from '../../src/json.js'
import { type AccountName, ACCOUNTS, numbersOf } from '../harness/calls.js'
import { type Reply, type Subject } from '../harness/emulator-under-test.js'
import { type Asked, Model } from './model.js'
import { outcomeOf } from './outcome.js'

const CALLERS = ['master', 'demo', 'child', 'stranger', 'no-additions'] as const
const NUMBERS = ['+14157770001', '+14157770002']
const VERBS = ['create', 'port', 'activate', 'reserve', 'post', 'patch', 'release', 'hard', 'get', 'identify'] as const
const BULK = ['create', 'activate', 'post', 'patch', 'release', 'hard'] as const
/** Reserved more often than the others: it has the most rules. */
const STATES = ['available', 'aging', 'in_service', 'reserved', 'reserved', 'reserved', 'port_in', 'released']

const WIRE = {
  create: ['PUT', ''],
  port: ['PUT', '/port'],
  activate: ['PUT', '/activate'],
  reserve: ['PUT', '/reserve'],
  post: ['POST', ''],
  patch: ['PATCH', ''],
  release: ['DELETE', ''],
  hard: ['DELETE', '?hard=true'],
  get: ['GET', ''],
  identify: ['GET', '/identify']
} as const

/** One step of a journey. */
type Step =
  | { kind: 'one'; e164: string; asked: Asked }
  | { kind: 'many'; numbers: readonly string[]; asked: Asked; accepts: boolean }
  | { kind: 'search'; e164: string; as: AccountName }

const caller: fc.Arbitrary<AccountName> = fc.constantFrom(...CALLERS)
const number = fc.constantFrom(...NUMBERS)
/** Mostly the caller's own path, now and then that of another account. */
const asker = fc
  .tuple(caller, caller, fc.nat(3))
  .map(([as, other, often]): { as: AccountName; on: AccountName } => ({ as, on: often > 0 ? as : other }))
const fields = fc.record({
  into: fc.option(fc.constantFrom(...STATES), { nil: undefined, freq: 2 }),
  note: fc.option(fc.nat(3), { nil: undefined })
})
const one = fc
  .tuple(asker, fc.constantFrom(...VERBS, 'create' as const, 'create' as const), number, fields)
  .map(([who, verb, e164, { into, note }]): Step => ({
    kind: 'one',
    e164,
    asked: { ...who, verb, note, ...(verb === 'create' ? { into } : {}) }
  }))
const many = fc
  .tuple(asker, fc.constantFrom(...BULK), fc.subarray(NUMBERS, { minLength: 1 }), fc.boolean(), fc.nat(3))
  .map(([who, verb, numbers, accepts, note]): Step => ({
    kind: 'many',
    numbers,
    accepts,
    asked: { ...who, verb, note }
  }))
const search = fc.tuple(number, caller).map(([e164, as]): Step => ({ kind: 'search', e164, as }))
const journeys = fc.array(fc.oneof({ weight: 8, arbitrary: one }, { weight: 2, arbitrary: many }, search), {
  minLength: 10,
  maxLength: 40
})

function dataOf({ into, note }: Asked): Record<string, unknown> {
  return { ...(into === undefined ? {} : { create_with_state: into }), ...(note === undefined ? {} : { note }) }
}

/** The records of the emulator, in the words of the model. */
function recordsOf(emulator: Subject): unknown[] {
  return NUMBERS.flatMap((e164) => {
    const found = emulator.find(e164)
    if (found === undefined) return []
    const { state, owner, carrier, history, document } = found
    return [{ e164, state, owner, carrier, history, note: document.note }]
  })
}

async function take(emulator: Subject, model: Model, step: Step, dialect: DialectName): Promise<Model> {
  if (step.kind === 'search') {
    await emulator.call({
      method: 'GET',
      url: `/v2/phone_numbers?prefix=${step.e164.slice(2)}`,
      token: `${step.as}-token`
    })
    model.search(step.e164)
    return model
  }
  const { as, on } = step.asked
  const [method, path] = WIRE[step.asked.verb]
  const numbers = numbersOf(ACCOUNTS[on])
  const token = `${as}-token`
  if (step.kind === 'one') {
    const url = `${numbers}/${encodeURIComponent(step.e164)}${path}`
    const reply = await emulator.call({ method, url, token, body: { data: dataOf(step.asked) } })
    assert.equal(outcomeOf(reply, step.e164), model.ask(step.e164, step.asked))
    return model
  }
  const data = { ...dataOf(step.asked), numbers: step.numbers }
  const body = { data, accept_charges: step.accepts }
  const reply = await emulator.call({ method, url: `${numbers}/collection${path}`, token, body })
  return askMany(model, step, reply, dialect)
}

/** A collection is its numbers, one after the other; in `oneuc` all of them or none, unless charges are accepted. */
function askMany(
  model: Model,
  { numbers, asked, accepts }: Extract<Step, { kind: 'many' }>,
  reply: Reply,
  dialect: DialectName
): Model {
  const tried = model.copy()
  const outcomes = numbers.map((e164): [string, string] => [e164, tried.ask(e164, asked)])
  if (outcomes.some(([, outcome]) => outcome === '403 account')) {
    assert.equal(reply.status, 403)
    return model
  }
  const failed = outcomes.filter(([, outcome]) => /^\d/.test(outcome)).map(([e164]) => e164)
  const good = outcomes.filter(([, outcome]) => !/^\d/.test(outcome))
  const isRefused = dialect === 'oneuc' && failed.length > 0
  const { data } = reply.body
  assert.ok(isObject(data))
  assert.equal(reply.status, isRefused ? 400 : WIRE[asked.verb][0] === 'PUT' ? 201 : 200)
  const errors = isRefused ? data : data.error
  assert.deepEqual(Object.keys(isObject(errors) ? errors : {}).sort(), failed)
  if (!isRefused) {
    const success = Object.entries(isObject(data.success) ? data.success : {})
    assert.deepEqual(success.map(([e164, view]) => [e164, isObject(view) ? view.state : view]).sort(), good)
  }
  return isRefused && !accepts ? model : tried
}

/** Rejects with the shortest journey that does not go as the rules say. */
export async function goByTheRules(emulator: Subject, dialect: DialectName, numRuns: number): Promise<void> {
  const property = fc.asyncProperty(journeys, async (steps) => {
    emulator.reset()
    let model = new Model(dialect)
    for (const step of steps) {
      model = await take(emulator, model, step, dialect)
      assert.deepEqual(recordsOf(emulator), model.records)
    }
  })
  await fc.assert(property, { numRuns })
}
