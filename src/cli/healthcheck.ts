import { get } from 'node:http'
import type { Settings } from '../settings.js'
import { EXIT, type Terminal } from './process.js'

/** Docker and Kubernetes give up earlier, by limits of their own. */
const TIMEOUT_MS = 30_000

/** Asks the emulator on the configured port whether it is ready. Containers use it, since images have no curl. */
export async function healthcheck(
  { host, port }: Settings,
  { stderr }: Terminal,
  timeoutMs = TIMEOUT_MS
): Promise<number> {
  // A server on all addresses is reached at the loopback address.
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  const status = await new Promise<number | undefined>((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs)
    get({ host: reachable, port, path: '/__admin/ready', signal }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', () => {
      resolve(undefined)
    })
  })
  if (status === 200) return EXIT.clean
  stderr.write(`not ready: ${status === undefined ? 'no answer' : `status ${status}`} from ${reachable}:${port}\n`)
  return EXIT.failure
}
