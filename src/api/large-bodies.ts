import type { IncomingHttpHeaders } from 'node:http'
import type { App } from './app-type.js'

/** The least bytes of a large body: as bytes, text and value it is in memory several times. */
const LARGE_BODY_BYTES = 1_000_000

/** The large bodies that are read at once, of at most 8 MB for the API: a client that stops in the middle of one does not stop the others. */
const READ_AT_ONCE = 8

/**
 * Reads a few large bodies at once, in the order of their requests: those of many clients would need their memory at the same
 * time. A body whose length the client does not say counts as large.
 */
export function readLargeBodiesInTurn(app: App): void {
  /** Each begins to read a body. The first of them are being read. */
  const line: (() => void)[] = []
  app.addHook('onRequest', (request, { raw: response }, done) => {
    if (!isLarge(request.headers)) {
      done()
      return
    }
    const leave = () => {
      const place = line.indexOf(begin)
      if (place < 0) return
      line.splice(place, 1)
      if (place < READ_AT_ONCE) line[READ_AT_ONCE - 1]?.()
    }
    const begin = () => {
      request.raw.once('end', leave)
      done()
    }
    response.once('close', leave)
    line.push(begin)
    if (line.length <= READ_AT_ONCE) begin()
  })
}

function isLarge(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) >= LARGE_BODY_BYTES
}
