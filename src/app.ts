import type { IncomingMessage, Server } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify'
import type { Logger } from './logger.js'
import { addAdminRoutes, type AdminOptions } from '../routes/admin/index.js'
import { addRoutes } from '../routes/index.js'
import { openapi } from '../routes/openapi.js'
import { createFrameworkErrorHandler } from './api/broken-request.js'
import { emulateApi } from './api/plugin.js'
import type { App } from './api/app-type.js'
import type { Serializers } from './api/envelope.js'
import { takeSandbox } from './api/sandbox-choice.js'
import { LARGEST_BODY } from './limits.js'
import { VERSION } from './package.js'
import { SANDBOXES } from '../routes/paths.js'
import { logRequests } from './api/request-log.js'

/** What the server is made of. */
export interface Parts extends AdminOptions {
  logger: Logger
  /** Unix milliseconds. */
  now: () => number
  /** Whether a request has to name its sandbox. */
  requireSandbox: boolean
  /** Whether clients are put to the test. */
  hostile: boolean
  /** Whether the admin API has a port of its own. */
  hasAdminPort: boolean
}

/** Longest path parameter: longer than any number or id, so that each gets its own answer instead of a bare 404. */
const LONGEST_PARAMETER = 1_000

/** The framework behind `server`, with the emulated API and the admin API beside it. It leaves `server` as it is. */
export function createApp(parts: Parts, server: Server, serializers: Serializers): App {
  const { sandboxes } = parts
  const app = Fastify({
    ...sharedOptions(parts),
    serverFactory: () => server,
    frameworkErrors: createFrameworkErrorHandler(sandboxes.default),
    // It has one, and two would answer twice.
    clientErrorHandler: () => undefined
  }).withTypeProvider<TypeBoxTypeProvider>()
  logRequests(app, parts.logger)
  app.register((api, _options, done) => {
    emulateApi(api, {
      sandboxes,
      serializers,
      requireSandbox: parts.requireSandbox,
      hostile: parts.hostile,
      addRoutes: (routes) => {
        addRoutes(routes, sandboxes.default.behaviour.dialect)
      }
    })
    done()
  })
  app.register((descriptions, _options, done) => {
    sayVersion(descriptions)
    openapi(descriptions, sandboxes.default.behaviour.dialect, parts.hasAdminPort)
    done()
  })
  if (!parts.hasAdminPort) addAdmin(app, parts)
  return app
}

/** The admin API alone, for a port of its own; not listening yet. */
export function createAdminApp(parts: Parts): App {
  const app = Fastify(sharedOptions(parts)).withTypeProvider<TypeBoxTypeProvider>()
  sayVersion(app)
  logRequests(app, parts.logger)
  app.register(
    (admin, _options, done) => {
      addAdminRoutes(admin, parts)
      done()
    },
    { prefix: '/__admin' }
  )
  return app
}

/** Tells clients which emulator answers; those of the API are told where their requests are taken up. */
function sayVersion(app: App): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('x-emulator', VERSION)
    done()
  })
}

/** What the API's server and the admin API's have in common. */
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

/** Hands what is asked of the admin API to a server of its own, which is made when somebody asks first. */
function addAdmin(app: App, parts: Parts): void {
  let made: Promise<App> | undefined
  let ready: App | undefined
  app.addHook('onClose', async () => {
    await (await made)?.close()
  })
  const make = async () => {
    const admin = createAdminApp(parts)
    await admin.ready()
    return (ready = admin)
  }
  app.register(
    (admin, _options, done) => {
      admin.addHook('onRequest', ({ raw }, reply) => {
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
      admin.setNotFoundHandler(() => undefined)
      done()
    },
    { prefix: '/__admin' }
  )
}
