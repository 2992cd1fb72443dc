import { get } from 'node:http'
import type { Settings } from '../settings.js'
import { EXIT } from './exit.js'
import type { Terminal } from './terminal.js'

const PATIENCE = 2_000

/** Asks the emulator on the configured port whether it is ready: for containers, which have no curl. */
export async function healthcheck({ host, port }: Settings, { stderr }: Terminal): Promise<number> {
  // A server that listens everywhere is asked here.
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  const status = await new Promise<number | undefined>((resolve) => {
    const signal = AbortSignal.timeout(PATIENCE)
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
