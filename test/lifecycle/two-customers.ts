/**
 * Random journeys of two customers through the documented calls, beside a plain model of what a number can be and whose it
 * is. The numbers are the ten of one prefix, so that a search can be told in full.
 */
import { deepStrictEqual, equal } from 'node:assert/strict'
import fc from 'fast-check'
import type { JsonObject, JsonValue } from '../../src/json.js'
import * as calls from '../harness/calls.js'
import { numbersIn, valueAt } from '../harness/answer.js'
import { ADDRESS, NEW, OTHER } from '../harness/calls.js'
import type { Call, Reply } from '../harness/emulator-under-test.js'

const PREFIX = '415200001'
const NUMBERS = Array.from({ length: 10 }, (_, i) => `+1${PREFIX}${i}`)
const ACCOUNTS = [NEW, OTHER] as const

/** Makes the calls of a journey. */
export interface Caller {
  call: (call: Call) => Promise<Reply>
}

/** The fields that a customer stores: an own one, and an address. */
interface Fields {
  team?: string
  isLocated: boolean
}

/** A number with a record: in service at its owner, or available where there is none. */
interface Held extends Fields {
  owner: string | undefined
}

/** The numbers as they should be by the document. */
interface Model {
  held: Map<string, Held>
  offered: Set<string>
}

type Step =
  | { does: 'search'; quantity: number; offset: number }
  | { does: 'searchWithin'; account: string; quantity: number; offset: number }
  | { does: 'buy'; account: string; number: string; fields: Fields }
  | { does: 'buyAll'; account: string; numbers: string[]; accepts: boolean }
  | { does: 'list'; account: string; size: number }
  | { does: 'read'; account: string; number: string }
  | { does: 'store'; account: string; number: string; fields: Fields }
  | { does: 'release'; account: string; number: string }

const account = fc.constantFrom(...ACCOUNTS)
const number = fc.constantFrom(...NUMBERS)
const page = { quantity: fc.integer({ min: 1, max: 12 }), offset: fc.integer({ min: 0, max: 2 }) }
const fields: fc.Arbitrary<Fields> = fc.record(
  { team: fc.constantFrom('blue', 'red'), isLocated: fc.boolean() },
  { requiredKeys: ['isLocated'] }
)

/** Searches and purchases are frequent, or most journeys would meet nothing but refusals. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('search' as const), ...page }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('searchWithin' as const), account, ...page }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('buy' as const), account, number, fields }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('buyAll' as const),
      account,
      numbers: fc.uniqueArray(number, { minLength: 1, maxLength: 4 }),
      accepts: fc.boolean()
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('list' as const), account, size: fc.integer({ min: 1, max: 4 }) })
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('read' as const), account, number }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('store' as const), account, number, fields }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('release' as const), account, number }) }
)

/** A journey from the fixtures on, step by step beside its model. */
export async function go(caller: Caller, steps: readonly Step[]): Promise<void> {
  const model: Model = { held: new Map(), offered: new Set() }
  for (const one of steps) await take(caller, model, one)
  await seeEverything(caller, model)
}

/** At the end both lists and the search say what the model says. */
async function seeEverything(subject: Caller, model: Model): Promise<void> {
  for (const account of ACCOUNTS) {
    await take(subject, model, { does: 'list', account, size: 3 })
    for (const number of NUMBERS) await take(subject, model, { does: 'read', account, number })
    await take(subject, model, { does: 'searchWithin', account, quantity: 12, offset: 0 })
  }
  await take(subject, model, { does: 'search', quantity: 12, offset: 0 })
}

async function take(subject: Caller, model: Model, step: Step): Promise<void> {
  switch (step.does) {
    case 'search':
      return search(subject, model, step)
    case 'searchWithin':
      return searchWithin(subject, model, step)
    case 'buy':
      return buy(subject, model, step)
    case 'buyAll':
      return buyAll(subject, model, step)
    case 'list':
      return list(subject, model, step)
    case 'read':
      return read(subject, model, step)
    case 'store':
      return store(subject, model, step)
    case 'release':
      return release(subject, model, step)
  }
}

type Of<Does extends Step['does']> = Extract<Step, { does: Does }>

async function search({ call }: Caller, model: Model, { quantity, offset }: Of<'search'>): Promise<void> {
  const { status, body } = await call({
    method: 'GET',
    url: `/v2/phone_numbers?prefix=${PREFIX}&quantity=${quantity}&offset=${offset}`
  })
  const expected = [...pool(model), ...unrecorded(model)].slice(offset * quantity, (offset + 1) * quantity)
  equal(status, 200)
  deepStrictEqual(numbersIn(body), expected, 'the search offers released numbers and those without a record')
  for (const found of expected) model.offered.add(found)
}

async function searchWithin(
  { call }: Caller,
  model: Model,
  { account, quantity, offset }: Of<'searchWithin'>
): Promise<void> {
  const { status, body } = await call(
    calls.searchWithin(`prefix=${PREFIX}&quantity=${quantity}&offset=${offset}`, account)
  )
  const found = (numbers: readonly string[], state: string) => numbers.map((number) => ({ number, state }))
  const expected = [
    ...found(ownedBy(model, account), 'in_service'),
    ...found(pool(model), 'available'),
    ...found(unrecorded(model), 'discovery')
  ].slice(offset * quantity, (offset + 1) * quantity)
  equal(status, 200)
  deepStrictEqual(body.data, expected, 'the search within an account begins with its own')
  for (const { number } of expected) model.offered.add(number)
}

async function buy({ call }: Caller, model: Model, { account, number, fields }: Of<'buy'>): Promise<void> {
  const reply = await call(calls.buy(number, account, { data: dataOf(fields) }))
  const refusal = refusalOf(model, account, number)
  equal(reply.status, refusal?.status ?? 201, `${account} buys ${number}`)
  if (refusal !== undefined) deepStrictEqual(reply.body.data, refusal.data)
  else {
    model.held.set(number, { ...fields, owner: account })
    checkDocument(model, number, reply.body.data)
  }
}

async function buyAll({ call }: Caller, model: Model, { account, numbers, accepts }: Of<'buyAll'>): Promise<void> {
  const reply = await call(calls.buyAll(numbers, { accept_charges: accepts }, account))
  const refusals = numbers.flatMap((number) => {
    const refusal = refusalOf(model, account, number)
    return refusal === undefined ? [] : [[number, refusal.data] as const]
  })
  const refused = new Map<string, JsonObject>(refusals)
  equal(reply.status, refused.size > 0 ? 400 : 201, `${account} buys ${numbers.join(', ')}`)
  if (refused.size > 0) deepStrictEqual(reply.body.data, Object.fromEntries(refused))
  if (refused.size > 0 && !accepts) return
  for (const number of numbers.filter((one) => !refused.has(one))) {
    model.held.set(number, { owner: account, isLocated: false })
    if (refused.size === 0) checkDocument(model, number, valueAt(reply.body, `/data/success/${number}`))
  }
}

async function list({ call }: Caller, model: Model, { account, size }: Of<'list'>): Promise<void> {
  const seen: string[] = []
  let start: string | undefined
  do {
    const key: string = start === undefined ? '' : `&start_key=${encodeURIComponent(start)}`
    const { status, body }: Reply = await call(calls.list(`?page_size=${size}${key}`, account))
    equal(status, 200)
    for (const number of numbersIn(body)) {
      const held = model.held.get(number)
      equal(valueAt(body, `/data/numbers/${number}/assigned_to`), account)
      equal(valueAt(body, `/data/numbers/${number}/state`), 'in_service')
      deepStrictEqual(valueAt(body, `/data/numbers/${number}/features`), held?.isLocated === true ? ['e911'] : [])
      seen.push(number)
    }
    start = typeof body.next_start_key === 'string' ? body.next_start_key : undefined
  } while (start !== undefined)
  deepStrictEqual(seen, ownedBy(model, account), 'the pages of a list are what the account has')
}

async function read({ call }: Caller, model: Model, { account, number }: Of<'read'>): Promise<void> {
  const { status, body } = await call(calls.read(number, account))
  const isOwn = model.held.get(number)?.owner === account
  equal(status, isOwn ? 200 : 404, `${account} reads ${number}`)
  if (isOwn) checkDocument(model, number, body.data)
}

async function store({ call }: Caller, model: Model, { account, number, fields }: Of<'store'>): Promise<void> {
  const { status, body } = await call(calls.store(number, dataOf(fields), account))
  const held = model.held.get(number)
  equal(status, storeStatus(held, account, fields), `${account} stores fields with ${number}`)
  if (held === undefined || status !== 200) return
  model.held.set(number, { ...fields, owner: held.owner })
  checkDocument(model, number, body.data)
}

/** Any account may store fields with an available number; carrier features are refused there (reference implementation). */
function storeStatus(held: Held | undefined, account: string, { isLocated }: Fields): number {
  if (held === undefined) return 404
  if (held.owner === undefined) return isLocated ? 403 : 200
  return held.owner === account ? 200 : 403
}

async function release({ call }: Caller, model: Model, { account, number }: Of<'release'>): Promise<void> {
  const { status, body } = await call(calls.release(number, account))
  const isOwn = model.held.get(number)?.owner === account
  equal(status, isOwn ? 200 : 404, `${account} releases ${number}`)
  if (!isOwn) return
  model.held.set(number, { owner: undefined, isLocated: false })
  checkDocument(model, number, body.data)
}

/** Why an account cannot buy a number, if so. */
function refusalOf({ held, offered }: Model, account: string, number: string) {
  const known = held.get(number)
  if (known === undefined) {
    const data = { code: 500, error: 'unspecified_fault', message: 'missing_provider_url' }
    return offered.has(number) ? undefined : { status: 500, data }
  }
  const data = { code: 403, error: 'forbidden', message: 'requestor is unauthorized to perform operation' }
  return known.owner === undefined || known.owner === account ? undefined : { status: 403, data }
}

function pool({ held }: Model): string[] {
  return NUMBERS.filter((number) => held.has(number) && held.get(number)?.owner === undefined)
}

function unrecorded({ held }: Model): string[] {
  return NUMBERS.filter((number) => !held.has(number))
}

function ownedBy({ held }: Model, account: string): string[] {
  return NUMBERS.filter((number) => held.get(number)?.owner === account)
}

function dataOf({ team, isLocated }: Fields): JsonObject {
  return { ...(team === undefined ? {} : { team }), ...(isLocated ? { e911: ADDRESS } : {}) }
}

/** The document of a number is its state and what was stored last, and nothing of any earlier owner. */
function checkDocument({ held }: Model, number: string, document: JsonValue | undefined): void {
  const { owner, team, isLocated } = held.get(number) ?? { owner: undefined, isLocated: false }
  const at = (pointer: string) => valueAt(document ?? null, pointer)
  const state = owner === undefined ? 'available' : 'in_service'
  deepStrictEqual(
    [at('/id'), at('/state'), at('/_read_only/state'), at('/team'), at('/features'), at('/e911/status')],
    [number, state, state, team, isLocated ? ['e911'] : undefined, isLocated ? 'PROVISIONED' : undefined]
  )
}
