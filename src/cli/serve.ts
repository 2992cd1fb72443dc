import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createEmulator, type Emulator } from '../emulator.js'
import { VERSION } from '../package.js'
import type { Settings } from '../settings.js'
import { EXIT, type Terminal } from './process.js'

/** After this time, the program ends even if something in it is still open. */
const STOP_TIMEOUT_MS = 400

/** Listens and answers until a signal stops it, or returns where it cannot listen. */
export async function serve(settings: Settings, terminal: Terminal): Promise<number> {
  const emulator = await createEmulator(settings)
  let ports: Ports
  try {
    ports = await listen(emulator, settings)
  } catch (error) {
    await emulator.close()
    terminal.stderr.write(`oneuc-emulator: ${(error as Error).message}\n`)
    return EXIT.usage
  }
  const stop = waitForSignal()
  terminal.stdout.write(`${readyLine(settings, ports)}\n`)
  await stop
  setTimeout(() => {
    terminal.exit(EXIT.clean)
  }, STOP_TIMEOUT_MS).unref()
  await emulator.close()
  return EXIT.clean
}

/** The ports of the API and of the admin API, where it has one of its own. */
interface Ports {
  api: number
  admin?: number
}

async function listen({ listen, adminApp }: Emulator, settings: Settings): Promise<Ports> {
  const { host, port, portFile, adminPort = 0 } = settings
  const api = await listen({ host, port })
  await adminApp?.listen({ host, port: adminPort })
  const ports = adminApp === undefined ? { api } : { api, admin: (adminApp.server.address() as AddressInfo).port }
  if (portFile !== undefined) writeFileSync(portFile, `${ports.api}\n`)
  return ports
}

/** Resolves at the first signal. Later ones change nothing: npm passes on a Ctrl-C that has already arrived. */
function waitForSignal(): Promise<unknown> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, resolve)
  })
}

/** Formats the line that says where the server listens. Scripts wait for it, so the text for people never changes. */
export function readyLine({ host, json }: Pick<Settings, 'host' | 'json'>, { api, admin }: Ports): string {
  const urlOf = (port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const url = urlOf(api)
  const adminUrl = admin === undefined ? {} : { admin_url: urlOf(admin) }
  if (json) return JSON.stringify({ event: 'listening', url, port: api, ...adminUrl, version: VERSION })
  return `oneuc-emulator is listening on ${url}`
}
