import { listenAt } from '../api/listen.js'
import type { EmulatorProcess } from '../emulator.js'
import { UsageError, type Settings } from '../settings.js'
import { writeFlag, type WriteName } from '../text/setting.js'

/** Where an emulator listens: the ports of the API and of the admin API, which are the same unless it has one of its own. */
export interface Ports {
  api: number
  admin: number
}

/**
 * Listens with everything that the settings name. Throws a UsageError where it cannot; `format` writes the name of a setting as the
 * user does.
 */
export async function listen(
  { listen, adminApp }: Pick<EmulatorProcess, 'listen' | 'adminApp'>,
  settings: Settings,
  format = writeFlag
): Promise<Ports> {
  const { host, port, adminPort = 0 } = settings
  const api = await listen({ host, port }).catch(refusal('port', settings, format))
  const admin =
    adminApp === undefined
      ? api
      : await listenAt(adminApp, { host, port: adminPort }).catch(refusal('adminPort', settings, format))
  return { api, admin }
}

/** Makes the function that says in the words of the user why the server cannot listen. */
function refusal(name: 'port' | 'adminPort', settings: Settings, format: WriteName) {
  const flag = format(name)
  const place = `port ${String(settings[name])} of ${settings.host}`
  return (cause: NodeJS.ErrnoException): never => {
    const fail = (message: string) => new UsageError(message, { cause })
    switch (cause.code) {
      case 'EADDRINUSE':
        throw fail(`${place} is taken: stop the program that uses it, or give ${flag} 0, which takes a free one`)
      case 'EACCES':
        throw fail(`${place} is not for this user: give ${flag} one from 1024 on, or 0, which takes a free one`)
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
        throw fail(`${format('host')}: this machine has no address ${settings.host}; 127.0.0.1 is its own`)
      default:
        throw fail(cause.message)
    }
  }
}

/** Formats the URL of a port, with the address as a client writes it. */
export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Returns the address at which this machine reaches a server: one on all addresses is reached at the loopback address. */
export function reachableHost(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
}
