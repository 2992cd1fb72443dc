import type { Account } from './accounts.js'
import type { CountedRule, FaultRule } from './faults.js'
import type { JsonObject, JsonValue } from './json.js'

/** How a client reaches a control door: over the network, or within the process. */
export type Transport = (call: DoorCall) => Promise<DoorReply>

export interface DoorCall {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Path and query, sandbox and all. */
  path: string
  body?: unknown
}

export interface DoorReply {
  status: number
  body: JsonValue
}

/** A call that the door has refused: what was wrong, and where in the body (a JSON pointer). */
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

/** Which requests are meant: WireMock's patterns, and the operation and outcome by name. */
export interface RequestPattern {
  method?: string
  url?: string
  urlPath?: string
  urlPattern?: string
  urlPathPattern?: string
  headers?: Record<string, JsonObject>
  queryParameters?: Record<string, JsonObject>
  bodyPatterns?: JsonObject[]
  operation?: string
  outcome?: string
}

/** How many requests are expected. */
export interface Expected {
  exactly?: number
  at_least?: number
  at_most?: number
}

export interface ResetOptions {
  to?: 'fixtures' | 'empty'
  only?: ('numbers' | 'faults' | 'requests' | 'clock')[]
}

export interface WaitOptions {
  /** How many matching requests have to be there; 1 where absent. */
  count?: number
  /** Milliseconds. */
  timeout_ms?: number
}

/**
 * The control door, typed: the same verbs for an emulator in this process and for one elsewhere. Each client acts on one
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
    return new AdminClient(this.#transport, `/sandboxes/${encoded}`, encoded)
  }

  /** Back to the fixtures, or to nothing; whole, or some kinds of things only. */
  async reset({ to, only }: ResetOptions = {}): Promise<void> {
    const query = new URLSearchParams({ ...(to && { to }), ...(only && { only: only.join() }) }).toString()
    await this.#call('POST', `/reset${query === '' ? '' : `?${query}`}`)
  }

  async accounts(): Promise<Account[]> {
    return this.#get<{ accounts: Account[] }>('/accounts').then(({ accounts }) => accounts)
  }

  /** Ends this sandbox. The default one stays. */
  async drop(): Promise<void> {
    await this.#call('DELETE', `/sandboxes/${this.#name}`)
  }

  readonly state = {
    /** Everything that the sandbox holds; `put` takes it. */
    get: () => this.#get<JsonObject>('/state'),
    put: (state: JsonObject) => this.#call('PUT', '/state', state)
  }

  readonly numbers = {
    /** Puts numbers there as they are, in any state, past the rules. */
    put: (numbers: readonly JsonObject[]) => this.#listed('/numbers', numbers, 'numbers')
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
    add: (rule: Omit<FaultRule, 'name'> & { name?: string }) =>
      this.#call('POST', '/faults', rule) as Promise<unknown> as Promise<CountedRule>,
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
    list: () => this.#get<{ requests: JsonObject[] }>('/requests').then(({ requests }) => requests),
    clear: () => this.#call('DELETE', '/requests'),
    count: (pattern: RequestPattern = {}) =>
      this.#call('POST', '/requests/count', pattern).then((reply) => Number((reply as JsonObject).count)),
    find: (pattern: RequestPattern = {}) => this.#listed('/requests/find', pattern, 'requests'),
    /** Resolves once enough matching requests are there; throws an AdminError when the time is up. */
    wait: (pattern: RequestPattern = {}, options: WaitOptions = {}) =>
      this.#listed('/requests/wait', { ...pattern, ...options }, 'requests'),
    /** Throws an AdminError that says what was expected and what was there. */
    verify: (pattern: RequestPattern, expected: Expected) =>
      this.#call('POST', '/requests/verify', { ...pattern, ...expected })
  }

  readonly timing = {
    get: () => this.#get<JsonObject>('/timing'),
    put: (timing: JsonObject) => this.#call('PUT', '/timing', timing),
    /** Lets what is held happen: to one number, or to all. */
    release: (number?: string) => this.#call('POST', '/timing/release', number === undefined ? {} : { number })
  }

  contract(): Promise<JsonObject> {
    return this.#get<JsonObject>('/contract')
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

  /** The list that a call answers under a key. */
  async #listed(path: string, body: unknown, key: 'numbers' | 'requests'): Promise<JsonObject[]> {
    const reply = await this.#call('POST', path, body)
    return (reply as Record<typeof key, JsonObject[]>)[key]
  }

  async #clock(method: 'PUT' | 'POST', path: string, body: JsonObject): Promise<ShownClock> {
    return (await this.#call(method, path, body)) as unknown as ShownClock
  }

  async #call(method: DoorCall['method'], path: string, body?: unknown): Promise<JsonValue> {
    const reply = await this.#transport({
      method,
      path: `${this.basePath}/__admin${path}`,
      ...(body !== undefined && { body })
    })
    if (reply.status < 300) return reply.body
    const { message = `status ${reply.status}`, at = '' } = reply.body as { message?: string; at?: string }
    throw new AdminError(reply.status, message, at)
  }
}

/** A client of the emulator at `url`; `token` is that of `--admin-token`. */
export function adminClient(url: string, token?: string): AdminClient {
  return new AdminClient(async ({ method, path, body }) => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
    return { status: response.status, body: (await response.json()) as JsonValue }
  })
}
