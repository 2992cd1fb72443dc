import { buy, change, dataOf, list, read, remove, search, send, type Call, type Story } from './calls.js'

/** Calls that the client sends together. One connection sends the calls of a story, one after the other. */
export interface Phase {
  calls: readonly (Call | Story)[]
  /** How often the CPU of this phase counts; -1 takes it off what the other phases cost. */
  weight: 1 | -1
  /** Throws if the server did not do what it answered. */
  check?: (port: number) => Promise<void>
}

/** The load of a row. */
export interface Work {
  name: string
  /** How many units of work a run measures: requests, or a purchase with its removal. */
  units: number
  /** Whether the figure is that of calls that only read. */
  readsOnly: boolean
  /** Brings a server into the state that the work begins from, and makes the calls for so many units. */
  prepare: (port: number, units: number) => Promise<Phase[]>
}

const AREA_CODES = ['415', '212', '312', '404', '503', '602', '713', '808', '901', '206']
const PAGE = 50
const OWNED = 60
const STOCK_PREFIX = '202'
const SHOP_PREFIX = '212'
const MIXED_PREFIX = '312'

/** Searches for two numbers, page by page from `first` on. No page is asked for twice. */
export function searches(name = 'search', first = 0, areaCodes = AREA_CODES): Work {
  const next = pages(first, areaCodes)
  return {
    name,
    units: 5_000,
    readsOnly: true,
    prepare: async (_port, units) => [{ calls: repeat(units, next), weight: 1 }]
  }
}

function pages(first: number, areaCodes: readonly string[]): () => Call {
  let turn = 0
  return () => {
    const call = search(areaCodes[turn % areaCodes.length] ?? '', 2, first + Math.floor(turn / areaCodes.length))
    turn++
    return call
  }
}

export const reads: Work = {
  name: 'read',
  units: 5_000,
  readsOnly: true,
  prepare: async (port, units) => {
    const numbers = await stock(port)
    return [{ calls: repeat(units, (i) => read(at(numbers, i))), weight: 1 }]
  }
}

/** Lists, between two of which a number of the page changes. The same changes alone are taken off. */
export const lists: Work = {
  name: `list of ${PAGE}, made anew`,
  units: 2_000,
  readsOnly: true,
  prepare: async (port, units) => {
    const numbers = (await stock(port)).slice(0, PAGE)
    const changes = (round: string) => repeat(units, (i) => change(at(numbers, i), `${round} ${i}`))
    return [
      { calls: changes('alone'), weight: -1 },
      { calls: changes('between').flatMap((call) => [call, list(PAGE)]), weight: 1 }
    ]
  }
}

export const purchases: Work = {
  name: 'buy + remove',
  units: 3_000,
  readsOnly: false,
  prepare: async (port, units) => {
    const numbers = await searchFor(port, SHOP_PREFIX, units)
    const sample = numbers.filter((_, i) => i % 20 === 0)
    const answersAll = (call: (e164: string) => Call) => async (subject: number) => {
      for (const e164 of sample) await send(subject, call(e164))
    }
    return [
      { calls: numbers.map(buy), weight: 1, check: answersAll(read) },
      { calls: numbers.map(remove), weight: 1, check: answersAll((e164) => ({ ...read(e164), status: 404 })) }
    ]
  }
}

/** Buy, list, read, search and remove, as a test does. Each story buys at another step, so that there is a purchase between two lists. */
export const mixed: Work = {
  name: 'mixed',
  units: 6_000,
  readsOnly: false,
  prepare: async (port, units) => {
    const owned = await stock(port)
    const numbers = await searchFor(port, MIXED_PREFIX, units / 5)
    const nextPage = pages(0, AREA_CODES)
    const stories = numbers.map((e164, i) => {
      const calls = [list(PAGE), read(at(owned, i)), nextPage()]
      return [...calls.slice(0, i % 4), buy(e164), ...calls.slice(i % 4), remove(e164)]
    })
    return [{ calls: stories, weight: 1 }]
  }
}

/** The works of the rows of requests. */
export const WORKS: readonly Work[] = [searches(), reads, lists, purchases, mixed]

/** A response to a call. */
export interface Answer {
  call: Call
  headers: string[]
  text: string
}

/** Sends one call of each kind. */
export async function oneOfEach(port: number): Promise<Answer[]> {
  const [first = ''] = await stock(port)
  const [shop = ''] = await searchFor(port, SHOP_PREFIX, 1)
  const answers: Answer[] = []
  for (const call of [
    search(MIXED_PREFIX, 2, 1),
    list(PAGE),
    read(first),
    change(first, 'one'),
    buy(shop),
    remove(shop)
  ]) {
    const { headers, text } = await send(port, call)
    answers.push({ call, headers: [...headers.keys()].sort(), text })
  }
  return answers
}

/** Buys numbers until the account has some to read and list, and returns the first that a list shows. */
async function stock(port: number): Promise<string[]> {
  const listed = async () => Object.keys(((await dataOf(port, list(OWNED))) as { numbers: object }).numbers)
  if ((await listed()).length < OWNED) {
    for (const e164 of await searchFor(port, STOCK_PREFIX, OWNED)) await send(port, buy(e164))
  }
  return listed()
}

/** Searches for numbers, because only numbers that a search has returned can be bought. */
export async function searchFor(port: number, prefix: string, count: number): Promise<string[]> {
  const quantity = 500
  const found: string[] = []
  for (let page = 0; found.length < count; page++) {
    const numbers = (await dataOf(port, search(prefix, quantity, page))) as { number: string }[]
    found.push(...numbers.map(({ number }) => number))
  }
  return found.slice(0, count)
}

function repeat(count: number, call: (turn: number) => Call): Call[] {
  return Array.from({ length: count }, (_, turn) => call(turn))
}

function at(numbers: readonly string[], turn: number): string {
  return numbers[turn % numbers.length] ?? ''
}
