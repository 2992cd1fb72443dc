import type { Test } from 'tap'
import { DIALECT_NAMES, type DialectName } from '../../src/dialect.js'
import { isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import type { PhoneNumber } from '../../src/numbering/phone-number.js'
import type { Settings } from '../../src/settings.js'
import type { Call, Reply } from '../emulator-under-test.js'
import { worldFor, type AccountName, type Ask, type World } from './world.js'

/** What a request is answered with; what is not said is not looked at. */
export interface Gives {
  status: number
  /** The envelope's `message`. */
  message?: string
  /** `data`, all of it. */
  data?: JsonValue
  /** Some of `data`: what is an object here may have more keys there. */
  has?: JsonValue
  /** Dotted paths of the envelope that are not there. */
  lacks?: readonly string[]
  /** Some of the envelope. */
  envelope?: JsonObject
  /** Some of the headers; null where there is none. */
  headers?: Readonly<Record<string, string | null>>
  /** The body as it stands, where it is no envelope. */
  text?: string
}

/** One request and what comes of it; `kazoo` where `kazoo-4.3` answers differently. */
export interface Step extends Ask {
  /** In place of the path below an account's numbers. */
  url?: string
  /** Seconds that pass before. */
  after?: number
  gives: Gives
  kazoo?: Gives
}

/** The beginnings of steps: who asks, for whose numbers, and for what. */
export function by(as: AccountName, on: AccountName = as) {
  const asking =
    (method: Call['method']) =>
    (path = '', data?: JsonValue): Omit<Step, 'gives'> => ({
      as,
      on,
      method,
      path,
      ...(data === undefined ? {} : { body: { data } })
    })
  return {
    get: asking('GET'),
    put: asking('PUT'),
    post: asking('POST'),
    patch: asking('PATCH'),
    release: asking('DELETE')
  }
}

/** Requests one after the other, in a world of their own. */
export interface Story {
  says: string
  flags?: Partial<Settings>
  /** The dialects that it is told in; all where absent. */
  only?: DialectName
  /** Numbers that are there before it begins. */
  numbers?: readonly (Partial<PhoneNumber> & Pick<PhoneNumber, 'e164' | 'state'>)[]
  /** Numbers that a search has returned before it begins. */
  offers?: readonly string[]
  steps: readonly Step[]
}

/** Tells every story in every dialect that it is for. */
export async function tell(t: Test, stories: readonly Story[]): Promise<void> {
  for (const dialect of DIALECT_NAMES) {
    await t.test(dialect, async (t) => {
      const worlds = new Map<string, Promise<World>>()
      const worldWith = (flags: Partial<Settings>) => {
        const key = JSON.stringify(flags)
        const world = worlds.get(key) ?? worldFor(t, { dialect, ...flags })
        worlds.set(key, world)
        return world
      }
      for (const { says, flags = {}, only = dialect, numbers = [], offers = [], steps } of stories) {
        if (only !== dialect) continue
        await t.test(says, async (t) => {
          const world = await worldWith(flags)
          world.reset()
          for (const number of numbers) world.put(number)
          for (const number of offers) world.offer(number)
          for (const step of steps) await take(t, world, dialect, step)
        })
      }
    })
  }
}

async function take(t: Test, world: World, dialect: DialectName, step: Step): Promise<void> {
  const { url, after = 0, gives, kazoo, ...ask } = step
  world.advance(after)
  const { as, on: _on, path: _path, ...call } = ask
  const token = as === undefined ? {} : { token: `${as}-token` }
  const asked: Call | undefined = url === undefined ? undefined : { ...token, ...call, url }
  const reply = asked === undefined ? await world.ask(ask) : await world.call(asked)
  const expected = dialect === 'oneuc' ? gives : (kazoo ?? gives)
  const faults = [...faultsOf(reply, expected), ...(expected.text === undefined ? envelopeFaults(reply) : [])]
  t.same(faults, [], `${ask.method} ${url ?? `${ask.on ?? ask.as ?? 'demo'}${ask.path ?? ''}`} → ${expected.status}`)
}

/** Everything in which a reply is not what it should be. */
function faultsOf({ status, body, headers, text }: Reply, expected: Gives): unknown[] {
  const faults: unknown[] = []
  const want = (isFulfilled: boolean, what: string, wanted: unknown, seen: unknown) => {
    if (!isFulfilled) faults.push({ what, wanted, seen })
  }
  want(status === expected.status, 'status', expected.status, { status, text })
  if (expected.message !== undefined) want(body.message === expected.message, 'message', expected.message, body.message)
  if (expected.data !== undefined) {
    want(fits(body.data, expected.data, true), 'data', expected.data, body.data)
  }
  if (expected.has !== undefined) want(fits(body.data, expected.has, false), 'data has', expected.has, body.data)
  if (expected.envelope !== undefined) want(fits(body, expected.envelope, false), 'envelope', expected.envelope, body)
  for (const path of expected.lacks ?? []) {
    const seen = path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), body)
    want(seen === undefined, `no ${path}`, undefined, seen)
  }
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    want((headers[name] ?? null) === value, `header ${name}`, value, headers[name])
  }
  if (expected.text !== undefined) want(text === expected.text, 'text', expected.text, text)
  return faults
}

/** Whether `seen` is `wanted`, or, where it need not be exact, has everything that `wanted` has. Lists are always exact. */
function fits(seen: unknown, wanted: unknown, isExact: boolean): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(seen) && seen.length === wanted.length && wanted.every((item, i) => fits(seen[i], item, isExact))
    )
  }
  if (!isObject(wanted)) return seen === wanted
  if (!isObject(seen) || (isExact && Object.keys(seen).length !== Object.keys(wanted).length)) return false
  return Object.entries(wanted).every(([key, value]) => fits(seen[key], value, isExact))
}

/** What holds of every envelope: the status inside is the one outside, and the id is in the header. */
function envelopeFaults({ status, body, headers, text }: Reply): unknown[] {
  const isSuccess = status < 300
  const isSound =
    body.status === (isSuccess ? 'success' : 'error') &&
    body.error === (isSuccess ? undefined : String(status)) &&
    (isSuccess || typeof body.message === 'string') &&
    'data' in body &&
    headers['x-request-id'] === body.request_id &&
    headers['content-type'] === 'application/json'
  return isSound ? [] : [{ what: 'envelope', text, headers }]
}
