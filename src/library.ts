import type { ServerResponse } from 'node:http'
import { AdminClient } from './admin/client.js'
import type { Transport } from './admin/transport.js'
import { createEmulator as assemble, type Emulator as Assembled } from './emulator.js'
import { GATE_SETTINGS, evaluateGates, type GateResult } from './contract/gates.js'
import { reportFiles } from './contract/reports/index.js'
import type { JsonValue } from './json.js'
import { quietLogger, type Logger } from './logger.js'
import { flagOf, NAMES, nearest, readSettings, UsageError, type Settings } from './settings.js'

export { AdminClient, adminClient, AdminError } from './admin/client.js'
export type { Account } from './sandbox/accounts.js'
export type { CountedRule, FaultRule, TransportFault } from './sandbox/faults.js'
export type { SandboxEvent } from './sandbox/events.js'
export type { JsonObject, JsonValue } from './json.js'
export type { Logger } from './logger.js'
export type { RecordedRequest } from './journal/recorded-request.js'
export type { RequestPattern } from './journal/request-pattern.js'
export type { VerifyOptions, WaitOptions } from './journal/queries.js'
export { UsageError } from './settings.js'

type Camel<Name extends string> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name

/** The settings of the program under the names that JavaScript gives them (`agingSeconds`), and a logger. */
export type EmulatorOptions = {
  [Name in keyof Settings as Camel<Name>]?: Settings[Name]
} & { logger?: Logger }

/** What a run has to hold to, and where its report goes; whatever is absent is as the emulator was started with. */
export type GateOptions = { [Name in (typeof GATE_SETTINGS)[number] as Camel<Name>]?: Settings[Name] }

/** A run that does not hold to its gates; the message is the report, and why. */
export class GateError extends Error {
  override readonly name = 'GateError'
  /** In sentences. */
  readonly failures: readonly string[]

  constructor(text: string, failures: readonly string[]) {
    super(text)
    this.failures = failures
  }
}

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

/** A server that answers requests within the process. */
interface Injectable {
  inject: (request: {
    method: NonNullable<Injection['method']>
    url: string
    headers: Record<string, string>
    payload?: string | Buffer
  }) => Promise<{ statusCode: number; headers: Record<string, unknown>; payload: string }>
}

/** What an emulator stands on. */
interface Foundation {
  app: Injectable
  /** The way to the admin API. */
  admin: Transport
  judge: (options: GateOptions) => Promise<GateResult>
  close: () => Promise<void>
}

/** A running emulator; its verbs are those of the admin API. */
export class Emulator extends AdminClient implements AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  readonly #foundation: Foundation

  constructor(url: string, foundation: Foundation) {
    super(foundation.admin)
    this.url = url
    this.#foundation = foundation
  }

  /** A request to the emulated API as if it had come over the network. */
  inject(injection: Injection): Promise<Injected> {
    return injected(this.#foundation.app, injection)
  }

  /** `fetch` for interceptors: whatever host the request names, the emulator answers it. */
  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input instanceof Request ? input : new URL(input, this.url), init)
    const { pathname, search } = new URL(request.url)
    const answer = await this.#foundation.app.inject({
      method: request.method as 'GET',
      url: pathname + search,
      headers: Object.fromEntries(request.headers),
      payload: Buffer.from(await request.arrayBuffer())
    })
    const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
    // Some statuses may have no body, not even an empty one.
    return new Response(answer.payload === '' ? null : answer.payload, { status: answer.statusCode, headers })
  }

  /**
   * Ends a run as `oneuc-emulator exec` does: writes the reports, and throws a GateError where a gate does not hold. Returns
   * the report as text.
   */
  async gate(options: GateOptions = {}): Promise<string> {
    const { text, failures } = await this.#foundation.judge(options)
    if (failures.length > 0) throw new GateError(text, failures)
    return text
  }

  close(): Promise<void> {
    return this.#foundation.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/**
 * The one line that ends a test file, whatever its runner: `after(() => gates(emulator, { failOnWarning: true }))`. Closes the
 * emulator, and throws a GateError where a gate does not hold.
 */
export async function gates(emulator: Emulator, options: GateOptions = {}): Promise<void> {
  try {
    await emulator.gate(options)
  } finally {
    await emulator.close()
  }
}

/** Starts an emulator: on a free port of the loopback interface, unless the options say otherwise. Several may run at once. */
export async function createEmulator({ logger = quietLogger(), ...options }: EmulatorOptions = {}): Promise<Emulator> {
  const settings: Settings = { ...readSettings({}, {}), port: 0, ...settingsOf(options, NAMES) }
  // Before the run, since after it would be too late.
  reportFiles(settings)
  const assembled = await assemble(settings, logger)
  const { host, port, admin_port = 0 } = settings
  const taken = await assembled.listen({ host, port })
  await assembled.adminApp?.listen({ host, port: admin_port })
  return new Emulator(`http://${host.includes(':') ? `[${host}]` : host}:${taken}`, foundationOf(assembled, settings))
}

function foundationOf(assembled: Assembled, settings: Settings): Foundation {
  const { app, adminApp, sandboxes, coverage, close } = assembled
  const { admin_token: token } = settings
  const admin = adminApp ?? app
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return {
    app,
    admin: {
      async call({ method, path, body }) {
        const { status, text } = await injected(admin, { method, url: path, headers, body })
        return { status, body: JSON.parse(text) as JsonValue }
      },
      async listen({ method, path }) {
        const answer = await admin.inject({ method, url: path, headers, payloadAsStream: true })
        return { status: answer.statusCode, pieces: piecesOf(answer.stream(), answer.raw.res) }
      }
    },
    async judge(options) {
      const wanted = { ...settings, ...settingsOf(options, GATE_SETTINGS) }
      return evaluateGates(coverage, sandboxes.default.behaviour.dialect, wanted, reportFiles(wanted))
    },
    close
  }
}

/**
 * Options under the names of the settings. Throws a UsageError for one that is none, with the nearest name, and for a gate
 * that no run could be held to.
 */
function settingsOf(options: object, names: readonly (keyof Settings)[]): Partial<Settings> {
  const given = Object.entries(options).flatMap(([option, value]: [string, unknown]): [keyof Settings, unknown][] => {
    const name = names.find((one) => one === snake(option))
    if (name === undefined) {
      throw new UsageError(`${option} is no option; did you mean ${camel(nearest(snake(option), names))}?`)
    }
    return value === undefined ? [] : [[name, value]]
  })
  const gates = given.filter(([name]) => GATE_SETTINGS.some((gate) => gate === name))
  readSettings(Object.fromEntries(gates.map(([name, value]) => [flagOf(name), String(value)])), {})
  return Object.fromEntries(given)
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** What comes over a stream. Whoever stops reading closes it, as leaving a connection would. */
async function* piecesOf(stream: AsyncIterable<Uint8Array>, answer: ServerResponse): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } finally {
    answer.destroy()
  }
}

async function injected(app: Injectable, { method = 'GET', url, headers = {}, body }: Injection): Promise<Injected> {
  const answer = await app.inject({
    method,
    url,
    ...(body === undefined
      ? { headers }
      : { headers: { 'content-type': 'application/json', ...headers }, payload: JSON.stringify(body) })
  })
  return { status: answer.statusCode, headers: answer.headers, text: answer.payload }
}
