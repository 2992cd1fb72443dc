import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A server under attack. */
export interface Program {
  pid: number
  port: number
  /** Whether the process is still there. */
  isAlive: () => boolean
  /** What it wrote to standard error, from the beginning. */
  complaints: () => string
  /** Ends it with a signal, and says how it ended and after how many milliseconds. */
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<{ status: string; milliseconds: number }>
}

export type StartProgram = (flags: readonly string[]) => Promise<Program>

/** Megabytes of the heap of V8: what a small container leaves. A store without bound ends the process, and is found. */
const HEAP_MEGABYTES = 512

const KEPT_COMPLAINTS = 20_000

/**
 * Starts the built program on a free port, and waits until it listens. `env` empties the environment: tap adds what records coverage to
 * that of a new process, which takes longer than the start of the program does.
 */
export async function startProgram(path: string, flags: readonly string[]): Promise<Program> {
  const args = [process.execPath, `--max-old-space-size=${HEAP_MEGABYTES}`, path, '--port', '0', ...flags]
  const child = spawn('env', ['-i', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(0, KEPT_COMPLAINTS)
  })
  const port = await new Promise<number>((resolve, reject) => {
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const [, digits] = /listening on http:\/\/127\.0\.0\.1:(\d+)\n/.exec(printed) ?? []
      if (digits !== undefined) resolve(Number(digits))
    })
    child.once('error', reject).once('exit', (code) => {
      reject(new Error(`the program ended with ${String(code)} before it was ready: ${complaints}`))
    })
  })
  return {
    pid: child.pid ?? 0,
    port,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    complaints: () => complaints,
    end: async (signal) => {
      const start = performance.now()
      child.kill(signal)
      const [code, by] = await exited
      return { status: by ?? String(code), milliseconds: performance.now() - start }
    }
  }
}
