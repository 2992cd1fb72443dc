import type { IncomingMessage } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyHttpOptions, type RawServerDefault } from 'fastify'
import { addAdminRoutes } from '../routes/admin/index.js'
import { addRoutes } from '../routes/index.js'
import { collectRoutes, registerDescription } from '../routes/descriptions.js'
import { docs } from '../routes/docs.js'
import { INSPECTOR } from '../routes/inspector.js'
import { SANDBOXES } from '../routes/schemas.js'
import { sendPathProblem, type AdminOptions } from './admin/plugin.js'
import type { App } from './api/app-type.js'
import { keepOrder } from './api/connection-order.js'
import { ownRequestIdOf } from './api/context.js'
import { answerBrokenRequest, createFrameworkErrorHandler } from './api/error-handler.js'
import { readLargeBodiesInTurn } from './api/large-bodies.js'
import { apiPlugin } from './api/plugin.js'
import { logRequests } from './api/request-log.js'
import { takeSandbox } from './api/sandbox-choice.js'
import { routeUnusualRequests } from './api/unusual-requests.js'
import type { ProxyOptions } from './proxy/pass-on.js'
import { proxyPlugin } from './proxy/plugin.js'
import { VERSION } from './package.js'
import { MAX_BODY_BYTES } from './problems.js'

interface AppOptions extends AdminOptions {
  logger: FastifyBaseLogger
  /** Whether a request has to name its sandbox. */
  requireSandbox: boolean
  /** Answers the calls of the API where the real service does; undefined where the emulator does. */
  proxy: ProxyOptions | undefined
  /** Whether the admin API has a port of its own. */
  hasAdminPort: boolean
}

/** Milliseconds that a client may take to send a request, and milliseconds between two looks at the open connections. */
const REQUEST_TIMEOUT_MS = 60_000
const CONNECTION_CHECK_MS = 1_000

/** Milliseconds that a connection may be idle. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000

/** Longest path parameter: longer than any number or id, so that each gets its own answer instead of a bare 404. */
const MAX_PARAM_LENGTH = 1_000

/** Where the paths of the admin API begin. */
const ADMIN_PATH = '/__admin'

/** Creates the app that answers every request, on a socket or injected. It listens when `listen` is called. */
export function createApp(options: AppOptions): App {
  const { sandboxes, requireSandbox, hasAdminPort, proxy } = options
  const { dialect } = sandboxes.default.behaviour
  const inspector = hasAdminPort ? undefined : INSPECTOR
  const app = newApp(options)
  // The endpoints and what they share are one scope: hooks, parser and error handler of the API are not those of /__admin.
  app.register((api, _options, done) => {
    const calls = {
      sandboxes,
      requireSandbox,
      home: inspector,
      addRoutes: (routes: App) => {
        addRoutes(routes, dialect)
      }
    }
    if (proxy === undefined) apiPlugin(api, calls)
    else proxyPlugin(api, calls, proxy)
    done()
  })
  app.register((descriptions, _options, done) => {
    identifyResponses(descriptions)
    registerDescription(descriptions, dialect)
    docs(descriptions, inspector)
    done()
  })
  if (!hasAdminPort) registerAdmin(app, options)
  return app
}

/** Creates the app of the admin API alone, for a port of its own. */
export function createAdminApp(options: AppOptions): App {
  const app = newApp(options)
  identifyResponses(app)
  registerAdmin(app, options)
  return app
}

function registerAdmin(app: App, options: AppOptions): void {
  app.register(
    (admin, _options, done) => {
      identifyResponses(admin)
      addAdminRoutes(admin, options)
      done()
    },
    { prefix: ADMIN_PATH }
  )
}

/** Names the emulator and the request in every response. */
function identifyResponses(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    request.id = ownRequestIdOf(request) ?? request.id
    reply.headers({ 'x-emulator': VERSION, 'x-request-id': request.id })
    done()
  })
}

function newApp({ logger, sandboxes }: AppOptions): App {
  const sendApiProblem = createFrameworkErrorHandler(sandboxes.default)
  const app = Fastify({
    ...serverOptions,
    loggerInstance: logger,
    frameworkErrors: (error, request, reply) => {
      const answer = request.url.startsWith(`${ADMIN_PATH}/`) ? sendPathProblem : sendApiProblem
      answer(error, request, reply)
    },
    clientErrorHandler: (error, socket) => {
      answerLast(socket, () => {
        answerBrokenRequest(sandboxes.default, error, socket)
      })
    }
  }).withTypeProvider<TypeBoxTypeProvider>()
  const answerLast = keepOrder(app)
  readLargeBodiesInTurn(app)
  // A logger for each request costs more than most responses.
  app.setChildLoggerFactory((own) => own)
  routeUnusualRequests(app)
  logRequests(app, logger)
  collectRoutes(app)
  return app
}

const serverOptions = {
  logController: new LogController({ disableRequestLogging: true }),
  bodyLimit: MAX_BODY_BYTES,
  forceCloseConnections: true,
  requestTimeout: REQUEST_TIMEOUT_MS,
  keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  // HTTP/1.1 wants a Host, and the emulator needs none; Node would refuse its absence outside of the envelope.
  http: {
    requireHostHeader: false,
    headersTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: CONNECTION_CHECK_MS
  },
  routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_PARAM_LENGTH },
  rewriteUrl: (request: IncomingMessage) => takeSandbox(request, SANDBOXES)
} satisfies FastifyHttpOptions<RawServerDefault>
