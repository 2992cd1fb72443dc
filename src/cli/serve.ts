import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createEmulator, type Emulator } from '../emulator.js'
import { LateLogger } from '../logger.js'
import type { Settings } from '../settings.js'
import { VERSION } from '../package.js'
import { EXIT } from './exit.js'
import { stderrLogger } from './stderr-logger.js'
import type { Terminal } from './terminal.js'

/** How long a stop may take, in milliseconds. */
const STOP_WITHIN = 400

/** Listens and answers until a signal stops it. Returns where it cannot listen. */
export async function serve(settings: Settings, { stdout, stderr }: Terminal): Promise<number> {
  const logger = new LateLogger(settings.log_level, () => stderrLogger(settings.log_level))
  const emulator = await createEmulator(settings, logger)
  let ports: Ports
  try {
    ports = await listen(emulator, settings)
  } catch (error) {
    await emulator.close()
    stderr.write(`oneuc-emulator: ${(error as Error).message}\n`)
    return EXIT.usage
  }
  const stopped = signalled()
  stdout.write(`${readyLine(settings, ports)}\n`)
  await stopped
  await Promise.race([emulator.close(), sleep(STOP_WITHIN)])
  process.exit(EXIT.clean)
}

/** Where the API listens, and the admin API, where it has a port of its own. */
interface Ports {
  api: number
  admin?: number
}

async function listen({ listen, adminApp }: Emulator, settings: Settings): Promise<Ports> {
  const { host, port, port_file, admin_port = 0 } = settings
  const api = await listen({ host, port })
  await adminApp?.listen({ host, port: admin_port })
  const ports = adminApp === undefined ? { api } : { api, admin: (adminApp.server.address() as AddressInfo).port }
  if (port_file !== undefined) writeFileSync(port_file, `${ports.api}\n`)
  return ports
}

/** Resolves at the first signal to stop. Those after it change nothing: npm passes on a Ctrl-C that came already. */
function signalled(): Promise<unknown> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, resolve)
  })
}

/** The line for people never changes: scripts wait for it. The one for programs names the port of the admin API, if it has one. */
export function readyLine({ host, json }: Pick<Settings, 'host' | 'json'>, { api, admin }: Ports): string {
  const at = (port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const url = at(api)
  const apart = admin === undefined ? {} : { admin_url: at(admin) }
  if (json) return JSON.stringify({ event: 'listening', url, port: api, ...apart, version: VERSION })
  return `oneuc-emulator is listening on ${url}`
}
