import type { SandboxEvent } from '../sandbox/events.js'
import type { JsonValue } from '../json.js'

/** The events of a stream (Server-Sent Events, HTML standard, 9.2), as the admin API writes them. */
export async function* eventsIn(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<SandboxEvent, void, undefined> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of pieces) {
    const blocks = (text + decoder.decode(piece, { stream: true })).split('\n\n')
    text = blocks.splice(-1).join('')
    for (const block of blocks) {
      const [, type, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? []
      // What is no event is a comment: the admin API begins with one.
      if (data !== undefined) yield { type, data: JSON.parse(data) as JsonValue } as unknown as SandboxEvent
    }
  }
}

/** All of a body that turned out to be none that goes on. */
export async function wholeOf(pieces: AsyncIterable<Uint8Array>): Promise<JsonValue> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of pieces) text += decoder.decode(piece, { stream: true })
  return JSON.parse(text) as JsonValue
}
