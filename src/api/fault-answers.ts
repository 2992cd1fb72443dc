import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'
import { problemOf, type Subject } from '../contract/example-problems.js'
import { formIn, outcomeNamed, type OperationName } from '../contract/outcomes.js'
import type { Dialect } from '../dialect.js'
import type { FaultRule, TransportFault } from '../sandbox/faults.js'
import type { Problem } from '../problems.js'
import { type Kind } from '../problems.js'

/** The failure that a bare status stands for. */
export const STATUS_KINDS: Readonly<Record<number, Kind>> = {
  400: 'parse_error',
  401: 'invalid_credentials',
  402: 'accept_charges',
  403: 'account_forbidden',
  404: 'not_found',
  405: 'invalid_method',
  406: 'not_acceptable',
  409: 'datastore_conflict',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  500: 'unspecified_fault',
  501: 'not_emulated',
  502: 'bad_gateway',
  503: 'datastore_unreachable',
  504: 'gateway_timeout'
}

/** The failure that a rule asks for, as the dialect has it; undefined where it lets the answer be what it is. */
export function failureOf(
  rule: FaultRule,
  operation: OperationName,
  dialect: Dialect,
  subject: Subject
): Problem | undefined {
  const kind = rule.outcome === undefined ? STATUS_KINDS[rule.status ?? 0] : outcomeNamed(operation, rule.outcome)?.kind
  return kind === undefined ? undefined : problemOf(formIn(dialect, kind), subject)
}

/** What each transport fault does to the connection. */
const ON_THE_WIRE: Readonly<Record<TransportFault, (socket: Socket, noise: string) => void>> = {
  CONNECTION_RESET_BY_PEER: (socket) => {
    socket.resetAndDestroy()
  },
  EMPTY_RESPONSE: (socket) => {
    socket.destroy()
  },
  MALFORMED_RESPONSE_CHUNK: (socket, noise) => {
    socket.end(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${noise}`)
  },
  RANDOM_DATA_THEN_CLOSE: (socket, noise) => {
    socket.end(noise)
  }
}

/** Breaks the connection instead of answering; `noise` is what goes over it where something does. */
export function breakConnection(reply: FastifyReply, fault: TransportFault, noise: string): void {
  reply.hijack()
  onSocket(reply.raw, (socket) => {
    ON_THE_WIRE[fault](socket, noise)
  })
}

/** Closes the connection without a word. */
export function closeConnection(reply: FastifyReply): void {
  breakConnection(reply, 'EMPTY_RESPONSE', '')
}

/** Requests that were injected come over no wire: to them every way of breaking it is the end of the answer. */
function onSocket(raw: ServerResponse, work: (socket: Socket) => void): void {
  const { socket } = raw
  if (socket instanceof Socket) work(socket)
  else raw.destroy()
}

/** Sends the head, which promises all of `text`, and the first `bytes` of it; then the connection closes. */
export function sendTruncated(reply: FastifyReply, text: string, bytes: number): void {
  reply.header('content-length', Buffer.byteLength(text))
  reply.hijack()
  const { raw } = reply
  raw.writeHead(reply.statusCode, reply.getHeaders() as OutgoingHttpHeaders)
  raw.flushHeaders()
  raw.write(Buffer.from(text).subarray(0, bytes))
  // Ending the socket instead of the answer sends what has been written, and then no more.
  onSocket(raw, (socket) => socket.end())
}
