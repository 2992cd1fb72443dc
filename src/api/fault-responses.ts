import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { exampleProblem } from '../contract/example-problems.js'
import { problemFor, outcomeNamed, type OperationName } from '../contract/outcomes.js'
import { isObject } from '../json.js'
import { STATUS_KINDS, type Problem } from '../problems.js'
import type { AppliedRule, TransportFault } from '../sandbox/fault-rule.js'
import { dataOf, numbersIn, type RequestContext } from './context.js'

/** Returns the failure that a rule asks for, in the form of the dialect; undefined where the rule asks for none. */
export function failureFor(
  { outcome, status = 0, body }: AppliedRule,
  operation: OperationName,
  request: FastifyRequest,
  { sandbox, caller }: RequestContext
): Problem | undefined {
  const kind = outcome === undefined ? STATUS_KINDS[status] : outcomeNamed(operation, outcome)?.kind
  if (kind === undefined || body !== undefined) return undefined
  const { e911 } = dataOf(request)
  const address = isObject(e911) ? e911 : {}
  return exampleProblem(problemFor(sandbox.behaviour.dialect, kind), {
    numbers: numbersIn(request),
    account: caller.path,
    address
  })
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
