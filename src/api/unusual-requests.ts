import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { App } from './app-type.js'

/** Leads the requests that Node's HTTP server would treat by itself, outside of the envelope, the way of all others. */
export function routeUnusualRequests(app: App): void {
  const { server } = app
  // The emulator ignores an `Expect` that it does not know.
  server.on('checkExpectation', (request, response) => {
    app.routing(request, response)
  })
  // The client is asked for its body when the body is read: one that is too large is refused before it is sent.
  server.on('checkContinue', (request, response) => {
    request.once('resume', () => {
      if (!response.headersSent) response.writeContinue()
    })
    app.routing(request, response)
  })
  // Node hands over the bare connection of a CONNECT.
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy())
    void takeConnect(app, request, socket)
  })
}

async function takeConnect(app: App, request: IncomingMessage, socket: Socket): Promise<void> {
  // Importing it at the start would load all that `node:http` exports, WebSocket with it: a tenth of a start on Node 24.
  const { ServerResponse } = await import('node:http')
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket)
  response.once('finish', () => socket.end())
  app.routing(request, response)
}
