import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { listenAt } from '../api/listen.js'
import type { EmulatorProcess } from '../emulator.js'
import { UsageError, type Settings } from '../settings.js'

/** Where an emulator listens: the ports of the API and of the admin API, which are the same unless it has one of its own. */
export interface Ports {
  api: number
  admin: number
}

/** Listens with everything that the settings name, and writes the port file. Throws a UsageError where it cannot. */
export async function listen({ listen, adminApp }: EmulatorProcess, settings: Settings): Promise<Ports> {
  const { host, port, portFile, adminPort = 0 } = settings
  try {
    const api = await listen({ host, port })
    const admin = adminApp === undefined ? api : await listenAt(adminApp, { host, port: adminPort })
    if (portFile !== undefined) writeFileSync(portFile, [...new Set([api, admin])].map((one) => `${one}\n`).join(''))
    return { api, admin }
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/**
 * Returns the port of the admin API of an emulator that runs with these settings. One that was chosen freely stands in the port
 * file; it is undefined as long as that has none.
 */
export function findAdminPort({ port, portFile, adminPort = port }: Settings): number | undefined {
  if (adminPort !== 0) return adminPort
  if (portFile === undefined) throw new UsageError('the emulator chose its port freely: name its --port-file')
  const lines = existsSync(portFile) ? readFileSync(portFile, 'utf8').trim().split('\n') : []
  return lines.map(Number).findLast((one) => one > 0)
}

/** Formats the URL of a port, with the address as a client writes it. */
export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Returns the address at which this machine reaches a server: one on all addresses is reached at the loopback address. */
export function reachableHost(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
}
