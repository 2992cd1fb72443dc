import type { ServerResponse } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pino } from 'pino'
import { AdminClient } from './admin/client.js'
import type { Transport } from './admin/transport.js'
import { listen, urlOf } from './cli/listen.js'
import { evaluateGates, type GateResult } from './contract/gates.js'
import { reportFiles } from './contract/reports/index.js'
import { composeEmulator as assemble, type EmulatorProcess as Assembled } from './emulator.js'
import type { JsonValue } from './json.js'
import {
  assertEmulator,
  readEmulatorOptions,
  readGateOptions,
  type EmulatorOptions,
  type GateOptions
} from './library/options.js'
import { UsageError, type Settings } from './settings.js'

export { AdminClient, adminClient, AdminError } from './admin/client.js'
export type { RecordedRequest } from './journal/recorded-request.js'
export type { RequestPattern } from './journal/request-pattern.js'
export type { VerifyOptions, WaitOptions } from './journal/queries.js'
export type { Fidelity } from './contract/fidelity.js'
export type { OperationName, OutcomeName } from './contract/outcomes.js'
export type { ContractReport } from './contract/report.js'
export type { State } from './numbering/number-state.js'
export type { NumberFixture } from './state/fixture-schemas.js'
export type { StateDocument } from './state/schema.js'
export type { JsonObject, JsonValue } from './json.js'
export type { Account } from './sandbox/accounts.js'
export type { ConfiguredSandbox } from './admin/client.js'
export type { SandboxEvent } from './sandbox/event.js'
export type { FaultPhase, FaultRule, NewFaultRule, TransportFault } from './sandbox/fault-rule.js'
export type { CountedRule } from './sandbox/faults.js'
export type { SettingsChange } from './sandbox/own-settings.js'
export type { EmulatorOptions, GateOptions } from './library/options.js'
export type { LogFunction, Logger } from './library/logger.js'
export { UsageError } from './settings.js'

/** Thrown if a gate fails. The message is the report as text, followed by the failures. */
export class GateError extends Error {
  override readonly name = 'GateError'
  /** One sentence for each gate that failed. */
  readonly failures: readonly string[]

  constructor(text: string, failures: readonly string[]) {
    super(text)
    this.failures = failures
  }
}

/** A request to the emulated API that does not use the network. */
export interface Injection {
  /** @default 'GET' */
  method?: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
  /** Path and query, URL-encoded, such as `/v2/phone_numbers?prefix=415`. */
  url: string
  headers?: Record<string, string>
  /** Any value that JSON can represent; it is sent as JSON. @default no body */
  body?: unknown
}

/** The response to an injected request. */
export interface Injected {
  status: number
  /** By name in lower case. */
  headers: Record<string, unknown>
  /** The body; empty where there is none. */
  text: string
}

/** An app that answers requests within the process. */
interface Injectable {
  inject: (request: {
    method: NonNullable<Injection['method']>
    url: string
    headers: Record<string, string>
    payload?: AsyncIterable<Uint8Array>
  }) => Promise<{ statusCode: number; headers: Record<string, unknown>; payload: string }>
}

/** What an emulator needs of the server behind it. */
interface Server {
  app: Injectable
  admin: Transport
  evaluate: (options: GateOptions) => Promise<GateResult>
  close: () => Promise<void>
}

/**
 * A running emulator. Its methods are those of the admin API for the default sandbox; `sandbox(name)` returns the client of
 * another one. `createEmulator` makes it.
 *
 * @example
 * await using emulator = await createEmulator()
 * await emulator.faults.add({ operation: 'buy', outcome: 'carrier_fault', times: 1 })
 */
export class Emulator extends AdminClient implements AsyncDisposable {
  /** The base URL of the API, without a slash at the end, such as `http://127.0.0.1:41234`. */
  readonly url: string
  /** The base URL of the admin API, before `/__admin`: that of the API, unless `adminPort` gives it a port of its own. */
  readonly adminUrl: string
  readonly #server: Server

  /** @internal */
  constructor({ url, adminUrl }: Pick<Emulator, 'url' | 'adminUrl'>, server: Server) {
    super(server.admin)
    this.url = url
    this.adminUrl = adminUrl
    this.#server = server
  }

  /**
   * Sends a request to the emulated API without the network.
   *
   * @example
   * const { status } = await emulator.inject({ url: '/v2/phone_numbers?prefix=415' })
   */
  async inject(injection: Injection): Promise<Injected> {
    return inject(this.#server.app, injection)
  }

  /**
   * A `fetch` for interceptors: the emulator answers, whichever host the URL names.
   *
   * @example
   * globalThis.fetch = emulator.fetch
   */
  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input instanceof Request ? input : new URL(input, this.url), init)
    const { pathname, search } = new URL(request.url)
    const response = await this.#server.app.inject({
      method: request.method as 'GET',
      url: pathname + search,
      ...withBody(Object.fromEntries(request.headers), Buffer.from(await request.arrayBuffer()))
    })
    const headers = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)])
    // Some statuses may have no body, not even an empty one.
    return new Response(response.payload === '' ? null : response.payload, { status: response.statusCode, headers })
  }

  /**
   * Writes the reports and checks the gates, as `oneuc-emulator exec` does after its command. Returns the report as text.
   *
   * @throws {GateError} if a gate fails.
   * @throws {UsageError} if an option is unknown or cannot be used.
   * @example
   * console.log(await emulator.gate({ minCoverage: 80 }))
   */
  async gate(options: GateOptions = {}): Promise<string> {
    const { text, failures } = await this.#server.evaluate(options)
    if (failures.length > 0) throw new GateError(text, failures)
    return text
  }

  /** Stops listening and closes all connections. */
  close(): Promise<void> {
    return this.#server.close()
  }

  /** Closes the emulator at the end of a block with `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/**
 * Checks the gates and closes the emulator: one line at the end of a test file, for any test runner.
 *
 * @throws {GateError} if a gate fails.
 * @throws {UsageError} if an option is unknown or cannot be used.
 * @example
 * after(() => gates(emulator, { failOnWarning: true, failOnUnmatched: true }))
 */
export async function gates(emulator: Emulator, options: GateOptions = {}): Promise<void> {
  assertEmulator('gates', emulator)
  try {
    await emulator.gate(options)
  } finally {
    await emulator.close()
  }
}

const NO_NODE =
  'no emulator runs where setImmediate is missing, as in jsdom under Jest: ' +
  'begin the test file with /** @jest-environment node */, or run the tests under oneuc-emulator exec'

/**
 * Starts an emulator. It listens on a free port of 127.0.0.1 unless the options name another place. Several may run at once.
 *
 * @throws {UsageError} if options are unknown or cannot be used, a report cannot be written, the port is taken, or the environment
 * is that of a browser, such as jsdom under Jest.
 * @throws an Error that lists every fault if fixtures or the initial state cannot be used, or the database cannot be opened.
 * @example
 * const emulator = await createEmulator({ randomSeed: 1 })
 * const response = await fetch(`${emulator.url}/v2/phone_numbers?prefix=415&quantity=2`)
 * await emulator.close()
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  // Fastify cannot answer without it.
  if (!('setImmediate' in globalThis)) throw new UsageError(NO_NODE)
  const { settings, logger = pino({ level: 'silent' }) } = readEmulatorOptions(options)
  // A report that cannot be written fails before the run, not after it.
  reportFiles(settings, String)
  const assembled = await assemble(settings, logger, { writeName: String })
  try {
    for (const app of [assembled.app, assembled.adminApp ?? assembled.app]) letProcessEnd(app)
    const { api, admin } = await listen(assembled, settings, String)
    const { host } = settings
    const url = urlOf(host, api)
    const urls = { url, adminUrl: urlOf(host, admin) }
    return new Emulator(urls, serverOf(assembled, settings, isIP(host) === 0 ? `localhost:${api}` : new URL(url).host))
  } catch (error) {
    await assembled.close()
    throw error
  }
}

/** Keeps neither the server nor its connections from letting the process end: tests that forget to close it would hang. */
function letProcessEnd({ server }: Assembled['app']): void {
  server.unref().on('connection', (socket: Socket) => socket.unref())
}

const CLOSED = 'the emulator is closed: await its last call before close(), or make another one with createEmulator'

/** `host` is the place that lines of curl name. */
function serverOf(assembled: Assembled, settings: Settings, host: string): Server {
  const { app, adminApp = app, sandboxes, close } = assembled
  const { adminToken } = settings
  const headers = { host, ...(adminToken !== undefined && { authorization: `Bearer ${adminToken}` }) }
  let isOpen = true
  /** Returns what answers, and throws a UsageError after the end: Fastify would refuse a call in words of its own. */
  const opened = <App>(one: App): App => {
    if (isOpen) return one
    throw new UsageError(CLOSED)
  }
  return {
    get app() {
      return opened(app)
    },
    admin: {
      async call({ method, path, body }) {
        const { status, text } = await inject(opened(adminApp), { method, url: path, headers, body })
        return { status, body: JSON.parse(text) as JsonValue }
      },
      async listen({ method, path }) {
        const response = await opened(adminApp).inject({ method, url: path, headers, payloadAsStream: true })
        return { status: response.statusCode, pieces: readPieces(response.stream(), response.raw.res) }
      }
    },
    evaluate(options) {
      const gateSettings = { ...settings, ...readGateOptions(options) }
      return evaluateGates(sandboxes, gateSettings, reportFiles(gateSettings, String))
    },
    close() {
      isOpen = false
      return close()
    }
  }
}

/** Reads a stream; leaving the loop closes it, as a client that disconnects does. */
async function* readPieces(stream: AsyncIterable<Uint8Array>, response: ServerResponse): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } finally {
    response.destroy()
  }
}

async function inject(app: Injectable, { method = 'GET', url, headers = {}, body }: Injection): Promise<Injected> {
  const response = await app.inject({
    method,
    url,
    ...(body === undefined
      ? { headers }
      : withBody({ 'content-type': 'application/json', ...headers }, Buffer.from(JSON.stringify(body))))
  })
  return { status: response.statusCode, headers: response.headers, text: response.payload }
}

/** Gives an injected request a body: a stream, since Fastify reads any other with `setImmediate`, which a test may have faked. */
function withBody(
  headers: Record<string, string>,
  body: Buffer
): { headers: Record<string, string>; payload?: AsyncIterable<Uint8Array> } {
  if (body.length === 0) return { headers }
  return { headers: { 'content-length': String(body.length), ...headers }, payload: Readable.from([body]) }
}
