import { get, type IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Settings } from '../settings.js'
import { reachableHost } from './listen.js'
import { findAdminPort } from './port-file.js'
import { EXIT, type Terminal } from './process.js'

/** Docker and Kubernetes give up earlier, by limits of their own. */
const ANSWER_TIMEOUT_MS = 30_000

/** Milliseconds between two questions. */
const PAUSE_MS = 100

/**
 * Asks the emulator that runs with the same settings whether it is ready; with `--wait` again and again, for that many seconds.
 * Containers use it, since images have no curl.
 */
export async function healthcheck(
  settings: Settings,
  { stderr }: Terminal,
  answerTimeoutMs = ANSWER_TIMEOUT_MS
): Promise<number> {
  const mayWait = settings.wait > 0
  const deadline = AbortSignal.timeout(mayWait ? settings.wait * 1_000 : answerTimeoutMs)
  let fault = await findFault(settings, deadline)
  while (fault !== undefined && mayWait && !deadline.aborted) {
    await pause(PAUSE_MS)
    fault = await findFault(settings, deadline)
  }
  if (fault === undefined) return EXIT.clean
  stderr.write(`not ready: ${fault}\n`)
  return EXIT.failure
}

/** Asks once. Returns why the emulator is not ready; undefined where it is. */
async function findFault(settings: Settings, signal: AbortSignal): Promise<string | undefined> {
  const port = findAdminPort(settings)
  if (port === undefined) return `there is no port in ${String(settings.portFile)}`
  const host = reachableHost(settings.host)
  const answer = await new Promise<string | undefined>((resolve) => {
    get({ host, port, path: '/__admin/ready', signal }, (response) => {
      response.resume()
      resolve(describeAnswer(response))
    }).on('error', () => {
      resolve('no answer')
    })
  })
  return answer === undefined ? undefined : `${answer} from ${host}:${port}`
}

/**
 * Says what is wrong with an answer; undefined where an emulator is ready. A port file that an emulator could not remove may tell a
 * port that another program has taken since.
 */
function describeAnswer({ statusCode, headers }: IncomingMessage): string | undefined {
  if (statusCode !== 200) return `status ${String(statusCode)}`
  return 'x-emulator' in headers ? undefined : 'an answer of another program'
}
