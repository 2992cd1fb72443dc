/**
 * A case is a row: a title, and either one request with the answer that it gets (`when`, `expect`) or several in turn
 * (`steps`). `play.ts` plays it.
 */
import type { Test } from 'tap'
import type { DialectName } from '../../src/dialect.js'
import type { JsonObject, JsonValue } from '../../src/json.js'
import type { Settings } from '../../src/settings.js'
import type { Call, NumberGiven } from './emulator-under-test.js'

/** The answer that a request must get; the test ignores what is absent here. */
export interface Expected {
  status: number
  /** The envelope's `message`. */
  message?: string
  /** The whole of `data`. */
  data?: JsonValue
  /** A part of `data`: an object of the answer may have more keys than the object here. */
  has?: JsonValue
  /** Values by JSON pointer into the body; null stands for a key that is absent. */
  at?: Readonly<Record<string, JsonValue>>
  /** The numbers of the answer in their order: the keys of a list, or the results of a search. */
  numbers?: readonly string[]
  /** Values of headers; null stands for a header that is absent. */
  headers?: Readonly<Record<string, string | null>>
  /** The whole body, where it is not an envelope. */
  text?: string
  /** Makes further assertions about the body. */
  holds?: (t: Test, body: JsonObject) => void
  /** The request fails for some numbers of a collection and changes the others. */
  changesSome?: boolean
}

export interface Request extends Call {
  /** Seconds of the emulator's clock that pass before the request. */
  after?: number
}

/** A request on the way. It succeeds unless `expect` says otherwise. */
export interface Step extends Request {
  expect?: Expected
  /** The answer of `kazoo-4.3`, where it differs from `expect`. */
  kazoo?: Expected
}

interface Scene {
  /** The behaviour in the words of a client developer. */
  title: string
  /** Settings other than the defaults. */
  settings?: Partial<Settings>
  /** The only dialect that has this case. */
  dialect?: DialectName
  /** Numbers that exist before the first request, in states that no request could bring about. */
  numbers?: readonly NumberGiven[]
  /** Numbers that a search has returned before the first request. */
  discovered?: readonly string[]
}

interface OneRequest extends Scene {
  given?: readonly Step[]
  when: Request
  expect: Expected
  /** The answer of `kazoo-4.3`, where it differs from `expect`. */
  kazoo?: Expected
}

interface SeveralRequests extends Scene {
  steps: readonly Step[]
}

export type Case = OneRequest | SeveralRequests
