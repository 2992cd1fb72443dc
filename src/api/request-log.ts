import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import { redactUrl } from '../journal/redaction.js'
import { DEFAULT_SANDBOX } from '../sandbox/sandboxes.js'
import type { App } from './app-type.js'
import { CONTEXT_DECORATOR, contextOf } from './context.js'
import { describeEnding, NO_STATUS } from './ending.js'
import { isProbe } from './probe.js'
import { SANDBOX_HEADER } from './sandbox-choice.js'

/**
 * Logs one line for each request when its connection is done with it, however that ended. Probes come too often for `info`. A
 * request that was made of another one has no line of its own, since the client has sent one request.
 */
export function logRequests(app: App, logger: FastifyBaseLogger): void {
  if (!['trace', 'debug', 'info'].includes(logger.level)) return
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.once('close', () => {
      const line = describeRequest(request, reply)
      if (line !== undefined) logger[isProbe(request) ? 'debug' : 'info'](line, 'answered')
    })
    done()
  })
}

/** Logs a defect of the emulator with its stack, and with the id of the request that has met it. */
export function logDefect({ log, id }: FastifyRequest, error: unknown): void {
  log.error({ request_id: id, err: error })
}

function describeRequest(request: FastifyRequest, reply: FastifyReply) {
  const { method, url, id, headers, server } = request
  const isAnswered = reply.raw.headersSent
  const line = {
    method,
    url: redactUrl(url),
    status: isAnswered ? reply.statusCode : NO_STATUS,
    milliseconds: Math.round(reply.elapsedTime * 1000) / 1000,
    request_id: id
  }
  // Other calls than those of the API have no operation.
  if (!server.hasRequestDecorator(CONTEXT_DECORATOR)) {
    return { ...line, sandbox: String(headers[SANDBOX_HEADER] ?? DEFAULT_SANDBOX) }
  }
  const context = contextOf(request)
  if (context.parent !== undefined) return undefined
  const ended = context.forwarded ?? context
  const { operation, requestId } = ended
  const { outcome, fault, faultPhase, answered } = describeEnding(ended)
  const facts = { ...line, request_id: requestId, sandbox: context.sandbox.name, operation, outcome, fault }
  return { ...facts, fault_phase: faultPhase, answered: isAnswered || answered === undefined ? answered : null }
}
