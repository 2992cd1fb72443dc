import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PLAIN_PATHS, shortCall, writtenRoutes } from '../routes/short-calls.js'
import { createApp, type Parts } from './app.js'
import type { App } from './http/app-type.js'
import { answerBrokenRequest } from './http/broken-request.js'
import { Serializers } from './http/envelope.js'
import { listenOn, type Place } from './http/listening.js'
import { LateLongRoad } from './http/long-road.js'
import { createShortRoad } from './http/short-road.js'

/** The emulated API on the network. */
export interface ApiServer {
  /** The framework behind it, which is made when somebody asks for it first. */
  app: () => App
  /** Listens, and returns the port. Throws where it cannot. */
  listen: (place: Place) => Promise<number>
  close: () => Promise<void>
}

/** How long a connection may be idle, in milliseconds (as the framework has it). */
const IDLE = 72_000

/**
 * The server of the API; not listening yet. It answers plain calls by itself and makes the framework for the first that is
 * none: to make it takes longer than all else that a start does.
 */
export function createApiServer(parts: Parts): ApiServer {
  const { sandboxes, requireSandbox, logger } = parts
  const serializers = new Serializers(writtenRoutes(sandboxes.default.manners.dialect))
  const shortRoad = createShortRoad({ sandboxes, serializers, requireSandbox, paths: PLAIN_PATHS, callOf: shortCall })
  const isShortOpen = hasShortRoad(parts)
  let made: App | undefined
  const app = (): App => (made ??= createApp(parts, server, serializers))
  const longRoad = new LateLongRoad(app, sandboxes.default, logger)
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const isShort = isShortOpen && !longRoad.isWaitedFor && shortRoad(request, response)
    if (!isShort) longRoad.take(request, response)
  }
  const another = () => newServer(parts, answer, longRoad)
  const server = another()
  let listening = [server]
  return {
    app,
    async listen(place) {
      listening = await listenOn(server, another, place)
      const { port } = server.address() as AddressInfo
      logger.info(`listening on ${place.host}, port ${port}`)
      return port
    },
    async close() {
      await Promise.all([made?.close(), ...listening.map(closed)])
    }
  }
}

/** Whether nothing is done to every single request that only the framework's hooks do. */
function hasShortRoad({ logger, hostile, sandboxes }: Parts): boolean {
  return !logger.isLevelEnabled('info') && !hostile && !sandboxes.default.manners.rateLimit
}

function newServer(
  { sandboxes }: Parts,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  longRoad: LateLongRoad
): Server {
  // HTTP asks for a Host, and nothing here needs one; Node would answer outside the envelope.
  const server = createServer({ requireHostHeader: false, keepAliveTimeout: IDLE }, answer)
  // Nor is a client hurried that takes its time to send.
  server.requestTimeout = 0
  server.on('clientError', (error, socket) => {
    answerBrokenRequest(sandboxes.default, error, socket)
  })
  // So would it answer an `Expect` that it does not know.
  server.on('checkExpectation', (request, response) => {
    longRoad.take(request, response)
  })
  return server
}

/** Resolves once nobody is connected any more, which is at once. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}
