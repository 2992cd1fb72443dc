import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { App } from './app-type.js'

/** The codes of a machine that has no IPv6. */
const WITHOUT_IPV6: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])

/** Listens, and returns the port. `localhost` is 127.0.0.1 and, where the machine has it, ::1. Throws where it cannot listen. */
export async function listenAt(app: App, { host, port }: { host: string; port: number }): Promise<number> {
  await app.listen({ host: host === 'localhost' ? '127.0.0.1' : host, port })
  const address = app.server.address() as AddressInfo
  if (host === 'localhost') await listenAtIpv6(app, address.port)
  return address.port
}

/**
 * Hands connections over to the one HTTP server. Fastify would open a second one for the second address, without what
 * `unusual-requests.ts` and `app.ts` add to the first.
 */
async function listenAtIpv6({ server }: App, port: number): Promise<void> {
  const second = createServer({ noDelay: true }, (socket: Socket) => server.emit('connection', socket))
  try {
    await once(second.listen(port, '::1'), 'listening')
    server.once('close', () => second.close())
  } catch (error) {
    if (!WITHOUT_IPV6.has(String((error as NodeJS.ErrnoException).code))) throw error
  }
}
