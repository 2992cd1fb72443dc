import type { Account } from '../sandbox/accounts.js'
import { eventsIn, wholeOf } from './client-events.js'
import { overNetwork, type AdminCall, type AdminReply, type Transport } from './transport.js'
import type { SandboxEvent } from '../sandbox/events.js'
import type { CountedRule, FaultRule } from '../sandbox/faults.js'
import type { JsonObject, JsonValue } from '../json.js'
import type { PendingKind } from '../numbering/pending-kinds.js'
import type { RecordedRequest } from '../journal/recorded-request.js'
import type { RequestPattern } from '../journal/request-pattern.js'
import type { VerifyOptions, WaitOptions } from '../journal/queries.js'
import type { Resettable } from '../sandbox/events.js'

/** A call that the admin API has refused: what was wrong, and where in the body (a JSON pointer). */
export class AdminError extends Error {
  override readonly name = 'AdminError'
  readonly status: number
  readonly at: string

  constructor(status: number, message: string, at: string) {
    super(message)
    this.status = status
    this.at = at
  }
}

/** The clock of a sandbox. */
export interface ShownClock {
  /** ISO 8601. */
  now: string
  gregorian_seconds: number
  /** 0 stands still, 1 runs as time does. */
  rate: number
}

/** A sandbox, and under which path its API is. */
export interface ShownSandbox {
  name: string
  base_path: string
}

/** A rule as a test writes it; where it has no name, it is called what it does. */
export type NewRule = Omit<FaultRule, 'name'> & { name?: string }

export interface ResetOptions {
  to?: 'fixtures' | 'empty'
  only?: readonly Resettable[]
}

/** Whose conduct is meant: that of this sandbox, or of all of them. */
export interface ContractOptions {
  sandboxes?: 'all'
}

/**
 * The admin API, typed: the same verbs for an emulator in this process and for one elsewhere. Each client acts on one
 * sandbox; `sandbox(name)` gives the client of another.
 */
export class AdminClient {
  /** Under which base path this sandbox's API is: `''` for the default one. */
  readonly basePath: string
  readonly #transport: Transport

  readonly #name: string

  constructor(transport: Transport, basePath = '', name = 'default') {
    this.#transport = transport
    this.basePath = basePath
    this.#name = name
  }

  /** The client of another sandbox of the same emulator; it comes to life on first use. */
  sandbox(name: string): AdminClient {
    const encoded = encodeURIComponent(name)
    return new AdminClient(this.#transport, `/sandboxes/${encoded}`, name)
  }

  health(): Promise<JsonObject> {
    return this.#get<JsonObject>('/health')
  }

  /** Resolves where the emulator has its fixtures; one that answers has them. */
  async ready(): Promise<void> {
    await this.#get('/ready')
  }

  /** The description of the admin API in OpenAPI. */
  openapi(): Promise<JsonObject> {
    return this.#get<JsonObject>('/openapi.json')
  }

  /** Back to the fixtures, or to nothing; whole, or some kinds of things only. */
  async reset({ to, only }: ResetOptions = {}): Promise<void> {
    await this.#call('POST', `/reset${queryOf({ to, only: only?.join() })}`)
  }

  async accounts(): Promise<Account[]> {
    return this.#get<{ accounts: Account[] }>('/accounts').then(({ accounts }) => accounts)
  }

  /** Ends this sandbox. The default one stays. */
  async drop(): Promise<void> {
    await this.sandboxes.drop(this.#name)
  }

  readonly sandboxes = {
    list: () => this.#get<{ sandboxes: ShownSandbox[] }>('/sandboxes').then(({ sandboxes }) => sandboxes),
    /** Makes a sandbox where there is none of that name; one also comes to life on first use. */
    make: (name: string) =>
      this.#call('POST', `/sandboxes/${encodeURIComponent(name)}`) as Promise<unknown> as Promise<ShownSandbox>,
    drop: (name: string) => this.#call('DELETE', `/sandboxes/${encodeURIComponent(name)}`)
  }

  readonly state = {
    /** Everything that the sandbox holds; `put` takes it. */
    get: () => this.#get<JsonObject>('/state'),
    put: (state: JsonObject) => this.#call('PUT', '/state', state)
  }

  readonly numbers = {
    /** Puts numbers there as they are, in any state, past the rules. */
    put: (numbers: readonly JsonObject[]) =>
      this.#call('POST', '/numbers', numbers).then((reply) => (reply as { numbers: JsonObject[] }).numbers)
  }

  readonly snapshots = {
    list: () => this.#get<JsonObject>('/snapshots'),
    save: (name: string) => this.#call('PUT', `/snapshots/${encodeURIComponent(name)}`),
    restore: (name: string) => this.#call('POST', `/snapshots/${encodeURIComponent(name)}`),
    drop: (name: string) => this.#call('DELETE', `/snapshots/${encodeURIComponent(name)}`),
    download: (name: string) => this.#get<JsonObject>(`/snapshots/${encodeURIComponent(name)}`),
    upload: (name: string, state: JsonObject) => this.#call('PUT', `/snapshots/${encodeURIComponent(name)}`, state)
  }

  readonly faults = {
    list: () => this.#get<{ faults: CountedRule[] }>('/faults').then(({ faults }) => faults),
    add: (rule: NewRule) => this.#call('POST', '/faults', rule) as Promise<unknown> as Promise<CountedRule>,
    /** Puts these rules in the place of all others; none of them where one is wrong. */
    replace: (faults: readonly NewRule[]) =>
      this.#call('PUT', '/faults', { faults }).then((reply) => (reply as unknown as { faults: CountedRule[] }).faults),
    remove: (id: string) => this.#call('DELETE', `/faults/${encodeURIComponent(id)}`),
    clear: () => this.#call('DELETE', '/faults')
  }

  readonly clock = {
    get: () => this.#get<ShownClock>('/clock'),
    /** Shows `now` (ISO 8601) from now on. */
    set: (now: string) => this.#clock('PUT', '/clock', { now }),
    freeze: (now?: string) => this.#clock('PUT', '/clock', { ...(now !== undefined && { now }), rate: 0 }),
    /** Goes on, `rate` times as fast as time does. */
    run: (rate = 1) => this.#clock('PUT', '/clock', { rate }),
    advance: (seconds: number) => this.#clock('POST', '/clock/advance', { seconds })
  }

  readonly requests = {
    /** The newest first: at most `limit` of them, those since a time (ISO 8601). */
    list: ({ limit, since }: { limit?: number; since?: string } = {}) =>
      this.#get<{ requests: RecordedRequest[] }>(`/requests${queryOf({ limit, since })}`).then(
        ({ requests }) => requests
      ),
    get: (id: string) => this.#get<RecordedRequest>(`/requests/${encodeURIComponent(id)}`),
    remove: (id: string) => this.#call('DELETE', `/requests/${encodeURIComponent(id)}`),
    clear: () => this.#call('DELETE', '/requests'),
    count: (pattern: RequestPattern = {}) =>
      this.#call('POST', '/requests/count', pattern).then((reply) => Number((reply as JsonObject).count)),
    /** The oldest first. */
    find: (pattern: RequestPattern = {}) => this.#requests('/requests/find', pattern),
    /** Resolves once enough matching requests are there; throws an AdminError when the time is up. */
    wait: (pattern: RequestPattern = {}, options: WaitOptions = {}) =>
      this.#requests('/requests/wait', { ...pattern, ...options }),
    /** Throws an AdminError that says what was expected and what was there. */
    verify: (pattern: RequestPattern, expected: VerifyOptions = {}) =>
      this.#call('POST', '/requests/verify', { ...pattern, ...expected })
  }

  /** What happens in this sandbox once this has resolved. Leaving the loop over it ends the listening. */
  async events(): Promise<AsyncGenerator<SandboxEvent, void, undefined>> {
    const { status, pieces } = await this.#transport.listen(this.#callOf('GET', '/events'))
    if (status >= 300) throw refusal({ status, body: await wholeOf(pieces) })
    return eventsIn(pieces)
  }

  readonly timing = {
    get: () => this.#get<JsonObject>('/timing'),
    put: (timing: JsonObject) => this.#call('PUT', '/timing', timing),
    /** Lets what waits happen: to one number, or to all; of one kind, or whatever it waits for. */
    release: (number?: string, kind?: PendingKind) =>
      this.#call('POST', '/timing/release', {
        ...(number !== undefined && { number }),
        ...(kind !== undefined && { kind })
      })
  }

  /** What the client did against the document. */
  contract({ sandboxes }: ContractOptions = {}): Promise<JsonObject> {
    return this.#get<JsonObject>(`/contract${queryOf({ sandboxes })}`)
  }

  /** Forgets what the client did against the document. A reset does not. */
  async clearContract({ sandboxes }: ContractOptions = {}): Promise<void> {
    await this.#call('DELETE', `/contract${queryOf({ sandboxes })}`)
  }

  magic(): Promise<JsonObject> {
    return this.#get<JsonObject>('/magic')
  }

  outcomes(): Promise<JsonObject> {
    return this.#get<JsonObject>('/outcomes')
  }

  async #get<Reply>(path: string): Promise<Reply> {
    return (await this.#call('GET', path)) as Reply
  }

  async #requests(path: string, body: unknown): Promise<RecordedRequest[]> {
    const reply = await this.#call('POST', path, body)
    return (reply as unknown as { requests: RecordedRequest[] }).requests
  }

  async #clock(method: 'PUT' | 'POST', path: string, body: JsonObject): Promise<ShownClock> {
    return (await this.#call(method, path, body)) as unknown as ShownClock
  }

  async #call(method: AdminCall['method'], path: string, body?: unknown): Promise<JsonValue> {
    const reply = await this.#transport.call(this.#callOf(method, path, body))
    if (reply.status < 300) return reply.body
    throw refusal(reply)
  }

  #callOf(method: AdminCall['method'], path: string, body?: unknown): AdminCall {
    return { method, path: `${this.basePath}/__admin${path}`, ...(body !== undefined && { body }) }
  }
}

function refusal({ status, body }: AdminReply): AdminError {
  const { message = `status ${status}`, at = '' } = body as { message?: string; at?: string }
  return new AdminError(status, message, at)
}

/** A query of what is given. */
function queryOf(values: Readonly<Record<string, string | number | undefined>>): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value !== undefined) given.set(name, String(value))
  return given.size === 0 ? '' : `?${given.toString()}`
}

/** A client of the emulator at `url`; `token` is that of `--admin-token`. */
export function adminClient(url: string, token?: string): AdminClient {
  return new AdminClient(overNetwork(url, token))
}
