/** Requests as bytes: bytes that never become a request are answered too. */
import { BOUGHT, numbersOf, TOKEN } from '../harness/calls.js'
import { DEMO } from '../harness/emulator-under-test.js'

export interface WireCase {
  title: string
  bytes: string | Buffer
  status: number
  message?: string
}

const LARGEST_BODY = 8_000_000
const SEARCH = 'GET /v2/phone_numbers?prefix=415'
const STORE = `POST ${numbersOf(DEMO)}/${BOUGHT}`

/** A request of a line and headers; the server closes the connection behind its answer. */
function request(line: string, headers: readonly string[] = [], body = ''): string {
  return [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', body].join('\r\n')
}

const TOKEN_HEADER = `X-Auth-Token: ${TOKEN}`
const BROKEN = { status: 400, message: 'parse_error' }
const TOO_MANY_HEADERS = { status: 431, message: 'request_header_fields_too_large' }
const NO_METHOD = { status: 405, message: 'invalid_method' }

// prettier-ignore
export const WIRE_CASES: readonly WireCase[] = [
  { title: 'a header of twenty thousand bytes', bytes: request(SEARCH, [`X-Long: ${'x'.repeat(20_000)}`]), ...TOO_MANY_HEADERS },
  { title: 'three thousand headers', bytes: request(SEARCH, Array.from({ length: 3_000 }, (_, i) => `X-${i}: x`)), ...TOO_MANY_HEADERS },
  { title: 'a path of twenty thousand bytes', bytes: request(`${SEARCH}${'5'.repeat(20_000)}`), ...TOO_MANY_HEADERS },
  { title: 'a hundred headers are fine', bytes: request(SEARCH, Array.from({ length: 100 }, (_, i) => `X-${i}: x`)), status: 200 },

  { title: 'a greeting', bytes: 'hello\r\n\r\n', ...BROKEN },
  { title: 'the beginning of TLS', bytes: Buffer.from('16030100a5010000a10303', 'hex'), ...BROKEN },
  { title: 'a version that there is none of', bytes: `${SEARCH} HTTP/9.9\r\n\r\n`, ...BROKEN },
  { title: 'a header without a colon', bytes: request(SEARCH, ['nonsense']), ...BROKEN },
  { title: 'NUL in a header', bytes: request(SEARCH, ['X-A: a\u0000b']), ...BROKEN },
  { title: 'a length that is no number', bytes: request(STORE, ['Content-Length: ten'], '{"data":{}}'), ...BROKEN },
  { title: 'two lengths', bytes: request(STORE, ['Content-Length: 2', 'Content-Length: 11'], '{"data":{}}'), ...BROKEN },
  { title: 'a length and chunks', bytes: request(STORE, ['Content-Length: 11', 'Transfer-Encoding: chunked'], '0\r\n\r\n'), ...BROKEN },
  { title: 'a chunk whose size is no number', bytes: request(STORE, [TOKEN_HEADER, 'Transfer-Encoding: chunked'], 'xyz\r\n{}\r\n'), ...BROKEN },

  { title: 'an unknown method', bytes: request('FETCH /v2/phone_numbers'), ...BROKEN },
  { title: 'a method of WebDAV', bytes: request('PROPFIND /v2/phone_numbers'), ...NO_METHOD },
  { title: 'a method of WebDAV with a body', bytes: request('PROPPATCH /v2/phone_numbers', ['Content-Length: 11'], '{"data":{}}'), ...NO_METHOD },
  { title: 'TRACE', bytes: request('TRACE /v2/phone_numbers'), ...NO_METHOD },
  { title: 'OPTIONS of everything', bytes: request('OPTIONS *'), status: 404, message: 'not_found' },

  { title: 'a request without a Host', bytes: `${SEARCH} HTTP/1.1\r\nConnection: close\r\n\r\n`, status: 200 },
  { title: 'HTTP/1.0', bytes: `${SEARCH} HTTP/1.0\r\n\r\n`, status: 200 },
  { title: 'a client that wants to go on under another protocol', bytes: request(SEARCH, ['Upgrade: h2c']), status: 200 },
  { title: 'a client that waits for 100 Continue', bytes: request(STORE, [TOKEN_HEADER, 'Expect: 100-continue', 'Content-Length: 11'], '{"data":{}}'), status: 200 },
  { title: 'a client that expects something else', bytes: request(SEARCH, ['Expect: miracles']), status: 200 },

  { title: 'a body that title it is too large', bytes: request(STORE, [TOKEN_HEADER, `Content-Length: ${LARGEST_BODY + 1}`]), status: 413, message: 'request entity too large' },
  { title: 'a body in chunks that is too large', bytes: request(STORE, [TOKEN_HEADER, 'Transfer-Encoding: chunked'], `${(LARGEST_BODY + 1).toString(16)}\r\n${' '.repeat(LARGEST_BODY + 1)}\r\n0\r\n\r\n`), status: 413, message: 'request entity too large' },
  { title: 'a body in chunks', bytes: request(STORE, [TOKEN_HEADER, 'Transfer-Encoding: chunked'], 'b\r\n{"data":{}}\r\n0\r\n\r\n'), status: 200 },
  { title: 'a body without a content type', bytes: request(STORE, [TOKEN_HEADER, 'Content-Length: 11'], '{"data":{}}'), status: 200 },
  { title: 'DELETE with a body and no content type', bytes: request(`DELETE ${numbersOf(DEMO)}/${BOUGHT}`, [TOKEN_HEADER, 'Content-Length: 11'], '{"data":{}}'), status: 200 },
  { title: 'a raw plus in the path', bytes: request(`GET ${numbersOf(DEMO)}/${BOUGHT}`, [TOKEN_HEADER]), status: 200 },
  { title: 'a client behind a proxy setting, which names the host in the target', bytes: request('GET http://api.oneuc.com/v2/phone_numbers?prefix=415'), status: 200 },
  { title: 'the same with a sandbox', bytes: request('GET HTTP://API.ONEUC.COM:8000/sandboxes/mine/v2/phone_numbers?prefix=415'), status: 200 },
  { title: 'a host and nothing behind it', bytes: request('GET http://api.oneuc.com'), status: 404, message: 'not_found' },
  { title: 'a host and a query behind it', bytes: request('GET http://api.oneuc.com?prefix=415'), status: 404, message: 'not_found' },
  { title: 'a call that is not emulated, behind a host', bytes: request(`GET http://api.oneuc.com/v2/accounts/${DEMO}/devices`, [TOKEN_HEADER]), status: 501, message: 'not_emulated' },
  { title: 'CONNECT', bytes: 'CONNECT api.oneuc.com:443 HTTP/1.1\r\nHost: api.oneuc.com:443\r\n\r\n', ...NO_METHOD },
  { title: 'a client that waits for 100 Continue with a body beyond the limit', bytes: request(STORE, [TOKEN_HEADER, 'Expect: 100-continue', `Content-Length: ${LARGEST_BODY + 1}`]).replace('Connection: close\r\n', ''), status: 413, message: 'request entity too large' },
  { title: 'a malformed name of a sandbox in the path', bytes: request('GET /sandboxes/..%2F/v2/phone_numbers?prefix=415'), status: 400, message: 'sandbox malformed' },
  { title: 'a malformed name of a sandbox in the header', bytes: request(SEARCH, ['X-Emulator-Sandbox: not a name']), status: 400, message: 'sandbox malformed' }
]
