import type { FastifyReply, FastifyRequest } from 'fastify'
import { applyDueChanges } from '../operations/rules/due-changes.js'
import type { Sandboxes } from '../sandbox/sandboxes.js'
import type { LiveSandbox } from '../sandbox/live-sandbox.js'
import type { App } from './app-type.js'
import { tokenInHeader } from './authentication.js'
import { recordContract, checkContract } from './contract-check.js'
import { allowOrigins, isCrossOrigin, isPreflight } from './cors.js'
import type { Serializers } from './envelope.js'
import { CONTEXT_DECORATOR, contextOf, createContext, setContext } from './context.js'
import { sendTruncated } from './fault-answers.js'
import { applyFault } from './faults.js'
import { answerSlowly, hostileMode } from './hostile-mode.js'
import { recordRequest } from './journal-hook.js'
import { ignoreContentType, parseBody, readEnvelope } from './body.js'
import { methodsOf, noteMethods, refuseOtherMethods, type MethodTable } from './methods.js'
import { operationOf } from './operation-name.js'
import { createProblemHandler } from './error-handler.js'
import { limitRate } from './rate-limit.js'
import { outerOf, prepareRelays } from './forward.js'
import { Coercions } from './coercions.js'
import { requestIdOf } from './request-id.js'
import { chosenSandbox } from './sandbox-choice.js'
import { formatBody } from './output-format.js'
import { VERSION } from '../package.js'
import { overrideMethod } from './method-override.js'
import { refuseUnknownPath } from './not-found.js'
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
  app.decorateRequest(CONTEXT_DECORATOR, null)
  prepareRelays(app)
  app.addHook('onRequest', (request, reply, done) => {
    open(request, reply, sandboxes, requireSandbox, methods)
    ignoreContentType(request)
    if (isPreflight(request)) reply.code(200).send()
    else done()
  })
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    contextOf(request).bodyText = String(body)
    done(null, parseBody(String(body)))
  })
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addHook('preValidation', (request, reply, done) => {
    request.body = readEnvelope(request.body as JsonValue | undefined)
    const relayed = overrideMethod(app, request, reply)
    // Failures of the next steps belong to an operation too; what is handed on is one where it arrives.
    contextOf(request).operation = relayed === undefined ? operationOf(request) : undefined
    if (relayed === undefined) done()
    else relayed.catch(done)
  })
  if (hostile) hostileMode(app)
  const repairs = new Coercions()
  app.setValidatorCompiler(createValidatorCompiler(repairs))
  app.setSerializerCompiler(serializers.compile)
  app.addHook('preHandler', (request, reply, done) => {
    contextOf(request).operation = operationOf(request)
    checkContract(request, repairs)
    limitRate(request)
    applyDueChanges(contextOf(request).sandbox)
    const fault = applyFault(request, reply)
    if (fault === undefined) done()
    else
      fault.then(() => {
        if (!reply.sent) done()
      }, done)
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    // Clients compare the content type as it stands, and the framework appends a charset.
    if (payload !== undefined) reply.header('content-type', 'application/json')
    recordContract(request, reply, repairs)
    const text = formatBody(request, payload)
    noteAnswer(request, reply, text)
    const bytes = contextOf(request).fault?.truncate_bytes
    if (bytes !== undefined && typeof text === 'string') sendTruncated(reply, text, bytes)
    else done(null, text)
  })
  if (hostile) answerSlowly(app)
  app.setErrorHandler(
    createProblemHandler(methods, (request, reply) => {
      recordContract(request, reply, repairs)
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
  setContext(request, createContext(sandboxes.default, '', outerOf(request)))
  reply.header('x-emulator', VERSION)
  const sandbox: LiveSandbox = chosenSandbox(sandboxes, request, requireSandbox)
  const requestId = requestIdOf(request, sandbox.identifiers)
  Object.assign(contextOf(request), {
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
  if (typeof text === 'string') contextOf(request).answer = text
  recordRequest(request, reply)
}
