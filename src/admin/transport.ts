import type { JsonValue } from '../json.js'
import type { SandboxEvent } from '../sandbox/event.js'
import { causeOf } from '../text/cause.js'
import type { AdminCall, AdminReply } from './client/admin-call.js'
import { AdminError } from './client/admin-error.js'

/** The way from a client to an admin API: over the network, or within the process. */
export interface Transport {
  call: (call: AdminCall) => Promise<AdminReply>
  /** Makes a call whose response goes on until either side ends it. */
  listen: (call: AdminCall) => Promise<AdminStream>
}

interface AdminStream {
  status: number
  /** The chunks of the response body. */
  pieces: AsyncIterable<Uint8Array>
}

/** Creates the way to the emulator at `url`; `token` is that of `--admin-token`. */
export function overNetwork(url: string, token?: string): Transport {
  const send = async ({ method, path, body }: AdminCall) => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) })
    }).catch((error: unknown) => {
      throw unreachable(`${method} ${path}: no emulator answers at ${url}: ${causeOf(error)}`, { cause: error })
    })
    // Another server may answer in JSON, too, and so may a mock that a test has put in the place of `fetch`.
    if (response.headers.has('x-emulator')) return response
    await response.body?.cancel()
    const what = `status ${response.status} and no header X-Emulator`
    throw unreachable(`${method} ${path}: ${url} is no emulator: it answered with ${what}`)
  }
  return {
    async call(call) {
      const response = await send(call)
      return { status: response.status, body: (await response.json()) as JsonValue }
    },
    async listen(call) {
      const { status, body } = await send(call)
      // Every response of the admin API has a body. Its reader is taken at once: `fetch` cancels a body without one when the response
      // is garbage, and a client may read much later.
      return { status, pieces: (body as ReadableStream<Uint8Array>).values() }
    }
  }
}

function unreachable(message: string, options?: ErrorOptions): AdminError {
  return new AdminError(0, message, [{ at: '', message }], options)
}

/** Parses the events of a stream (Server-Sent Events, HTML standard, 9.2), as the admin API writes them. */
export async function* parseEvents(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<SandboxEvent, void, undefined> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of pieces) {
    const blocks = (text + decoder.decode(piece, { stream: true })).split('\n\n')
    text = blocks.splice(-1).join('')
    for (const block of blocks) {
      const [, id, type, data] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? []
      // The admin API begins with a comment, which is no event.
      if (data !== undefined) yield { id, type, data: JSON.parse(data) as JsonValue } as unknown as SandboxEvent
    }
  }
}

/** Reads a stream to its end, and parses it as JSON. */
export async function parseWhole(pieces: AsyncIterable<Uint8Array>): Promise<JsonValue> {
  return JSON.parse(await readText(pieces)) as JsonValue
}

/** Reads a stream to its end. */
export async function readText(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of pieces) text += decoder.decode(piece, { stream: true })
  return text
}
