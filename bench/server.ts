import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A server in another process. */
export interface Server {
  pid: number
  port: number
  stop: () => Promise<void>
}

const built = (file: string) => fileURLToPath(new URL(file, import.meta.url))

export const EMULATOR = built('../oneuc-emulator.js')
export const NODE = built('./node-server.js')
export const BARE = built('./bare-server.js')
export const TWO = built('./two-emulators.js')

/**
 * What Node is told to do by the machine's environment is nobody's cost: to read its certificates (`NODE_EXTRA_CA_CERTS`) takes
 * longer than all that the emulator does before it is ready.
 */
const NO_ENVIRONMENT = {}

/** Starts `script` under this very Node and resolves once it has said where it listens. */
export async function startServer(script: string, args: readonly string[] = []): Promise<Server> {
  const { pid, ports, stop } = await start(script, args, 1)
  const [port = 0] = ports
  return { pid, port, stop }
}

/** Emulators in one process. */
export interface TwoEmulators {
  /** Notes and reads what it is asked. */
  noting: Server
  /** Does neither. */
  silent: Server
}

export async function startTwoEmulators(): Promise<TwoEmulators> {
  const { pid, ports, stop } = await start(TWO, [], 2)
  const [noting = 0, silent = 0] = ports
  return { noting: { pid, port: noting, stop }, silent: { pid, port: silent, stop } }
}

interface Started extends Omit<Server, 'port'> {
  ports: readonly number[]
}

/** Starts a script that says `count` times where it listens. */
async function start(script: string, args: readonly string[], count: number): Promise<Started> {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: NO_ENVIRONMENT
  })
  const exited = once(child, 'exit')
  const ports = await new Promise<number[]>((resolve, reject) => {
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const found = [...printed.matchAll(/listening on http:\/\/127\.0\.0\.1:(\d+)\n/g)]
      if (found.length === count) resolve(found.map(([, digits]) => Number(digits)))
    })
    child.once('exit', (code) => {
      reject(new Error(`${script} ended with ${String(code)} before it was ready`))
    })
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
  }
  return { pid: child.pid ?? 0, ports, stop }
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
