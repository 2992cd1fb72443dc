import { get } from 'node:http'
import type { Settings } from '../settings.js'
import { findAdminPort, reachableHost } from './listen.js'
import { EXIT, type Terminal } from './process.js'

/** Docker and Kubernetes give up earlier, by limits of their own. */
const HEALTHCHECK_TIMEOUT_MS = 30_000

/** Asks the emulator that runs with the same settings whether it is ready. Containers use it, since images have no curl. */
export async function healthcheck(
  settings: Settings,
  { stderr }: Terminal,
  timeoutMs = HEALTHCHECK_TIMEOUT_MS
): Promise<number> {
  const port = findAdminPort(settings)
  if (port === undefined) {
    stderr.write(`not ready: there is no port in ${String(settings.portFile)}\n`)
    return EXIT.failure
  }
  const host = reachableHost(settings.host)
  const status = await new Promise<number | undefined>((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs)
    get({ host, port, path: '/__admin/ready', signal }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', () => {
      resolve(undefined)
    })
  })
  if (status === 200) return EXIT.clean
  stderr.write(`not ready: ${status === undefined ? 'no answer' : `status ${status}`} from ${host}:${port}\n`)
  return EXIT.failure
}
