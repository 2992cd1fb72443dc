import type { VerifyOptions, WaitOptions } from '../journal/queries.js'
import type { RecordedRequest } from '../journal/recorded-request.js'
import type { RequestPattern } from '../journal/request-pattern.js'
import type { JsonObject, JsonValue } from '../json.js'
import type { DelayKind } from '../numbering/delay-kinds.js'
import type { Account } from '../sandbox/accounts.js'
import type { Resettable, ResetTarget, SandboxEvent } from '../sandbox/events.js'
import type { CountedRule, NewFaultRule } from '../sandbox/faults.js'
import { overNetwork, parseEvents, parseWhole, type AdminCall, type AdminReply, type Transport } from './transport.js'

/** A call that the admin API has refused. The message says what is wrong and what would be right. */
export class AdminError extends Error {
  override readonly name = 'AdminError'
  /** The HTTP status. */
  readonly status: number
  /** A JSON pointer to the wrong part of the body; `''` where the call is wrong as a whole. */
  readonly at: string

  constructor(status: number, message: string, at: string) {
    super(message)
    this.status = status
    this.at = at
  }
}

/** The clock of a sandbox. */
export interface ClockReading {
  /** ISO 8601. */
  now: string
  /** The same time in the API's unit: seconds since the year 0 of the Gregorian calendar. */
  gregorian_seconds: number
  /** How fast the clock runs: 0 stands still, 1 runs in real time. */
  rate: number
}

/** A sandbox and the path prefix of its API. */
export interface SandboxInfo {
  name: string
  /** `''` for the default sandbox, else `/sandboxes/{name}`. */
  base_path: string
}

export interface ResetOptions {
  /** @default 'fixtures' */
  to?: ResetTarget
  /** @default everything */
  only?: readonly Resettable[]
}

export interface ContractOptions {
  /** `'all'` for the report of all sandboxes together. @default the sandbox of this client */
  sandboxes?: 'all'
}

/**
 * The calls of the admin API, for an emulator in this process or elsewhere. A client acts on one sandbox; `sandbox(name)`
 * returns the client of another. Every call rejects with an {@link AdminError} where the admin API refuses it, and with the
 * error of `fetch` where the emulator cannot be reached.
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
  readonly #transport: Transport
  readonly #name: string

  /** @param basePath - a path prefix such as `/sandboxes/mine` @param name - the sandbox's name */
  constructor(transport: Transport, basePath = '', name = 'default') {
    this.#transport = transport
    this.basePath = basePath
    this.#name = name
  }

  /** Returns the client of another sandbox of the same emulator. The sandbox is made on its first use. */
  sandbox(name: string): AdminClient {
    return new AdminClient(this.#transport, `/sandboxes/${encodeURIComponent(name)}`, name)
  }

  /** Returns status, version and uptime in seconds. */
  health(): Promise<JsonObject> {
    return this.#get<JsonObject>('/health')
  }

  /** Resolves once the emulator has loaded its fixtures. */
  async ready(): Promise<void> {
    await this.#get('/ready')
  }

  /** Returns the description of the admin API in OpenAPI 3.1. */
  openapi(): Promise<JsonObject> {
    return this.#get<JsonObject>('/openapi.json')
  }

  /** Puts the sandbox back to the fixtures, or empties it, as a whole or in parts. */
  async reset({ to, only }: ResetOptions = {}): Promise<void> {
    await this.#call('POST', `/reset${queryText({ to, only: only?.join() })}`)
  }

  /** Lists the accounts of the sandbox, with their ids, API keys and tokens. */
  async accounts(): Promise<Account[]> {
    return this.#get<{ accounts: Account[] }>('/accounts').then(({ accounts }) => accounts)
  }

  /** Ends this sandbox. @throws AdminError for the default sandbox, which cannot be dropped */
  async drop(): Promise<void> {
    await this.sandboxes.drop(this.#name)
  }

  readonly sandboxes = {
    list: () => this.#get<{ sandboxes: SandboxInfo[] }>('/sandboxes').then(({ sandboxes }) => sandboxes),
    /** Makes a sandbox, unless there is one of that name: 1 to 64 letters, digits, dots, dashes and underscores. */
    make: (name: string) =>
      this.#call('POST', `/sandboxes/${encodeURIComponent(name)}`) as Promise<unknown> as Promise<SandboxInfo>,
    /** Ends a sandbox. @throws AdminError where there is none */
    drop: (name: string) => this.#call('DELETE', `/sandboxes/${encodeURIComponent(name)}`)
  }

  readonly state = {
    /** Returns everything that the sandbox holds, as a state document that `put` takes. */
    get: () => this.#get<JsonObject>('/state'),
    /** Replaces everything that the sandbox holds. @throws AdminError for an invalid document; nothing has changed then */
    put: (state: JsonObject) => this.#call('PUT', '/state', state)
  }

  readonly numbers = {
    /** Returns a page of the numbers of all accounts. @param query - `account`, `state`, `prefix`, `limit`, `start_key` */
    list: (query: Readonly<Record<string, string | number>> = {}) =>
      this.#get<JsonObject>(`/numbers${queryText(query)}`),
    /** Returns one number with its delays. @throws AdminError where it has no record */
    get: (number: string) => this.#get<JsonObject>(`/numbers/${encodeURIComponent(number)}`),
    /** Puts numbers into the sandbox as they are, in any state and past the rules; all of them, or none. */
    put: (numbers: readonly JsonObject[]) =>
      this.#call('POST', '/numbers', numbers).then((reply) => (reply as { numbers: JsonObject[] }).numbers)
  }

  /** States under names of 1 to 64 letters, digits, dots, dashes and underscores. */
  readonly snapshots = {
    list: () => this.#get<JsonObject>('/snapshots'),
    save: (name: string) => this.#call('PUT', `/snapshots/${encodeURIComponent(name)}`),
    /** @throws AdminError where there is no such snapshot */
    restore: (name: string) => this.#call('POST', `/snapshots/${encodeURIComponent(name)}`),
    /** @throws AdminError where there is no such snapshot */
    drop: (name: string) => this.#call('DELETE', `/snapshots/${encodeURIComponent(name)}`),
    /** Returns a snapshot as a state document. @throws AdminError where there is no such snapshot */
    download: (name: string) => this.#get<JsonObject>(`/snapshots/${encodeURIComponent(name)}`),
    /** Saves a state document as a snapshot. @throws AdminError for an invalid document */
    upload: (name: string, state: JsonObject) => this.#call('PUT', `/snapshots/${encodeURIComponent(name)}`, state)
  }

  /** The rules that make requests fail; the first rule that fits a request counts. */
  readonly faults = {
    list: () => this.#get<{ faults: CountedRule[] }>('/faults').then(({ faults }) => faults),
    /** @throws AdminError for a rule that names an unknown operation, outcome or status, or has no effect */
    add: (rule: NewFaultRule) => this.#call('POST', '/faults', rule) as Promise<unknown> as Promise<CountedRule>,
    /** Replaces all rules by these. @throws AdminError where one of them is wrong; nothing has changed then */
    replace: (faults: readonly NewFaultRule[]) =>
      this.#call('PUT', '/faults', { faults }).then((reply) => (reply as unknown as { faults: CountedRule[] }).faults),
    /** @param id - the id in `list` @throws AdminError where there is no such rule */
    remove: (id: string) => this.#call('DELETE', `/faults/${encodeURIComponent(id)}`),
    clear: () => this.#call('DELETE', '/faults')
  }

  /** The clock of the sandbox. Changes that fall due while it moves happen at once. */
  readonly clock = {
    get: () => this.#get<ClockReading>('/clock'),
    /** Sets the time; the clock goes on as fast as before. @param now - ISO 8601, such as `2024-01-31T12:00:00Z` */
    set: (now: string) => this.#clock('PUT', '/clock', { now }),
    /** Stops the clock. @param now - the time to stop at, in ISO 8601 @default the time that it shows */
    freeze: (now?: string) => this.#clock('PUT', '/clock', { ...(now !== undefined && { now }), rate: 0 }),
    /** Lets the clock run. @param rate - how many times as fast as real time, up to 1,000,000 */
    run: (rate = 1) => this.#clock('PUT', '/clock', { rate }),
    /** Moves the clock forward. @param seconds - 0 or more; fractions are allowed */
    advance: (seconds: number) => this.#clock('POST', '/clock/advance', { seconds })
  }

  /** The journal: the requests that the API has received, with their secrets redacted. */
  readonly requests = {
    /** Lists the newest requests first: at most `limit` of them, those since a time in ISO 8601. @default all */
    list: ({ limit, since }: { limit?: number; since?: string } = {}) =>
      this.#get<{ requests: RecordedRequest[] }>(`/requests${queryText({ limit, since })}`).then(
        ({ requests }) => requests
      ),
    /** @throws AdminError where there is no such request */
    get: (id: string) => this.#get<RecordedRequest>(`/requests/${encodeURIComponent(id)}`),
    /** @throws AdminError where there is no such request */
    remove: (id: string) => this.#call('DELETE', `/requests/${encodeURIComponent(id)}`),
    clear: () => this.#call('DELETE', '/requests'),
    /** Counts the matching requests. @throws AdminError for a pattern that cannot be used */
    count: (pattern: RequestPattern = {}) =>
      this.#call('POST', '/requests/count', pattern).then((reply) => Number((reply as JsonObject).count)),
    /** Finds the matching requests, the oldest first. @throws AdminError for a pattern that cannot be used */
    find: (pattern: RequestPattern = {}) => this.#requests('/requests/find', pattern),
    /** Resolves once enough requests match, earlier ones included. @throws AdminError (408) when the time is up */
    wait: (pattern: RequestPattern = {}, options: WaitOptions = {}) =>
      this.#requests('/requests/wait', { ...pattern, ...options }),
    /** Checks how many requests match. @throws AdminError (406) that says how many were expected and how many matched */
    verify: (pattern: RequestPattern, expected: VerifyOptions = {}) =>
      this.#call('POST', '/requests/verify', { ...pattern, ...expected })
  }

  /** Resolves to the events of the sandbox from now on. Leaving the loop over them ends the stream. */
  async events(): Promise<AsyncGenerator<SandboxEvent, void, undefined>> {
    const { status, pieces } = await this.#transport.listen(this.#callOf('GET', '/events'))
    if (status >= 300) throw toAdminError({ status, body: await parseWhole(pieces) })
    return parseEvents(pieces)
  }

  /** How long E911, ports and aging take. */
  readonly timing = {
    get: () => this.#get<JsonObject>('/timing'),
    /** Returns the delays that wait, the earliest first. */
    waiting: () => this.#get<JsonObject>('/timing/waiting'),
    /** @param timing - `e911`, `port_in`, `aging`: `'immediate'`, `'held'`, `{after_seconds}` or `{after_reads}` */
    put: (timing: JsonObject) => this.#call('PUT', '/timing', timing),
    /** Ends delays. @param number - its number, in any form @default all numbers @param kind - its kind @default all kinds */
    release: (number?: string, kind?: DelayKind) =>
      this.#call('POST', '/timing/release', {
        ...(number !== undefined && { number }),
        ...(kind !== undefined && { kind })
      })
  }

  /** Returns the contract report: the outcomes that the client has met, and its warnings. */
  contract({ sandboxes }: ContractOptions = {}): Promise<JsonObject> {
    return this.#get<JsonObject>(`/contract${queryText({ sandboxes })}`)
  }

  /** Begins a new contract report. A reset does not. */
  async clearContract({ sandboxes }: ContractOptions = {}): Promise<void> {
    await this.#call('DELETE', `/contract${queryText({ sandboxes })}`)
  }

  /** Returns the magic numbers and addresses, with their effects. */
  magic(): Promise<JsonObject> {
    return this.#get<JsonObject>('/magic')
  }

  /** Returns every operation with its outcomes, whose names faults and `Prefer` take. */
  outcomes(): Promise<JsonObject> {
    return this.#get<JsonObject>('/outcomes')
  }

  /** Returns the states of a number, and what leads from one to another. */
  states(): Promise<JsonObject> {
    return this.#get<JsonObject>('/states')
  }

  async #get<Reply>(path: string): Promise<Reply> {
    return (await this.#call('GET', path)) as Reply
  }

  async #requests(path: string, body: unknown): Promise<RecordedRequest[]> {
    const reply = await this.#call('POST', path, body)
    return (reply as unknown as { requests: RecordedRequest[] }).requests
  }

  async #clock(method: 'PUT' | 'POST', path: string, body: JsonObject): Promise<ClockReading> {
    return (await this.#call(method, path, body)) as unknown as ClockReading
  }

  async #call(method: AdminCall['method'], path: string, body?: unknown): Promise<JsonValue> {
    const reply = await this.#transport.call(this.#callOf(method, path, body))
    if (reply.status < 300) return reply.body
    throw toAdminError(reply)
  }

  #callOf(method: AdminCall['method'], path: string, body?: unknown): AdminCall {
    return { method, path: `${this.basePath}/__admin${path}`, ...(body !== undefined && { body }) }
  }
}

function toAdminError({ status, body }: AdminReply): AdminError {
  const { message = `status ${status}`, at = '' } = body as { message?: string; at?: string }
  return new AdminError(status, message, at)
}

/** Formats the defined values as a query. */
function queryText(values: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, String(value))
  return query.size === 0 ? '' : `?${query.toString()}`
}

/**
 * Creates a client of a running emulator.
 *
 * @param url - the base URL, such as `http://127.0.0.1:8000`
 * @param token - the token of `--admin-token`, where the emulator has one
 * @example
 * const admin = adminClient(process.env.ONEUC_ADMIN_URL, 'secret')
 */
export function adminClient(url: string, token?: string): AdminClient {
  return new AdminClient(overNetwork(url, token))
}
