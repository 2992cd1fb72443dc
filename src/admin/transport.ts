import type { JsonValue } from '../json.js'

/** How a client reaches a admin API: over the network, or within the process. */
export interface Transport {
  call: (call: AdminCall) => Promise<AdminReply>
  /** A call whose answer goes on until either side ends it. */
  listen: (call: AdminCall) => Promise<AdminStream>
}

export interface AdminCall {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Path and query, sandbox and all. */
  path: string
  body?: unknown
}

export interface AdminReply {
  status: number
  body: JsonValue
}

export interface AdminStream {
  status: number
  /** The body as it comes. */
  pieces: AsyncIterable<Uint8Array>
}

/** To the emulator at `url`; `token` is that of `--admin-token`. */
export function overNetwork(url: string, token?: string): Transport {
  const answered = ({ method, path, body }: AdminCall) =>
    fetch(new URL(path, url), {
      method,
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
  return {
    async call(call) {
      const response = await answered(call)
      return { status: response.status, body: (await response.json()) as JsonValue }
    },
    async listen(call) {
      const { status, body } = await answered(call)
      // Whatever the admin API answers has a body.
      return { status, pieces: body as unknown as AsyncIterable<Uint8Array> }
    }
  }
}
