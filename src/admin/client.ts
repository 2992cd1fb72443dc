import type { Reply } from '../contract/openapi/admin-responses.js'
import type { ContractReport } from '../contract/report.js'
import type { JsonObject } from '../json.js'
import type { Account } from '../sandbox/accounts.js'
import type { SandboxEvent } from '../sandbox/event.js'
import { UsageError } from '../settings.js'
import { AdminCalls, formatQuery } from './client/calls.js'
import { clockCalls } from './client/clock.js'
import { faultCalls } from './client/faults.js'
import { numberCalls } from './client/numbers.js'
import { requestCalls } from './client/requests.js'
import { sandboxCalls } from './client/sandboxes.js'
import { snapshotCalls } from './client/snapshots.js'
import { stateCalls } from './client/state.js'
import { timingCalls } from './client/timing.js'
import type { EventType } from './event-stream.js'
import type { ResetOptions } from './sandbox-info.js'
import { overNetwork, parseEvents, type Transport } from './transport.js'

export { AdminError, type AdminFinding } from './client/admin-error.js'
export type { ClockReading } from './client/clock.js'
export type { ConfiguredSandbox, ResetOptions, SandboxInfo } from './sandbox-info.js'

export interface ContractOptions {
  /** `'all'` for the report of all sandboxes together. @default the sandbox of this client */
  sandboxes?: 'all'
}

export interface EventsOptions {
  /** @default all */
  types?: readonly EventType[]
  /** The id of the last event that you have; the kept events after it come first. @default the newest */
  since?: string | number
}

/**
 * The calls of the admin API, for an emulator in this process or elsewhere. A client acts on one sandbox; `sandbox(name)`
 * returns the client of another. Every call rejects with an {@link AdminError} where the admin API refuses it, and with one
 * of status 0 where the emulator cannot be reached.
 *
 * @example
 * const admin = adminClient('http://127.0.0.1:8000')
 * await admin.faults.add({ operation: 'buy', outcome: 'carrier_fault', times: 1 })
 * await admin.clock.advance(3600)
 * await admin.requests.verify({ operation: 'buy' }, { exactly: 2 })
 */
export class AdminClient {
  /** The path prefix of this sandbox's API: `''` for the default one. */
  readonly basePath: string
  readonly #calls: AdminCalls
  readonly #name: string

  /** @param basePath - a path prefix such as `/sandboxes/mine` @param name - the sandbox's name */
  constructor(transport: Transport, basePath = '', name = 'default') {
    const calls = new AdminCalls(transport, basePath)
    this.basePath = basePath
    this.#calls = calls
    this.#name = name
    this.sandboxes = sandboxCalls(calls)
    this.state = stateCalls(calls)
    this.numbers = numberCalls(calls)
    this.snapshots = snapshotCalls(calls)
    this.faults = faultCalls(calls)
    this.clock = clockCalls(calls)
    this.requests = requestCalls(calls)
    this.timing = timingCalls(calls)
  }

  /** Returns the client of another sandbox of the same emulator. The sandbox is made on its first use. */
  sandbox(name: string): AdminClient {
    if (typeof (name as unknown) !== 'string' || name === '') {
      throw new UsageError(`sandbox: ${name} is no name; give 1 to 64 letters, digits, dots, dashes and underscores`)
    }
    return new AdminClient(this.#calls.transport, `/sandboxes/${encodeURIComponent(name)}`, name)
  }

  /** Returns status, version and uptime in seconds. */
  health(): Promise<Reply<'GET /health'>> {
    return this.#calls.get<Reply<'GET /health'>>('/health')
  }

  /** Resolves once the emulator has loaded its fixtures. */
  async ready(): Promise<void> {
    await this.#calls.get('/ready')
  }

  /** Returns the description of the admin API in OpenAPI 3.1. */
  openapi(): Promise<JsonObject> {
    return this.#calls.get<JsonObject>('/openapi.json')
  }

  /** Puts the sandbox back to the fixtures, or empties it, as a whole or in parts. */
  async reset(options: ResetOptions = {}): Promise<void> {
    await this.#calls.call('POST', `/reset${formatQuery({ ...options })}`)
  }

  /** Lists the accounts of the sandbox, with their ids, API keys and tokens. */
  async accounts(): Promise<Account[]> {
    return this.#calls.get<{ accounts: Account[] }>('/accounts').then(({ accounts }) => accounts)
  }

  /** Ends this sandbox. @throws AdminError for the default sandbox, which cannot be dropped */
  async drop(): Promise<void> {
    await this.sandboxes.drop(this.#name)
  }

  /** The sandboxes of this emulator. */
  readonly sandboxes: ReturnType<typeof sandboxCalls>

  /** Everything that the sandbox holds, as a state document. */
  readonly state: ReturnType<typeof stateCalls>

  /** The numbers of all accounts. */
  readonly numbers: ReturnType<typeof numberCalls>

  /** States under names of 1 to 64 letters, digits, dots, dashes and underscores. */
  readonly snapshots: ReturnType<typeof snapshotCalls>

  /** The rules that make requests fail; the first rule that fits a request counts. */
  readonly faults: ReturnType<typeof faultCalls>

  /** The clock of the sandbox. Changes that fall due while it moves happen at once. */
  readonly clock: ReturnType<typeof clockCalls>

  /** The journal: the requests that the API has received, with their secrets redacted. */
  readonly requests: ReturnType<typeof requestCalls>

  /** Resolves to the events of the sandbox from now on. Leaving the loop over them ends the stream. */
  async events(options: EventsOptions = {}): Promise<AsyncGenerator<SandboxEvent, void, undefined>> {
    return parseEvents(await this.#calls.listen(`/events${formatQuery({ ...options })}`))
  }

  /** How long E911, ports and aging take. */
  readonly timing: ReturnType<typeof timingCalls>

  /** Returns the contract report: the outcomes that the client has met, and its warnings. */
  contract(options: ContractOptions = {}): Promise<ContractReport> {
    return this.#calls.get<ContractReport>(`/contract${formatQuery({ ...options })}`)
  }

  /** Begins a new contract report. A reset does not. */
  async clearContract(options: ContractOptions = {}): Promise<void> {
    await this.#calls.call('DELETE', `/contract${formatQuery({ ...options })}`)
  }

  /**
   * Sets up a provider state of Pact, or puts numbers and faults back with `'teardown'`. Returns the values that a verifier puts into
   * its request. @throws AdminError for an unknown state
   */
  setPactState(state: string, params: JsonObject = {}, action: 'setup' | 'teardown' = 'setup'): Promise<JsonObject> {
    return this.#calls.call('POST', '/pact-states', { state, params, action }) as Promise<JsonObject>
  }

  /** Returns the magic numbers and addresses, with their effects. */
  magic(): Promise<Reply<'GET /magic'>> {
    return this.#calls.get<Reply<'GET /magic'>>('/magic')
  }

  /** Returns every operation with its outcomes, whose names faults and `Prefer` take. */
  outcomes(): Promise<Reply<'GET /outcomes'>> {
    return this.#calls.get<Reply<'GET /outcomes'>>('/outcomes')
  }

  /** Tells for every outcome whether the document shows it, the reference has it or it is assumed. */
  fidelity(): Promise<Reply<'GET /fidelity'>> {
    return this.#calls.get<Reply<'GET /fidelity'>>('/fidelity')
  }

  /** Returns the states of a number, and what leads from one to another. */
  states(): Promise<Reply<'GET /states'>> {
    return this.#calls.get<Reply<'GET /states'>>('/states')
  }
}

/**
 * Creates a client of a running emulator.
 *
 * @param url - the base URL, such as `http://127.0.0.1:8000`, or that of a sandbox, `http://127.0.0.1:8000/sandboxes/mine`
 * @param token - the token of `--admin-token`, where the emulator has one
 * @throws {UsageError} for a URL that is not that of an emulator or a sandbox, such as one that ends with `/v2`
 * @example
 * const admin = adminClient(process.env.ONEUC_ADMIN_URL, 'secret')
 */
export function adminClient(url: string, token?: string): AdminClient {
  const { origin, sandbox } = readAdminUrl(url)
  const client = new AdminClient(overNetwork(origin, token))
  return sandbox === undefined ? client : client.sandbox(sandbox)
}

const ADMIN_URL_EXPECTED = 'a base URL such as http://127.0.0.1:8000 or http://127.0.0.1:8000/sandboxes/mine'

/** Splits the URL of an emulator or a sandbox. Throws a UsageError for any other. */
function readAdminUrl(url: unknown): { origin: string; sandbox: string | undefined } {
  const shown = typeof url === 'string' ? `"${url}"` : String(url)
  if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(`adminClient: ${shown} is not ${ADMIN_URL_EXPECTED}`)
  }
  const { origin, pathname, search, hash } = new URL(url)
  if (/\/(?:v2|__admin)(?:\/|$)/.test(pathname)) {
    throw new UsageError(`adminClient: ${shown} names a part of the API; leave off everything from /v2 or /__admin on`)
  }
  const [, sandbox] = /^(?:\/sandboxes\/([\w.-]{1,64}))?\/?$/.exec(pathname) ?? []
  if ((sandbox === undefined && pathname !== '/') || search !== '' || hash !== '') {
    throw new UsageError(`adminClient: ${shown} is not ${ADMIN_URL_EXPECTED}`)
  }
  return { origin, sandbox }
}
