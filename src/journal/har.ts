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

function harEntry({ request, response, operation, outcome, fault, warnings, changes }: RecordedRequest) {
  const time = response.duration_ms
  return {
    startedDateTime: request.loggedDateString,
    time,
    request: harRequest(request),
    response: harResponse(response),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    // What the emulator knows beside them; the format keeps names with an underscore for that.
    _operation: operation,
    _outcome: outcome,
    _fault: fault,
    _warnings: warnings,
    _changes: changes
  }
}

function harRequest(request: RecordedRequest['request']) {
  const { method, url, headers, body } = request
  return {
    method,
    url: absoluteUrl(request),
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: toNamedValues(Object.entries(headers)),
    queryString: toNamedValues([...new URLSearchParams(queryOf(url))]),
    ...(body === '' ? {} : { postData: { mimeType: mimeType(headers), text: body, ...commentOf(request) } }),
    headersSize: -1,
    bodySize: sizeOfBody(request)
  }
}

function harResponse(response: RecordedRequest['response']) {
  const { status, headers, body } = response
  const size = sizeOfBody(response)
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: toNamedValues(Object.entries(headers)),
    content: { size, mimeType: mimeType(headers), text: body, ...commentOf(response) },
    redirectURL: '',
    headersSize: -1,
    bodySize: size
  }
}

/** Writes the URL of a request by the grammar of URIs (RFC 3986), whatever the client has sent. */
function absoluteUrl({ url, headers: { host = 'localhost' } }: RecordedRequest['request']): string {
  const isAddress = /^\[[\da-f:.]+\](?::\d+)?$/i.test(host)
  return `http://${isAddress ? host : encodeRest(host)}${encodeRest(url)}`
}

/** Encodes what no URI has between its delimiters; an escape stays as it is. */
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
