import type { JsonValue } from '../../json.js'
import { parseWhole, type AdminCall, type AdminReply, type Transport } from '../transport.js'
import { AdminError } from './admin-error.js'

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

  async call(method: AdminCall['method'], path: string, body?: unknown): Promise<JsonValue> {
    const reply = await this.transport.call(this.#callOf(method, path, body))
    if (reply.status < 300) return reply.body
    throw toAdminError(reply)
  }

  /** Makes a call whose response goes on, and resolves to the chunks of its body. */
  async listen(path: string): Promise<AsyncIterable<Uint8Array>> {
    const { status, pieces } = await this.transport.listen(this.#callOf('GET', path))
    if (status >= 300) throw toAdminError({ status, body: await parseWhole(pieces) })
    return pieces
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
export function formatQuery(values: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, String(value))
  return query.size === 0 ? '' : `?${query.toString()}`
}
