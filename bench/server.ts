import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A server in a process of its own. */
export interface Server {
  pid: number
  port: number
  stop: () => Promise<void>
}

const built = (file: string) => fileURLToPath(new URL(file, import.meta.url))

export const EMULATOR = built('../oneuc-emulator.cjs')
export const NODE = built('./node-server.js')
export const BARE = built('./bare-server.js')

/**
 * What Node is told to do by the machine's environment is nobody's cost: to read its certificates (`NODE_EXTRA_CA_CERTS`) takes
 * longer than all that the emulator does before it is ready.
 */
const NO_ENVIRONMENT = {}

/** Starts `script` under this very Node and resolves with the ready line that it prints. */
export async function startServer(script: string, args: readonly string[] = []): Promise<Server> {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: NO_ENVIRONMENT
  })
  const exited = once(child, 'exit')
  const port = await new Promise<number>((resolve, reject) => {
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const [, found] = /listening on http:\/\/127\.0\.0\.1:(\d+)\n/.exec(printed) ?? []
      if (found !== undefined) resolve(Number(found))
    })
    child.once('exit', (code) => {
      reject(new Error(`${script} ended with ${String(code)} before it was ready`))
    })
  })
  return {
    pid: child.pid ?? 0,
    port,
    async stop() {
      child.kill('SIGTERM')
      await exited
    }
  }
}

export async function startEmulator(...flags: string[]): Promise<Server> {
  return startServer(EMULATOR, ['--port', '0', ...flags])
}

export async function startBare(constants: string): Promise<Server> {
  return startServer(BARE, [constants])
}

export async function startNode(constants: string): Promise<Server> {
  return startServer(NODE, [constants])
}
