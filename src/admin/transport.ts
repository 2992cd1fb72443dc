import type { JsonValue } from '../json.js'
import type { SandboxEvent } from '../sandbox/events.js'

/** The way from a client to an admin API: over the network, or within the process. */
export interface Transport {
  call: (call: AdminCall) => Promise<AdminReply>
  /** Makes a call whose response goes on until either side ends it. */
  listen: (call: AdminCall) => Promise<AdminStream>
}

export interface AdminCall {
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  /** Path and query, with the sandbox. */
  path: string
  body?: unknown
}

export interface AdminReply {
  status: number
  body: JsonValue
}

export interface AdminStream {
  status: number
  /** The chunks of the response body. */
  pieces: AsyncIterable<Uint8Array>
}

/** Creates the way to the emulator at `url`; `token` is that of `--admin-token`. */
export function overNetwork(url: string, token?: string): Transport {
  const send = ({ method, path, body }: AdminCall) =>
    fetch(new URL(path, url), {
      method,
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
  return {
    async call(call) {
      const response = await send(call)
      return { status: response.status, body: (await response.json()) as JsonValue }
    },
    async listen(call) {
      const { status, body } = await send(call)
      // Every response of the admin API has a body.
      return { status, pieces: body as unknown as AsyncIterable<Uint8Array> }
    }
  }
}

/** Parses the events of a stream (Server-Sent Events, HTML standard, 9.2), as the admin API writes them. */
export async function* parseEvents(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<SandboxEvent, void, undefined> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of pieces) {
    const blocks = (text + decoder.decode(piece, { stream: true })).split('\n\n')
    text = blocks.splice(-1).join('')
    for (const block of blocks) {
      const [, type, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? []
      // The admin API begins with a comment, which is no event.
      if (data !== undefined) yield { type, data: JSON.parse(data) as JsonValue } as unknown as SandboxEvent
    }
  }
}

/** Reads a stream to its end, and parses it as JSON. */
export async function parseWhole(pieces: AsyncIterable<Uint8Array>): Promise<JsonValue> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of pieces) text += decoder.decode(piece, { stream: true })
  return JSON.parse(text) as JsonValue
}
