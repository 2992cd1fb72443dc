import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createEmulator, type Emulator } from '../emulator.js'
import { LateLogger } from '../logger.js'
import type { Settings } from '../settings.js'
import { VERSION } from '../version.js'
import { collectSooner } from './collect-sooner.js'
import { EXIT } from './exit.js'
import { stderrLogger } from './stderr-logger.js'
import type { Terminal } from './terminal.js'

/** How long a stop may take, in milliseconds. */
const STOP_WITHIN = 400

/** Whoever starts it for one test is gone by then, and need not pay for it; milliseconds. */
const SETTLED_AFTER = 1_000

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
  setTimeout(collectSooner, SETTLED_AFTER).unref()
  await stopped
  await Promise.race([emulator.close(), sleep(STOP_WITHIN)])
  process.exit(EXIT.clean)
}

/** Where the API listens, and the control door, where it has a port of its own. */
interface Ports {
  api: number
  door?: number
}

async function listen({ listen, doorApp }: Emulator, settings: Settings): Promise<Ports> {
  const { host, port, port_file, admin_port = 0 } = settings
  const api = await listen({ host, port })
  await doorApp?.listen({ host, port: admin_port })
  const ports = doorApp === undefined ? { api } : { api, door: (doorApp.server.address() as AddressInfo).port }
  if (port_file !== undefined) writeFileSync(port_file, `${ports.api}\n`)
  return ports
}

/** Resolves at the first signal to stop. Those after it change nothing: npm passes on a Ctrl-C that came already. */
function signalled(): Promise<unknown> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, resolve)
  })
}

/** The line for people never changes: scripts wait for it. The one for programs names the port of the door, if it has one. */
export function readyLine({ host, json }: Pick<Settings, 'host' | 'json'>, { api, door }: Ports): string {
  const at = (port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const url = at(api)
  const apart = door === undefined ? {} : { admin_url: at(door) }
  if (json) return JSON.stringify({ event: 'listening', url, port: api, ...apart, version: VERSION })
  return `oneuc-emulator is listening on ${url}`
}
