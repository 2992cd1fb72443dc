import type { IncomingMessage } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify'
import type { Logger } from 'pino'
import { addAdminRoutes, type AdminOptions } from '../routes/admin/index.js'
import { addRoutes } from '../routes/index.js'
import { openapi } from '../routes/openapi.js'
import { answerBrokenRequest, createFrameworkErrorHandler } from './http/broken-request.js'
import { emulateApi } from './http/api.js'
import type { App } from './http/app-type.js'
import { takeSandbox } from './http/sandbox-choice.js'
import { LARGEST_BODY } from './limits.js'
import { SANDBOXES } from '../routes/paths.js'
import { logRequests } from './http/request-log.js'

/** What the server is made of. */
export interface Parts extends AdminOptions {
  logger: Logger
  /** Whether a request has to name its sandbox. */
  requireSandbox: boolean
  /** Whether clients are put to the test. */
  hostile: boolean
  /** Whether the control door has a port of its own. */
  hasDoorApart: boolean
}

/** Longest path parameter: longer than any number or id, so that each gets its own answer instead of a bare 404. */
const LONGEST_PARAMETER = 1_000

/** The server, with the emulated API and the control door beside it; not listening yet. */
export function createApp(parts: Parts): App {
  const { sandboxes } = parts
  const app = Fastify({
    ...sharedOptions(parts),
    // HTTP asks for a Host, and nothing here needs one; Node would answer outside the envelope.
    http: { requireHostHeader: false },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: LONGEST_PARAMETER },
    frameworkErrors: createFrameworkErrorHandler(sandboxes.default),
    clientErrorHandler: (error, socket) => {
      answerBrokenRequest(sandboxes.default, error, socket)
    }
  }).withTypeProvider<TypeBoxTypeProvider>()
  // So would it answer an `Expect` that it does not know.
  app.server.on('checkExpectation', (request, response) => {
    app.routing(request, response)
  })
  logRequests(app, parts.logger)
  app.register((api, _options, done) => {
    emulateApi(api, {
      sandboxes,
      requireSandbox: parts.requireSandbox,
      hostile: parts.hostile,
      addRoutes: (routes) => {
        addRoutes(routes, sandboxes.default.manners.dialect)
      }
    })
    done()
  })
  app.register((descriptions, _options, done) => {
    openapi(descriptions, sandboxes.default.manners.dialect)
    done()
  })
  if (!parts.hasDoorApart) addDoor(app, parts)
  return app
}

/** The control door alone, for a port of its own; not listening yet. */
export function createDoorApp(parts: Parts): App {
  const app = Fastify({
    ...sharedOptions(parts),
    routerOptions: { ignoreTrailingSlash: true }
  }).withTypeProvider<TypeBoxTypeProvider>()
  logRequests(app, parts.logger)
  addDoor(app, parts)
  return app
}

/** What the API's server and the door's have in common. */
function sharedOptions({ logger }: Parts) {
  return {
    // The framework's own type, so that routes need not know which logger it is.
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    bodyLimit: LARGEST_BODY,
    forceCloseConnections: true,
    rewriteUrl: (request: IncomingMessage) => takeSandbox(request, SANDBOXES)
  }
}

function addDoor(app: App, parts: Parts): void {
  app.register(
    (door, _options, done) => {
      addAdminRoutes(door, parts)
      done()
    },
    { prefix: '/__admin' }
  )
}
