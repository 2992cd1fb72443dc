import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { evaluateGates } from '../contract/gates.js'
import { reportFiles } from '../contract/reports/index.js'
import { composeEmulator } from '../emulator.js'
import { UsageError, type Settings } from '../settings.js'
import { listen, reachableHost, urlOf } from './listen.js'
import { paintFor } from './colour.js'
import { EXIT, type Terminal } from './process.js'

/** The variables in which the command finds the URLs of the API and of the admin API. */
const BASE_URL = 'ONEUC_BASE_URL'
const ADMIN_URL = 'ONEUC_ADMIN_URL'

/** Signals that are passed on to the command: they must not stop the emulator before it. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Added to the number of the signal that ended a command (POSIX shells). */
const SIGNAL_BASE = 128

/**
 * Runs a command with an emulator of its own. Returns the command's exit code, or 3 if that is 0 and a gate fails. The report
 * goes to standard error: standard output belongs to the command.
 */
export async function exec(settings: Settings, { stderr, env }: Terminal, command: readonly string[]): Promise<number> {
  const [program, ...args] = command
  if (program === undefined) throw new UsageError('exec wants a command: exec [flags] -- <command>')
  const files = reportFiles(settings)
  const emulator = await composeEmulator(settings)
  const { sandboxes, coverage, close } = emulator
  try {
    const { api, admin } = await listen(emulator, settings)
    const host = reachableHost(settings.host)
    const urls = { [BASE_URL]: urlOf(host, api), [ADMIN_URL]: urlOf(host, admin) }
    const code = await waitForEnd(spawn(program, args, { stdio: 'inherit', env: { ...env, ...urls } }))
    const { dialect } = sandboxes.default.behaviour
    const { text, failures } = await evaluateGates(coverage, dialect, settings, files, paintFor(stderr, env))
    stderr.write(`\n${text}`)
    return code === EXIT.clean && failures.length > 0 ? EXIT.gate : code
  } finally {
    await close()
  }
}

type Exit = [code: number, signal: null] | [code: null, signal: NodeJS.Signals]

/** Returns the exit code of a command once it has ended. Throws a UsageError if it cannot be started. */
async function waitForEnd(child: ChildProcess): Promise<number> {
  const passOn = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, passOn)
  try {
    const [code, signal] = (await once(child, 'exit').catch(throwUsageError)) as Exit
    return code ?? SIGNAL_BASE + constants.signals[signal]
  } finally {
    for (const signal of SIGNALS) process.off(signal, passOn)
  }
}

function throwUsageError(error: Error): never {
  throw new UsageError(`cannot run the command: ${error.message}`)
}
