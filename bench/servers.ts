import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A server in a process of its own, on the loopback interface. */
export interface Server {
  pid: number
  port: number
  stop: () => Promise<void>
}

const EMULATOR = fileURLToPath(new URL('../oneuc-emulator.js', import.meta.url))
const BARE = fileURLToPath(new URL('./bare-server.js', import.meta.url))

/** Starts the built emulator under the given Node. */
export async function startEmulator(flags: readonly string[] = [], node?: string): Promise<Server> {
  return start([EMULATOR, '--port', '0', ...flags], node)
}

/** Starts the bare server under the given Node. */
export async function startBare(node?: string): Promise<Server> {
  return start([BARE], node)
}

/**
 * Starts a script and waits for the line that names its port. The environment is empty, because Node reads variables at the start:
 * the certificates of `NODE_EXTRA_CA_CERTS` alone take 37 ms.
 */
async function start(args: readonly string[], node = process.execPath): Promise<Server> {
  const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'inherit'], env: {} })
  const exited = once(child, 'exit')
  const port = await new Promise<number>((resolve, reject) => {
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const [, digits] = /listening on http:\/\/127\.0\.0\.1:(\d+)\n/.exec(printed) ?? []
      if (digits !== undefined) resolve(Number(digits))
    })
    child.once('error', reject).once('exit', (code) => {
      reject(new Error(`${node} ${args.join(' ')} ended with ${String(code)} before it was ready`))
    })
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
  }
  return { pid: child.pid ?? 0, port, stop }
}
