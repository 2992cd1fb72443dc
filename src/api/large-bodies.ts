import type { IncomingHttpHeaders } from 'node:http'
import type { App } from './app-type.js'

/** From so many bytes on, a body is large: as bytes, text and value it is in memory several times. */
const LARGE_BODY_BYTES = 1_000_000

/**
 * Reads large bodies one after the other, in the order of their requests: those of many clients at once would need their memory at
 * once. A body whose length the client does not say counts as large.
 */
export function readLargeBodiesInTurn(app: App): void {
  /** Begins to read a body. The first body is being read. */
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
      if (place === 0) line[0]?.()
    }
    const begin = () => {
      request.raw.once('end', leave)
      done()
    }
    response.once('close', leave)
    line.push(begin)
    if (line.length === 1) begin()
  })
}

function isLarge(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) >= LARGE_BODY_BYTES
}
