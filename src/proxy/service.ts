import { request as requestPlain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as requestSecure } from 'node:https'
import { Readable } from 'node:stream'
import { MAX_BODY_BYTES } from '../problems.js'
import { clearTimeout, setTimeout } from '../turns/timers.js'

/** A request on its way to the service. */
export interface SentRequest {
  method: string
  /** Path and query, as the client wrote them. */
  url: string
  /** Names and values in turn, as the client wrote them. */
  rawHeaders: readonly string[]
  body: Buffer
}

/** What a service has answered. */
export interface ServiceAnswer {
  status: number
  headers: IncomingHttpHeaders
  /** The body, or the beginning of one that is longer than `MAX_BODY_BYTES`. */
  bytes: Buffer
  /** The whole of a body that is longer; undefined where `bytes` is all of it. */
  stream: Readable | undefined
}

/** The real service behind a proxy. */
export interface Service {
  /** Returns the URL of a path and query. */
  urlOf: (url: string) => string
  /** Sends a request once, and returns what the service answers, or why it does not. */
  send: (request: SentRequest) => Promise<ServiceAnswer | NoAnswer>
}

/** Says why a service has not answered. */
export interface NoAnswer {
  reason: string
  /** Whether it took too long. */
  isLate: boolean
}

/** Reaches the service at a base URL. Each answer may take so many seconds. */
export function createService(baseUrl: string, timeoutSeconds: number): Service {
  const urlOf = (url: string) => `${baseUrl}${url}`
  return { urlOf, send: (request) => send(urlOf(request.url), request, timeoutSeconds) }
}

async function send(
  url: string,
  { method, rawHeaders, body }: SentRequest,
  seconds: number
): Promise<ServiceAnswer | NoAnswer> {
  const abort = new AbortController()
  const timer = setTimeout(() => {
    abort.abort()
  }, seconds * 1000)
  const sent = requestAnswer(url, method, headersForService(rawHeaders, url, body), body, abort.signal)
  const answer = await sent.catch((error: unknown): NoAnswer => {
    if (abort.signal.aborted) return { reason: `the service has not answered within ${seconds} seconds`, isLate: true }
    return { reason: describeFailure(error as NodeJS.ErrnoException, url), isLate: false }
  })
  clearTimeout(timer)
  return answer
}

async function requestAnswer(
  url: string,
  method: string,
  headers: readonly string[],
  body: Buffer,
  signal: AbortSignal
): Promise<ServiceAnswer> {
  const request = url.startsWith('https:') ? requestSecure : requestPlain
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    // Each request has a connection of its own: the service may close one that is kept, and no purchase must be sent twice.
    const outgoing = request(url, { method, headers, agent: false, signal }, resolve)
    outgoing.on('error', reject)
    outgoing.end(body)
  })
  const { bytes, isWhole } = await readBeginning(response)
  return {
    status: Number(response.statusCode),
    headers: response.headers,
    bytes,
    stream: isWhole ? undefined : Readable.from(joinChunks(bytes, response))
  }
}

/** Reads a body up to `MAX_BODY_BYTES`; the rest of a longer one can still be read. */
async function readBeginning(body: Readable): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer)
    size += (chunk as Buffer).length
    if (size > MAX_BODY_BYTES) return { bytes: Buffer.concat(chunks), isWhole: false }
  }
  return { bytes: Buffer.concat(chunks), isWhole: true }
}

async function* joinChunks(beginning: Buffer, rest: Readable): AsyncGenerator<Buffer> {
  yield beginning
  for await (const chunk of rest) yield chunk as Buffer
}

/** Headers that are about one connection and not about the request (RFC 9110, 7.6.1). */
// prettier-ignore
const OF_CONNECTION = [
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer',
  'transfer-encoding', 'upgrade'
]

/** Headers that the proxy writes itself, or that are meant for it. */
const OF_PROXY = ['host', 'content-length', 'expect', 'x-emulator-sandbox']

/** Returns the headers that go on to the service, with its host. */
function headersForService(rawHeaders: readonly string[], url: string, body: Buffer): string[] {
  const pairs = pairsOf(rawHeaders)
  const dropped = new Set([
    ...OF_PROXY,
    ...connectionHeaders(pairs.map(([name, value]) => [name.toLowerCase(), value]))
  ])
  return [
    ...['host', new URL(url).host],
    ...pairs.filter(([name]) => !dropped.has(name.toLowerCase())).flat(),
    ...(body.length === 0 ? [] : ['content-length', String(body.length)])
  ]
}

function pairsOf(rawHeaders: readonly string[]): [name: string, value: string][] {
  return rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, String(rawHeaders[i + 1])]] : []))
}

/** Returns the headers of an answer that go on to the client. */
export function headersForClient(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const dropped = connectionHeaders(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)))
}

/** Lists the headers about the connection, those that `Connection` names included. */
function connectionHeaders(pairs: readonly (readonly [name: string, value: string])[]): Set<string> {
  const named = pairs.filter(([name]) => name === 'connection').flatMap(([, value]) => value.toLowerCase().split(','))
  return new Set([...OF_CONNECTION, ...named.map((name) => name.trim())])
}

/** What the codes of Node's errors say about a service. */
const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  ECONNRESET: 'the service closed the connection before it had answered',
  EPIPE: 'the service closed the connection before it had answered'
}

/** The codes of Node's HTTP parser begin so. */
const PARSER_CODE = 'HPE_'

function describeFailure({ code, message }: NodeJS.ErrnoException, url: string): string {
  const { host } = new URL(url)
  const reason =
    FAILURES[String(code)] ?? (String(code).startsWith(PARSER_CODE) ? 'what it sends is not HTTP' : message)
  return `${host}: ${reason}`
}
