/** The program as it is shipped: `pretest` builds it once, and tests start it from there. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Test } from 'tap'
import { packageRoot } from '../../src/package.js'

export const PROGRAM = join(packageRoot(), 'dist', 'oneuc-emulator.js')

/**
 * Makes a command run as a user runs it. tap has each process load what records coverage, which takes longer than the start of the
 * program does; the map of a bundle is too coarse for it anyway. `env` takes that out of the environment again.
 */
export function outside(command: string, args: readonly string[] = []): [command: string, args: string[]] {
  return ['env', ['-u', 'NODE_OPTIONS', command, ...args]]
}

/** Returns the words of a command that runs this script, such as those of `exec` behind `--`. */
export function commandOf(script: string): string[] {
  return outside(process.execPath, ['-e', script]).flat()
}

export interface Started {
  child: ChildProcess
  /** Resolves with the first line of standard output. */
  ready: Promise<string>
  ended: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>
}

/**
 * Starts the program with these arguments and stops it with the test. `node` are the arguments of Node before them: another program,
 * or the flags of tap's loader and the sources, whose coverage is recorded.
 */
export function start(t: Test, argv: readonly string[], node: readonly string[] = [PROGRAM]): Started {
  const child = spawn(...outside(process.execPath, [...node, ...argv]), { stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text
      if (output.stdout.includes('\n')) resolve(output.stdout.slice(0, output.stdout.indexOf('\n')))
    })
    child.once('close', () => {
      reject(new Error(`ended before it was ready: ${output.stderr}`))
    })
  })
  ready.catch(() => undefined)
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    ...output
  }))
  return { child, ready, ended }
}

const LISTENING = /^oneuc-emulator is listening on (http:\/\/127\.0\.0\.1:\d+)$/

/** Returns the URL in the ready line. */
export async function urlOf({ ready }: Started): Promise<string> {
  const [, url = ''] = LISTENING.exec(await ready) ?? []
  return url
}
