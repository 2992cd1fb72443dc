import { VERSION } from '../package.js'
import type { RecordedRequest } from './recorded-request.js'

/** Writes requests as an HTTP Archive 1.2, which the network panel of a browser opens. Secrets stay redacted. */
export function toHar(requests: readonly RecordedRequest[]) {
  return {
    log: {
      version: '1.2',
      creator: { name: 'oneuc-emulator', version: VERSION },
      entries: requests.map(harEntry)
    }
  }
}

function harEntry({ request, response, ...rest }: RecordedRequest) {
  const query = new URLSearchParams(request.url.split('?')[1])
  const time = response.duration_ms
  return {
    startedDateTime: request.loggedDateString,
    time,
    request: {
      method: request.method,
      url: request.absoluteUrl,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairsOf(Object.entries(request.headers)),
      queryString: pairsOf([...query]),
      ...(request.body === '' ? {} : { postData: { mimeType: mimeType(request.headers), text: request.body } }),
      headersSize: -1,
      bodySize: Buffer.byteLength(request.body)
    },
    response: {
      status: response.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairsOf(Object.entries(response.headers)),
      content: {
        size: Buffer.byteLength(response.body),
        mimeType: mimeType(response.headers),
        text: response.body
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: Buffer.byteLength(response.body)
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    // What the emulator knows beside them; the format keeps names with an underscore for that.
    _operation: rest.operation,
    _outcome: rest.outcome,
    _fault: rest.fault,
    _warnings: rest.warnings,
    _changes: rest.changes
  }
}

function pairsOf(entries: readonly (readonly [string, string])[]) {
  return entries.map(([name, value]) => ({ name, value }))
}

function mimeType(headers: Readonly<Record<string, string>>): string {
  return headers['content-type'] ?? 'application/json'
}
