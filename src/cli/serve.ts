import { composeEmulator, type EmulatorProcess } from '../emulator.js'
import { VERSION } from '../package.js'
import type { Settings } from '../settings.js'
import { reachableHost, urlOf, type Ports } from './listen.js'
import { whileListening } from './while-listening.js'
import { paintFor } from './colour.js'
import { waitForParent } from './parent.js'
import { EXIT, type Terminal } from './process.js'

/** After this time, the program ends even if something in it is still open. */
const STOP_TIMEOUT_MS = 400

/**
 * Listens and answers until a signal stops it, or, with `stopWithParent`, the end of the process that started it. `compose` creates
 * the emulator. Throws a UsageError where it cannot listen.
 */
export async function serve(
  settings: Settings,
  terminal: Terminal,
  compose: (settings: Settings) => Promise<EmulatorProcess> = composeEmulator
): Promise<number> {
  const emulator = await compose(settings)
  return whileListening(emulator, settings, terminal, async (ports) => {
    const stop = Promise.race([waitForSignal(), ...(settings.stopWithParent ? [waitForParent(process)] : [])])
    terminal.stdout.write(readyText(settings, ports) + placesText(settings, ports, terminal))
    await stop
    setTimeout(() => {
      terminal.exit(EXIT.clean)
    }, STOP_TIMEOUT_MS).unref()
    return EXIT.clean
  })
}

/**
 * Resolves at the first signal, which a terminal that closes sends, too (SIGHUP). Later ones change nothing: npm passes on a Ctrl-C that
 * has already arrived.
 */
function waitForSignal(): Promise<unknown> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, resolve)
  })
}

/**
 * Formats the text that says where the server listens. Scripts wait for its first line, so that never changes; an admin API with
 * a port of its own has a second one.
 */
export function readyText({ host, json }: Pick<Settings, 'host' | 'json'>, { api, admin }: Ports): string {
  const [url, adminUrl] = [urlOf(host, api), urlOf(host, admin)]
  if (json) {
    const { pid } = process
    return `${JSON.stringify({ event: 'listening', url, port: api, admin_url: adminUrl, pid, version: VERSION })}\n`
  }
  const second = api === admin ? '' : `its admin API is listening on ${adminUrl}\n`
  return `oneuc-emulator is listening on ${url}\n${second}`
}

/** Formats what a person can open and press next. Programs, which read no terminal, are told nothing more than the ready text. */
export function placesText(
  { host, json }: Pick<Settings, 'host' | 'json'>,
  { api, admin }: Ports,
  { stdout, env }: Pick<Terminal, 'stdout' | 'env'>
): string {
  if (json || stdout.isTTY !== true) return ''
  const [url, adminUrl] = [api, admin].map((port) => urlOf(reachableHost(host), port))
  const places = { Inspector: `${adminUrl}/__admin/ui/`, 'API docs': `${url}/docs`, Stop: 'Ctrl+C' }
  const paint = paintFor(stdout, env)
  const lines = Object.entries(places).map(([name, place]) => `  ${paint('dim', name.padEnd(9))}  ${place}\n`)
  return `\n${lines.join('')}\n`
}
