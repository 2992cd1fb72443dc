import { pino } from 'pino'
import type { Test } from 'tap'
import type { App } from '../../src/api/app-type.js'
import { composeEmulator } from '../../src/emulator.js'
import type { JsonObject } from '../../src/json.js'
import { featuresOf } from '../../src/numbering/features.js'
import { newNumber, type PhoneNumber } from '../../src/numbering/phone-number.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import type { Settings } from '../../src/settings.js'
import { readSettings } from '../../src/text/read-settings.js'
import { watchNames } from './outcome-names.js'

/** The demo account of the fixtures. */
export const DEMO = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'

export interface Call {
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
  url: string
  /** Sent as JSON text unless it is text or bytes already. */
  body?: unknown
  token?: string
  headers?: Record<string, string>
}

export interface Reply {
  status: number
  headers: Record<string, unknown>
  text: string
  /** The body as JSON; an empty object where there is none. */
  body: JsonObject
}

/** A number as a test puts it into the store. */
export type NumberGiven = Partial<PhoneNumber> & Pick<PhoneNumber, 'e164' | 'state'>

/** An emulator with its insides open: a test can put numbers where no request could, and wind the clock. */
export interface Subject {
  app: App
  /** The admin API, where it has a port of its own. */
  adminApp: App | undefined
  /** Listens on a free port of 127.0.0.1, and returns it. */
  listen: () => Promise<number>
  call: (call: Call) => Promise<Reply>
  /** The default sandbox. */
  sandbox: Sandbox
  /** Stores a number as it is, past the rules. */
  put: (number: NumberGiven) => void
  find: (e164: string) => PhoneNumber | undefined
  remove: (e164: string) => void
  /** Makes a number one that a search has returned. */
  discover: (e164: string) => void
  /** Lets seconds pass on the emulator's clock. */
  advance: (seconds: number) => void
  /** Back to the fixtures, and to the moment at which the clock began. */
  reset: () => void
}

/** A whole emulator for one test, closed with it. Without settings it is the one that a user starts. */
export async function emulatorFor(t: Test, settings: Partial<Settings> = {}): Promise<Subject> {
  const emulator = await composeEmulator({ ...readSettings({}, {}), ...settings }, pino({ level: 'silent' }))
  const { app, adminApp, sandboxes, close } = emulator
  const sandbox = sandboxes.default
  watchNames(t, sandbox)
  t.teardown(close)
  return {
    app,
    adminApp,
    listen: () => emulator.listen({ host: '127.0.0.1', port: 0 }),
    call: (call) => send(app, call),
    sandbox,
    put(given) {
      const { numbers } = sandbox.store
      const bare = newNumber(given.e164, given.state, given.carrier ?? 'external', sandbox.clock.now())
      const features = featuresOf(bare.state, bare.carrier, given.document ?? {})
      numbers.save({ ...bare, features, ...given }, numbers.find(given.e164))
    },
    find: (e164) => sandbox.store.numbers.find(e164),
    remove(e164) {
      const number = sandbox.store.numbers.find(e164)
      if (number !== undefined) sandbox.store.numbers.delete(number)
    },
    discover(e164) {
      const national = e164.slice('+1'.length)
      sandbox.store.discoveries.save({ first: national, last: national })
    },
    advance(seconds) {
      sandbox.clock.advance(seconds * 1000)
    },
    reset() {
      sandboxes.default.reset()
    }
  }
}

/** Sends one request without the network. */
export async function send(app: App, { method, url, body, token, headers = {} }: Call): Promise<Reply> {
  const isReady = body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
  const payload = isReady ? body : JSON.stringify(body)
  const answer = await app.inject({
    method,
    url,
    headers: { ...(token === undefined ? {} : { 'x-auth-token': token }), ...headers },
    ...(payload === undefined ? {} : { payload })
  })
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: answer.payload,
    body: answer.payload === '' ? {} : (JSON.parse(answer.payload) as JsonObject)
  }
}
