import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { App } from './app-type.js'

const LOOPBACK = '127.0.0.1'
const LOOPBACK_IPV6 = '::1'

/** Listens, and returns the port. `localhost` is 127.0.0.1 and, where the machine has it, ::1. Throws where it cannot listen. */
export async function listenAt(app: App, { host, port }: { host: string; port: number }): Promise<number> {
  const isLocal = host === 'localhost'
  await app.listen({ host: isLocal ? LOOPBACK : host, port })
  const address = app.server.address() as AddressInfo
  if (isLocal) await listenAtIpv6(app, address.port)
  return address.port
}

/**
 * Hands connections over to the one HTTP server. Fastify would open a second one for the second address, without what
 * `unusual-requests.ts` and `app.ts` add to the first.
 */
async function listenAtIpv6({ server }: App, port: number): Promise<void> {
  const interfaces = Object.values(networkInterfaces()).flat()
  for (const host of new Set(interfaces.map((one) => one?.address).filter((one) => one === LOOPBACK_IPV6))) {
    const second = createServer({ noDelay: true }, (socket: Socket) => server.emit('connection', socket))
    // The first server keeps the process alive, where one does.
    await once(second.listen(port, host).unref(), 'listening')
    server.once('close', () => second.close())
  }
}
