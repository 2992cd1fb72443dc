import type { JsonValue } from '../../json.js'
import { parseWhole, readText, type Transport } from '../transport.js'
import type { AdminCall } from './admin-call.js'
import { refusalOf } from './admin-error.js'

/** Makes the calls of one sandbox's admin API, and rejects with an AdminError where it refuses one. */
export class AdminCalls {
  readonly transport: Transport
  readonly basePath: string

  constructor(transport: Transport, basePath: string) {
    this.transport = transport
    this.basePath = basePath
  }

  async get<Reply>(path: string): Promise<Reply> {
    return (await this.call('GET', path)) as Reply
  }

  /** Makes a call whose response is a text. */
  async text(path: string): Promise<string> {
    return readText(await this.listen(path))
  }

  async call(method: AdminCall['method'], path: string, body?: unknown): Promise<JsonValue> {
    const call = this.#callOf(method, path, body)
    const reply = await this.transport.call(call)
    if (reply.status < 300) return reply.body
    throw refusalOf(call, reply)
  }

  /** Makes a call whose response goes on, and resolves to the chunks of its body. */
  async listen(path: string): Promise<AsyncIterable<Uint8Array>> {
    const call = this.#callOf('GET', path)
    const { status, pieces } = await this.transport.listen(call)
    if (status >= 300) throw refusalOf(call, { status, body: await parseWhole(pieces) })
    return pieces
  }

  #callOf(method: AdminCall['method'], path: string, body?: unknown): AdminCall {
    return { method, path: `${this.basePath}/__admin${path}`, ...(body !== undefined && { body }) }
  }
}

/** Formats the defined values as a query; a list becomes its items between commas. The admin API refuses a misspelt name. */
export function formatQuery(values: Readonly<Record<string, string | number | readonly string[] | undefined>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, String(value))
  return query.size === 0 ? '' : `?${query.toString()}`
}
