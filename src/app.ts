import type { IncomingMessage } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify'
import type { Logger } from './logger.js'
import { addAdminRoutes, type AdminOptions } from '../routes/admin/index.js'
import { addRoutes } from '../routes/index.js'
import { PLAIN_PATHS, shortCall } from '../routes/short-calls.js'
import { openapi } from '../routes/openapi.js'
import { answerBrokenRequest, createFrameworkErrorHandler } from './http/broken-request.js'
import { emulateApi } from './http/api.js'
import type { App } from './http/app-type.js'
import { Serializers } from './http/envelope.js'
import { createShortRoad } from './http/short-road.js'
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
  const serializers = new Serializers()
  const app = Fastify({
    ...sharedOptions(parts),
    // HTTP asks for a Host, and nothing here needs one; Node would answer outside the envelope.
    http: { requireHostHeader: false },
    frameworkErrors: createFrameworkErrorHandler(sandboxes.default),
    clientErrorHandler: (error, socket) => {
      answerBrokenRequest(sandboxes.default, error, socket)
    }
  }).withTypeProvider<TypeBoxTypeProvider>()
  // So would it answer an `Expect` that it does not know.
  app.server.on('checkExpectation', (request, response) => {
    app.routing(request, response)
  })
  if (hasShortRoad(parts)) openShortRoad(app, parts, serializers)
  logRequests(app, parts.logger)
  app.register((api, _options, done) => {
    emulateApi(api, {
      sandboxes,
      serializers,
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
  const app = Fastify(sharedOptions(parts)).withTypeProvider<TypeBoxTypeProvider>()
  logRequests(app, parts.logger)
  app.register(
    (door, _options, done) => {
      addAdminRoutes(door, parts)
      done()
    },
    { prefix: '/__admin' }
  )
  return app
}

/** Whether nothing is done to every single request that only the framework's hooks do. */
function hasShortRoad({ logger, hostile, sandboxes }: Parts): boolean {
  return !logger.isLevelEnabled('info') && !hostile && !sandboxes.default.manners.rateLimit
}

/** Lets plain calls go past the framework, which gets all others. */
function openShortRoad(app: App, { sandboxes, requireSandbox }: Parts, serializers: Serializers): void {
  const shortRoad = createShortRoad({ sandboxes, serializers, requireSandbox, paths: PLAIN_PATHS, callOf: shortCall })
  app.server.removeAllListeners('request').on('request', (request, response) => {
    if (!shortRoad(request, response)) app.routing(request, response)
  })
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
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: LONGEST_PARAMETER },
    rewriteUrl: (request: IncomingMessage) => takeSandbox(request, SANDBOXES)
  }
}

/** Hands what is asked of the door to a server of its own, which is made when somebody asks first. */
function addDoor(app: App, parts: Parts): void {
  let made: Promise<App> | undefined
  let ready: App | undefined
  app.addHook('onClose', async () => {
    await (await made)?.close()
  })
  const make = async () => {
    const door = createDoorApp(parts)
    await door.ready()
    return (ready = door)
  }
  app.register(
    (door, _options, done) => {
      door.addHook('onRequest', ({ raw }, reply) => {
        reply.hijack()
        // Whoever comes later does not wait, so that calls are heard in the order in which they come.
        if (ready !== undefined) ready.routing(raw, reply.raw)
        else {
          made ??= make()
          void made.then((own) => {
            own.routing(raw, reply.raw)
          })
        }
      })
      // It has no route, and so gets every request below its prefix.
      door.setNotFoundHandler(() => undefined)
      done()
    },
    { prefix: '/__admin' }
  )
}
