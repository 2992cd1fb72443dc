import { lookup } from 'node:dns'
import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { promisify } from 'node:util'

/** Where a server shall listen; port 0 is one that is free. */
export interface Place {
  host: string
  port: number
}

/** The addresses of a host. */
type AddressesOf = (host: string) => Promise<{ address: string }[]>

/**
 * Has a server that `another` makes listen, and where the host is `localhost`, one on each other address that it has: some
 * clients try but one of IPv4 and IPv6. Returns all that listen. Throws where the first cannot.
 */
export async function listenOn(
  another: () => Server,
  place: Place,
  addressesOf: AddressesOf = allAddresses
): Promise<[Server, ...Server[]]> {
  const server = another()
  const { address, port } = await listen(server, place)
  if (place.host !== 'localhost') return [server]
  const beside = (await addressesOf(place.host)).filter((one) => one.address !== address)
  const listening = beside.map(async ({ address: host }) => {
    const one = another()
    // Not every address that a machine names is one that it has.
    return listen(one, { host, port }).then(
      () => [one],
      () => []
    )
  })
  return [server, ...(await Promise.all(listening)).flat()]
}

async function listen(server: Server, place: Place): Promise<AddressInfo> {
  server.listen(place)
  await once(server, 'listening')
  return server.address() as AddressInfo
}

function allAddresses(host: string): Promise<{ address: string }[]> {
  return promisify(lookup)(host, { all: true })
}
