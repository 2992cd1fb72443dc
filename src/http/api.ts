import type { FastifyReply, FastifyRequest } from 'fastify'
import { settle } from '../operations/settle.js'
import type { Sandboxes } from '../sandboxes.js'
import type { LiveSandbox } from '../live-sandbox.js'
import type { App } from './app-type.js'
import { tokenInHeader } from './auth.js'
import { noteContract, readContract } from './contract.js'
import { allowOrigins, isCrossOrigin, isPreflight } from './cors.js'
import type { Serializers } from './envelope.js'
import { EXCHANGE_DECORATOR, exchangeOf, newExchange, openExchange } from './exchange.js'
import { sendTruncated } from './fault-answers.js'
import { meetFault } from './faults.js'
import { answerSlowly, beHostile } from './hostile.js'
import { enterJournal } from './journal.js'
import { overlookContentType, parseBody, readEnvelope } from './json-body.js'
import { methodsOf, noteMethods, refuseOtherMethods, type MethodTable } from './methods.js'
import { operationOf } from './operation-name.js'
import { createProblemHandler } from './problem-handler.js'
import { limitRate } from './rate-limit.js'
import { outerOf, prepareRelays } from './relay.js'
import { Repairs } from './repairs.js'
import { requestIdOf } from './request-id.js'
import { chosenSandbox } from './sandbox-choice.js'
import { styled } from './style.js'
import { VERSION } from '../version.js'
import { tunnelled } from './tunnel.js'
import { refuseUnknownPath } from './unknown-path.js'
import { createValidatorCompiler } from './validation.js'
import type { JsonValue } from '../json.js'

export interface ApiOptions {
  sandboxes: Sandboxes
  serializers: Serializers
  /** Whether a request has to name its sandbox. */
  requireSandbox: boolean
  /** Whether clients are put to the test. */
  hostile: boolean
  /** Registers the endpoints themselves. */
  addRoutes: (app: App) => void
}

/** Everything that the endpoints of the emulated API share, in the order in which a request meets it. */
export function emulateApi(app: App, { sandboxes, serializers, requireSandbox, hostile, addRoutes }: ApiOptions): void {
  const methods = noteMethods(app)
  app.decorateRequest(EXCHANGE_DECORATOR, null)
  prepareRelays(app)
  app.addHook('onRequest', (request, reply, done) => {
    open(request, reply, sandboxes, requireSandbox, methods)
    overlookContentType(request)
    if (isPreflight(request)) reply.code(200).send()
    else done()
  })
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    exchangeOf(request).bodyText = String(body)
    done(null, parseBody(String(body)))
  })
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addHook('preValidation', (request, reply, done) => {
    request.body = readEnvelope(request.body as JsonValue | undefined)
    const relayed = tunnelled(app, request, reply)
    // Failures of the next steps belong to an operation too; what is handed on is one where it arrives.
    exchangeOf(request).operation = relayed === undefined ? operationOf(request) : undefined
    if (relayed === undefined) done()
    else relayed.catch(done)
  })
  if (hostile) beHostile(app)
  const repairs = new Repairs()
  app.setValidatorCompiler(createValidatorCompiler(repairs))
  app.setSerializerCompiler(serializers.compile)
  app.addHook('preHandler', (request, reply, done) => {
    exchangeOf(request).operation = operationOf(request)
    readContract(request, repairs)
    limitRate(request)
    settle(exchangeOf(request).sandbox)
    const fault = meetFault(request, reply)
    if (fault === undefined) done()
    else
      fault.then(() => {
        if (!reply.sent) done()
      }, done)
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    // Clients compare the content type as it stands, and the framework appends a charset.
    if (payload !== undefined) reply.header('content-type', 'application/json')
    noteContract(request, reply, repairs)
    const text = styled(request, payload)
    noteAnswer(request, reply, text)
    const bytes = exchangeOf(request).fault?.truncate_bytes
    if (bytes !== undefined && typeof text === 'string') sendTruncated(reply, text, bytes)
    else done(null, text)
  })
  if (hostile) answerSlowly(app)
  app.setErrorHandler(
    createProblemHandler(methods, (request, reply) => {
      noteContract(request, reply, repairs)
    })
  )
  app.setNotFoundHandler(refuseUnknownPath)
  addRoutes(app)
  refuseOtherMethods(app, methods)
}

function open(
  request: FastifyRequest,
  reply: FastifyReply,
  sandboxes: Sandboxes,
  requireSandbox: boolean,
  methods: MethodTable
): void {
  // Failures need a sandbox too, and finding one can fail.
  openExchange(request, newExchange(sandboxes.default, '', outerOf(request)))
  reply.header('x-emulator', VERSION)
  const sandbox: LiveSandbox = chosenSandbox(sandboxes, request, requireSandbox)
  const requestId = requestIdOf(request, sandbox.identifiers)
  Object.assign(exchangeOf(request), {
    sandbox,
    requestId,
    operation: operationOf(request),
    token: tokenInHeader(request)
  })
  reply.header('x-request-id', requestId)
  // The document leaves it open; the reference creates what a PUT names, whatever the PUT does.
  if (request.method === 'PUT') reply.code(201)
  if (isCrossOrigin(request)) allowOrigins(reply, methodsOf(methods, request))
}

/** Enters the answer into the journal before it goes, so that whoever has seen it finds it there. */
function noteAnswer(request: FastifyRequest, reply: FastifyReply, text: unknown): void {
  if (typeof text === 'string') exchangeOf(request).answer = text
  enterJournal(request, reply)
}
