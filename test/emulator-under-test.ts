import { pino } from 'pino'
import type { Test } from 'tap'
import { createEmulator } from '../src/emulator.js'
import type { App } from '../src/api/app-type.js'
import type { JsonObject } from '../src/json.js'
import { readSettings, type Settings } from '../src/settings.js'
import { watchNames } from './unnamed.js'

/** The demo account of the fixtures. */
export const DEMO = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'

export interface Call {
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
  url: string
  /** Sent as JSON text unless it is text already. */
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

export interface Subject {
  app: App
  /** The admin API, where it has a port of its own. */
  adminApp: App | undefined
  /** Listens on a free port of 127.0.0.1, and returns it. */
  listen: () => Promise<number>
  call: (call: Call) => Promise<Reply>
}

/** A whole emulator for one test, closed with it. Without flags it is the one that a user starts. */
export async function emulatorFor(t: Test, flags: Partial<Settings> = {}): Promise<Subject> {
  const settings = { ...readSettings({}, {}), ...flags }
  const emulator = await createEmulator(settings, pino({ level: 'silent' }))
  const { adminApp, sandboxes, close } = emulator
  const { app } = emulator
  watchNames(t, sandboxes.default)
  t.teardown(close)
  const listen = () => emulator.listen({ host: '127.0.0.1', port: 0 })
  return { app, adminApp, listen, call: (call) => send(app, call) }
}

/** One request past the network. */
export async function send(app: App, { method, url, body, token, headers = {} }: Call): Promise<Reply> {
  const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
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
