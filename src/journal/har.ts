import { STATUS_CODES } from 'node:http'
import { VERSION } from '../package.js'
import { queryOf } from '../text/url.js'
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
  const query = new URLSearchParams(queryOf(request.url))
  const time = response.duration_ms
  return {
    startedDateTime: request.loggedDateString,
    time,
    request: {
      method: request.method,
      url: absoluteUrl(request),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toNamedValues(Object.entries(request.headers)),
      queryString: toNamedValues([...query]),
      ...(request.body === ''
        ? {}
        : { postData: { mimeType: mimeType(request.headers), text: request.body, ...commentOf(request) } }),
      headersSize: -1,
      bodySize: sizeOfBody(request)
    },
    response: {
      status: response.status,
      statusText: STATUS_CODES[response.status] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toNamedValues(Object.entries(response.headers)),
      content: {
        size: sizeOfBody(response),
        mimeType: mimeType(response.headers),
        text: response.body,
        ...commentOf(response)
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: sizeOfBody(response)
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

/** Writes the URL of a request by the grammar of URIs (RFC 3986), whatever the client has sent. */
function absoluteUrl({ url, headers: { host = 'localhost' } }: RecordedRequest['request']): string {
  const isAddress = /^\[[\da-f:.]+\](?::\d+)?$/i.test(host)
  return `http://${isAddress ? host : encodeRest(host)}${encodeRest(url)}`
}

/** Encodes what no URI has between its delimiters; what is encoded already stays. */
function encodeRest(text: string): string {
  return text.replace(/%(?![\da-f]{2})|[^\w%.~:/?@!$&'()*+,;=-]/gi, encodeURIComponent)
}

function toNamedValues(entries: readonly (readonly [string, string])[]) {
  return entries.map(([name, value]) => ({ name, value }))
}

/** The type that browsers write where a message says none. */
const UNKNOWN_TYPE = 'x-unknown'

function mimeType(headers: Readonly<Record<string, string>>): string {
  return headers['content-type'] ?? UNKNOWN_TYPE
}

interface Message {
  body: string
  bodyEncoding?: 'latin1'
  bodyCutBytes?: number
}

/** The bytes of a body; those of a secret are the bytes of what covers it. */
function sizeOfBody({ body, bodyEncoding, bodyCutBytes = 0 }: Message): number {
  return Buffer.byteLength(body, bodyEncoding) + bodyCutBytes
}

function commentOf({ bodyCutBytes }: Message): { comment?: string } {
  return bodyCutBytes === undefined ? {} : { comment: `the journal has not kept ${bodyCutBytes} bytes of it` }
}
