import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'
import { exampleProblem, type FailureContext } from '../contract/example-problems.js'
import { problemFor, outcomeNamed, type OperationName } from '../contract/outcomes.js'
import type { Dialect } from '../dialect.js'
import type { FaultRule, TransportFault } from '../sandbox/faults.js'
import { STATUS_KINDS, type Problem } from '../problems.js'

/** Returns the failure that a rule asks for, in the form of the dialect; undefined where the rule lets the call succeed. */
export function failureFor(
  rule: FaultRule,
  operation: OperationName,
  dialect: Dialect,
  context: FailureContext
): Problem | undefined {
  const kind = rule.outcome === undefined ? STATUS_KINDS[rule.status ?? 0] : outcomeNamed(operation, rule.outcome)?.kind
  return kind === undefined ? undefined : exampleProblem(problemFor(dialect, kind), context)
}

/** What each transport fault does to the connection. */
const CONNECTION_FAULTS: Readonly<Record<TransportFault, (socket: Socket, noise: string) => void>> = {
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

/** Breaks the connection instead of responding; `noise` goes over it in the faults that send something. */
export function breakConnection(reply: FastifyReply, fault: TransportFault, noise: string): void {
  onSocket(reply.raw, (socket) => {
    CONNECTION_FAULTS[fault](socket, noise)
  })
}

/** Closes the connection without a response. */
export function closeConnection(reply: FastifyReply): void {
  breakConnection(reply, 'EMPTY_RESPONSE', '')
}

/** An injected request has no socket: every transport fault ends its response. */
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
