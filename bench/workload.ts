import { ACCOUNT, buy, dataOf, list, offered, read, remove, search, send, textOf, type Call } from './calls.js'

/** Requests that are sent one after the other within what is measured. */
export interface Phase {
  calls: readonly Call[]
  count: number
  status: number
  /** Has done for what was put off until somebody asks, within what is measured. */
  finish?: (port: number) => Promise<unknown>
  /** Throws where the emulator did not do what it answered. */
  check: (port: number) => Promise<void>
}

/** What a row has the servers do. */
export interface Work {
  /** What one request of it is called. */
  name: string
  /** Brings an emulator into the state that the work begins from. */
  prepare: (port: number) => Promise<Phase[]>
}

const AREA_CODES = ['415', '212', '312', '404', '503', '602', '713', '808', '901', '206']
const PAGES = 50

/** Pages of many area codes, so that no answer is simply the last one. */
export const SEARCHES = AREA_CODES.flatMap((prefix) =>
  Array.from({ length: PAGES }, (_, page) => search(prefix, 2, page))
)

export const LISTED = 50
const OWNED = 60
const OWNED_IN = '202'
const BOUGHT_IN = '212'
const MOST_BOUGHT = 1_500

export const searches = (name: string, calls: readonly Call[], count: number): Work => ({
  name,
  prepare: async () => [searching(calls, count)]
})

/** Searches from page `first` of some area codes on. None is asked for twice, so that what was found before is of no use. */
export function newSearches(name: string, count: number, first = 0, areaCodes = AREA_CODES): Work {
  let next = 0
  return {
    name,
    prepare: async () => {
      const turns = Array.from({ length: count }, () => next++)
      return [searching(turns.map(pageAt(first, areaCodes)), count)]
    }
  }
}

const pageAt = (first: number, areaCodes: readonly string[]) => (turn: number) =>
  search(areaCodes[turn % areaCodes.length] ?? '', 2, first + Math.floor(turn / areaCodes.length))

const searching = (calls: readonly Call[], count: number): Phase => ({
  calls,
  count,
  status: 200,
  check: async (port) => {
    const [call] = calls
    const found = call === undefined ? [] : ((await dataOf(port, call)) as unknown[])
    expect('numbers found', found.length, 2)
  }
})

export const reads: Work = {
  name: 'read one number',
  prepare: async (port) => {
    const numbers = await stock(port)
    return [
      {
        calls: numbers.map(read),
        count: 8_000,
        status: 200,
        check: async () => {
          const [number = ''] = numbers
          expect('id of the number read', ((await dataOf(port, read(number))) as { id: string }).id, number)
        }
      }
    ]
  }
}

export const lists: Work = {
  name: `list of ${LISTED}`,
  prepare: async (port) => {
    await stock(port)
    return [
      {
        calls: [list(LISTED)],
        count: 3_000,
        status: 200,
        check: async () => {
          expect('numbers listed', Object.keys(await listed(port, list(LISTED))).length, LISTED)
        }
      }
    ]
  }
}

export const purchases = (count = MOST_BOUGHT): Work => ({
  name: 'buy + remove',
  prepare: async (port) => {
    const numbers = await offered(port, BOUGHT_IN, count)
    const owns = (wanted: number) => async () => {
      expect('numbers owned', (await ownedIn(port, BOUGHT_IN)).length, wanted)
    }
    // A list has every number written to the database.
    const finish = (subject: number) => send(subject, list(1))
    return [
      { calls: numbers.map(buy), count, status: 201, finish, check: owns(count) },
      { calls: numbers.map(remove), count, status: 200, finish, check: owns(0) }
    ]
  }
})

/** Buys numbers until the account has enough for the rows that read and list. Returns those that it bought. */
export async function stock(port: number): Promise<string[]> {
  const bought = await ownedIn(port, OWNED_IN)
  if (bought.length >= OWNED) return bought
  const numbers = await offered(port, OWNED_IN, OWNED)
  for (const number of numbers) await dataOf(port, buy(number))
  return numbers
}

/** What one request of each row is, for whoever answers constants. */
export async function allCalls(port: number): Promise<Call[]> {
  const numbers = await stock(port)
  const [number = ''] = await offered(port, BOUGHT_IN, 1)
  return [...SEARCHES, ...numbers.map(read), list(LISTED), buy(number), remove(number)]
}

export function textsOf({ calls }: Phase): string[] {
  return calls.map(textOf)
}

/** The numbers of the account that begin with `prefix`, however many others it has. */
async function ownedIn(port: number, prefix: string): Promise<string[]> {
  const from = encodeURIComponent(`+1${prefix}`)
  const path = `/v2/accounts/${ACCOUNT}/phone_numbers?page_size=${MOST_BOUGHT + 1}&start_key=${from}`
  return Object.keys(await listed(port, { method: 'GET', path })).filter((e164) => e164.startsWith(`+1${prefix}`))
}

async function listed(port: number, call: Call): Promise<Record<string, unknown>> {
  return ((await dataOf(port, call)) as { numbers: Record<string, unknown> }).numbers
}

function expect(what: string, found: number | string, wanted: number | string): void {
  if (found !== wanted) throw new Error(`${what}: ${found} instead of ${wanted}`)
}
