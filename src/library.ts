import type { AddressInfo } from 'node:net'
import { pino, type Logger } from 'pino'
import { AdminClient } from './admin-client.js'
import { createEmulator as assemble, type Emulator as Assembled } from './emulator.js'
import type { App } from './http/app-type.js'
import type { JsonValue } from './json.js'
import { readSettings, type Settings } from './settings.js'

export { AdminClient, adminClient, AdminError } from './admin-client.js'
export type { Account } from './accounts.js'
export type { CountedRule, FaultRule, TransportFault } from './faults.js'
export type { JsonObject, JsonValue } from './json.js'

type Camel<Name extends string> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name

/** The settings of the program under the names that JavaScript gives them (`agingSeconds`), and a logger. */
export type EmulatorOptions = {
  [Name in keyof Settings as Camel<Name>]?: Settings[Name]
} & { logger?: Logger }

/** A request to the emulated API without a network. */
export interface Injection {
  method?: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
  url: string
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
}

/** What such a request is answered with. */
export interface Injected {
  status: number
  headers: Record<string, unknown>
  text: string
}

/** A running emulator; its verbs are those of the control door. */
export class Emulator extends AdminClient implements AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  readonly #app: App
  readonly #close: () => Promise<void>

  constructor(url: string, { app, doorApp = app, close }: Assembled, token: string | undefined) {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
    super(async ({ method, path, body }) => {
      const { status, text } = await injected(doorApp, { method, url: path, headers, body })
      return { status, body: JSON.parse(text) as JsonValue }
    })
    this.url = url
    this.#app = app
    this.#close = close
  }

  /** A request to the emulated API as if it had come over the network. */
  inject(injection: Injection): Promise<Injected> {
    return injected(this.#app, injection)
  }

  /** `fetch` for interceptors: whatever host the request names, the emulator answers it. */
  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input instanceof Request ? input : new URL(input, this.url), init)
    const { pathname, search } = new URL(request.url)
    const answer = await this.#app.inject({
      method: request.method as 'GET',
      url: pathname + search,
      headers: Object.fromEntries(request.headers),
      payload: Buffer.from(await request.arrayBuffer())
    })
    const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
    // Some statuses may have no body, not even an empty one.
    return new Response(answer.payload === '' ? null : answer.payload, { status: answer.statusCode, headers })
  }

  close(): Promise<void> {
    return this.#close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close()
  }
}

/** Starts an emulator: on a free port of the loopback interface, unless the options say otherwise. Several may run at once. */
export async function createEmulator({
  logger = pino({ level: 'silent' }),
  ...options
}: EmulatorOptions = {}): Promise<Emulator> {
  const given = Object.fromEntries(Object.entries(options).map(([name, value]) => [snake(name), value]))
  const settings: Settings = { ...readSettings({}, {}), port: 0, ...given }
  const assembled = await assemble(settings, logger)
  const { host, port, admin_port = 0, admin_token } = settings
  await assembled.app.listen({ host, port })
  await assembled.doorApp?.listen({ host, port: admin_port })
  const { port: taken } = assembled.app.server.address() as AddressInfo
  return new Emulator(`http://${host.includes(':') ? `[${host}]` : host}:${taken}`, assembled, admin_token)
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

async function injected(app: App, { method = 'GET', url, headers = {}, body }: Injection): Promise<Injected> {
  const answer = await app.inject({
    method,
    url,
    ...(body === undefined
      ? { headers }
      : { headers: { 'content-type': 'application/json', ...headers }, payload: JSON.stringify(body) })
  })
  return { status: answer.statusCode, headers: answer.headers, text: answer.payload }
}
