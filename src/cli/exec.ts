import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { evaluateGates } from '../contract/gates.js'
import { reportFiles } from '../contract/reports/index.js'
import { composeEmulator } from '../emulator.js'
import type { Settings } from '../settings.js'
import { ArgumentError } from './argument-error.js'
import { reachableHost, urlOf } from './listen.js'
import { whileListening } from './while-listening.js'
import { paintFor } from './colour.js'
import { EXIT, type Output, type Terminal } from './process.js'
import { ADMIN_URL, BASE_URL } from '../text/client-variables.js'

/** Signals that are passed on to the command: they must not stop the emulator before it. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Added to the number of the signal that ended a command (POSIX shells). */
const SIGNAL_BASE = 128

/**
 * Runs a command with an emulator of its own. Returns the command's exit code, or 3 if that is 0 and a gate fails. The report
 * goes to standard error: standard output belongs to the command.
 */
export async function exec(settings: Settings, terminal: Terminal, command: readonly string[]): Promise<number> {
  const { stderr, env } = terminal
  const [program, ...args] = command
  if (program === undefined) throw new ArgumentError('exec wants a command: exec [flags] -- <command>', 'exec')
  const files = reportFiles(settings)
  const emulator = await composeEmulator(settings)
  return whileListening(emulator, settings, terminal, async ({ api, admin }) => {
    const host = reachableHost(settings.host)
    const urls = { [BASE_URL]: urlOf(host, api), [ADMIN_URL]: urlOf(host, admin) }
    const code = await runToEnd(program, args, { ...env, ...urls }).catch(
      (error: unknown) => error as NodeJS.ErrnoException
    )
    if (typeof code !== 'number') return reportStartFailure(stderr, program, code)
    const { sandboxes } = emulator
    const { text, failures } = await evaluateGates(sandboxes, settings, files, paintFor(stderr, env))
    stderr.write(`\n${text}`)
    if (sandboxes.coverage.requests === 0) {
      stderr.write(
        `oneuc-emulator: no request came: the command has to take the base URL of its client from ${BASE_URL}\n`
      )
    }
    return code === EXIT.clean && failures.length > 0 ? EXIT.gate : code
  })
}

type Exit = [code: number, signal: null] | [code: null, signal: NodeJS.Signals]

/** Runs a command, and returns its exit code. Throws the error of one that cannot be started. */
async function runToEnd(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(program, args, { stdio: 'inherit', env })
  const passOn = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, passOn)
  try {
    const [code, signal] = (await once(child, 'exit')) as Exit
    return code ?? SIGNAL_BASE + constants.signals[signal]
  } finally {
    for (const signal of SIGNALS) process.off(signal, passOn)
  }
}

/** What a shell exits with where it finds no such command, and where it may not run it (POSIX). */
const COMMAND_NOT_FOUND = 127
const NOT_EXECUTABLE = 126

/** Errors of a command that does not exist. */
const ABSENT: readonly unknown[] = ['ENOENT', 'ENOTDIR']

/** Says why a command did not start, and returns the exit code of shells for it. */
function reportStartFailure(stderr: Output, program: string, { code, message }: NodeJS.ErrnoException): number {
  const isAbsent = ABSENT.includes(code)
  const reason = isAbsent ? 'there is no such command (exec runs no shell)' : `it cannot be run: ${message}`
  stderr.write(`oneuc-emulator: ${program}: ${reason}\n`)
  return isAbsent ? COMMAND_NOT_FOUND : NOT_EXECUTABLE
}
