import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Sandbox } from '../sandbox/sandbox.js'
import { answerBrokenRequest } from '../api/broken-request.js'
import type { LongRoad } from './long-road.js'
import { sendPlainly } from './plain-answer.js'
import { plainHead } from './plain-head.js'
import type { ShortRoad } from './short-road.js'

export interface HttpServerOptions {
  /** Gives the envelopes of what never became a request. */
  sandbox: Sandbox
  ask: ShortRoad
  longRoad: LongRoad
  /** How long a connection may be idle, in milliseconds. */
  idle: number
}

/** Node's HTTP server. It does not listen: connections are handed to it. */
export function createHttpServer({ sandbox, ask, longRoad, idle }: HttpServerOptions): Server {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { method, url, headers, socket } = request
    const head = plainHead(headers, String(socket.remoteAddress))
    const given = head && ask({ line: `${method} ${url}`, head })
    if (given === undefined) longRoad.take(request, response)
    else sendPlainly(response, given)
  }
  // HTTP asks for a Host, and nothing here needs one; Node would answer outside the envelope.
  const server = createServer({ requireHostHeader: false, keepAliveTimeout: idle }, answer)
  // Nor is a client hurried that takes its time to send.
  server.requestTimeout = 0
  server.on('clientError', (error, socket) => {
    answerBrokenRequest(sandbox, error, socket)
  })
  // So would it answer an `Expect` that it does not know.
  server.on('checkExpectation', (request, response) => {
    longRoad.take(request, response)
  })
  return server
}
