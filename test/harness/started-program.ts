import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Test } from 'tap'
import { packageRoot } from '../../src/package.js'
import { PROGRAM, UNCOUNTED } from './built-program.js'

/** A program that was started, and what becomes of it. */
export interface Started {
  child: ChildProcess
  /** Its first line. */
  ready: Promise<string>
  ended: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>
}

/** As it is shipped. */
export const BUILT = [PROGRAM]
/** The same from its sources, as tests run, so that what it does is counted as covered. */
export const SOURCE = [...process.execArgv, join(packageRoot(), 'src', 'main.ts')]

/** Starts it with these arguments; it ends with the test. */
export function start(t: Test, argv: readonly string[], program = BUILT): Started {
  const env = program === BUILT ? { ...process.env, ...UNCOUNTED } : process.env
  const child = spawn(process.execPath, [...program, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  const said = { stdout: '', stderr: '' }
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.stdout += text
      if (said.stdout.includes('\n')) resolve(said.stdout.slice(0, said.stdout.indexOf('\n')))
    })
    child.once('close', () => {
      reject(new Error(`ended before it was ready: ${said.stderr}`))
    })
  })
  ready.catch(() => undefined)
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    ...said
  }))
  return { child, ready, ended }
}

const LISTENING = /^oneuc-emulator is listening on (http:\/\/127\.0\.0\.1:\d+)$/

/** Where it listens. */
export async function urlOf({ ready }: Started): Promise<string> {
  const [, url = ''] = LISTENING.exec(await ready) ?? []
  return url
}
