import type { Server as HttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { PLAIN_PATHS, shortCall, writtenRoutes } from '../routes/short-calls.js'
import { createApp, type Parts } from './app.js'
import type { App } from './api/app-type.js'
import { Serializers } from './api/envelope.js'
import { createHttpServer } from './http/http-server.js'
import { listenOn, type Place } from './http/listening.js'
import { LongRoad } from './http/long-road.js'
import { AnswerWriter } from './http/plain-answer.js'
import { servePlainly, type PlainConnections } from './http/plain-connection.js'
import { createShortRoad, type ShortRoad } from './http/short-road.js'

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
 * The server of the API; not listening yet. It answers plain calls by itself, and makes Node's HTTP server for the first
 * connection on which anything else is asked, and the framework for the first request that is no plain call: to make it takes
 * longer than all else that a start does.
 */
export function createApiServer(parts: Parts): ApiServer {
  const { sandboxes, requireSandbox, logger, now } = parts
  const serializers = new Serializers(writtenRoutes(sandboxes.default.behaviour.dialect))
  const shortRoad = createShortRoad({ sandboxes, serializers, requireSandbox, paths: PLAIN_PATHS, callOf: shortCall })
  const isShortOpen = hasShortRoad(parts)
  let made: App | undefined
  const app = (): App => (made ??= createApp(parts, http(), serializers))
  const longRoad = new LongRoad(app, sandboxes.default, logger)
  const ask: ShortRoad = (asked) => (isShortOpen && !longRoad.isWaitedFor ? shortRoad(asked) : undefined)
  let behind: HttpServer | undefined
  const http = (): HttpServer =>
    (behind ??= createHttpServer({ sandbox: sandboxes.default, ask, longRoad, idle: IDLE }))
  const connections = new Set<Socket>()
  const another = () =>
    newServer(connections, {
      ask,
      writer: new AnswerWriter(now, IDLE),
      handOver: (socket) => http().emit('connection', socket),
      idle: IDLE
    })
  let listening: Server[] = []
  return {
    app,
    async listen(place) {
      const [first, ...others] = await listenOn(another, place)
      listening = [first, ...others]
      const { port } = first.address() as AddressInfo
      logger.info(`listening on ${place.host}, port ${port}`)
      return port
    },
    async close() {
      const closing = listening.map(closed)
      for (const socket of connections) socket.destroy()
      await Promise.all([made?.close(), ...closing])
    }
  }
}

/** Whether nothing is done to every single request that only the framework's hooks do. */
function hasShortRoad({ logger, hostile, sandboxes }: Parts): boolean {
  return !logger.isLevelEnabled('info') && !hostile && !sandboxes.default.behaviour.rateLimit
}

/** Listens, and serves connections plainly as long as that will do. All that are open are among `connections`. */
function newServer(connections: Set<Socket>, plain: PlainConnections): Server {
  return createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
    servePlainly(socket, plain)
  })
}

/** Resolves once nobody is connected any more. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
  })
}
