import type { FastifyReply, FastifyRequest } from 'fastify'
import { VERSION } from '../package.js'
import type { JsonValue } from '../json.js'
import type { Sandboxes } from '../sandbox/sandboxes.js'
import type { App } from './app-type.js'
import { decodeBody, ignoreContentType, parseBody, readEnvelope } from './body.js'
import {
  contextOf,
  createContext,
  decorateContexts,
  parentContextOf,
  requestIdOf,
  setContext,
  tokenInHeader
} from './context.js'
import { allowOrigins, isCrossOrigin, isPreflight } from './cors.js'
import { createErrorHandler, refuseLargeBody } from './error-handler.js'
import { overrideMethod } from './method-override.js'
import { collectMethods, methodsOf, rejectOtherMethods, createNotFoundHandler } from './not-found.js'
import type { MethodTable } from './nearest-route.js'
import { takeQueryPreferences } from './prefer.js'
import { chooseSandbox } from './sandbox-choice.js'
import { sendNothing } from './send.js'
import { createValidatorCompiler } from './validation.js'

export interface ApiOptions {
  sandboxes: Sandboxes
  /** Whether a request has to name its sandbox. */
  requireSandbox: boolean
  /** Registers the endpoints. */
  addRoutes: (app: App) => void
  /** The path of the page that a browser at the root is led to. */
  home: string | undefined
}

/**
 * Everything that the endpoints share before their handler, in the order in which a request meets it: the context, the body, the
 * method override. `endpoint.ts` is the way from there.
 */
export function apiPlugin(app: App, { sandboxes, requireSandbox, addRoutes, home }: ApiOptions): void {
  // The methods of a path have to be known before its routes are registered.
  const methods = collectMethods(app)
  openContexts(app, { sandboxes, requireSandbox }, methods)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, bytes, done) => {
    const { text, isUtf8 } = decodeBody(bytes)
    const context = contextOf(request)
    context.requestBody = text
    context.isUtf8 &&= isUtf8
    done(null, parseBody(text))
  })
  app.addHook('preValidation', (request, reply, done) => {
    request.body = readEnvelope(request.body as JsonValue | undefined)
    const forwarded = request.method === 'POST' ? overrideMethod(request, reply) : undefined
    if (forwarded === undefined) done()
    else forwarded.catch(done)
  })
  app.setValidatorCompiler(createValidatorCompiler())
  // The envelope is written by `successText`; response schemas describe the API.
  app.setSerializerCompiler(() => JSON.stringify)
  app.setErrorHandler(createErrorHandler(methods, refuseLargeBody))
  app.setNotFoundHandler(createNotFoundHandler(home, methods))
  addRoutes(app)
  // Plugins are loaded in their order, so the routes are known by now.
  app.register((others, _options, done) => {
    rejectOtherMethods(others, methods)
    done()
  })
}

/** Gives every request its context, and answers preflights. */
export function openContexts(
  app: App,
  options: Pick<ApiOptions, 'sandboxes' | 'requireSandbox'>,
  methods: MethodTable
): void {
  decorateContexts(app)
  app.addHook('onRequest', (request, reply, done) => {
    openContext(request, reply, options, methods)
    ignoreContentType(request)
    if (isPreflight(request)) sendNothing(request, reply.code(200))
    else done()
  })
}

function openContext(
  request: FastifyRequest,
  reply: FastifyReply,
  { sandboxes, requireSandbox }: Pick<ApiOptions, 'sandboxes' | 'requireSandbox'>,
  methods: MethodTable
): void {
  // A failure needs a context too, and the choice of the sandbox can fail.
  const context = createContext(sandboxes.default, parentContextOf(request))
  setContext(request, context)
  reply.header('x-emulator', VERSION)
  try {
    context.sandbox = chooseSandbox(sandboxes, request, requireSandbox)
  } finally {
    // A request that names no possible sandbox has a request id too, one of the default sandbox.
    context.requestId = requestIdOf(request, context.sandbox.identifiers)
    request.id = context.requestId
    reply.header('x-request-id', context.requestId)
  }
  context.token = tokenInHeader(request)
  context.queryPreferences = takeQueryPreferences(request)
  // The document leaves it open; the reference creates what a PUT names, whatever the PUT does.
  if (request.method === 'PUT') reply.code(201)
  if (isCrossOrigin(request)) allowOrigins(reply, methodsOf(methods, request))
}
