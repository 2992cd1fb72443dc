import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { evaluateGates } from '../contract/gates.js'
import { reportFiles } from '../contract/reports/index.js'
import { createEmulator, type Emulator } from '../emulator.js'
import { UsageError, type Settings } from '../settings.js'
import { EXIT } from './exit.js'
import { stderrLogger } from './stderr-logger.js'

/** The variable in which the command finds the emulator. */
const BASE_URL = 'ONEUC_BASE_URL'

/** What is passed on to the command instead of stopping the emulator under it. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Added to the number of the signal that ended a command (POSIX shells). */
const ENDED_BY_SIGNAL = 128

/**
 * Runs a command with an emulator of its own. Returns the command's exit code; where that is 0 and a gate does not hold, 3.
 * The report goes to standard error, so that the command's output stays its own.
 */
export async function exec(settings: Settings, command: readonly string[]): Promise<number> {
  const [program, ...args] = command
  if (program === undefined) throw new UsageError('exec wants a command: exec [flags] -- <command>')
  const files = reportFiles(settings)
  const { listen, sandboxes, coverage, close } = await createEmulator(settings, stderrLogger(settings.log_level))
  try {
    const url = await urlOf(listen, settings)
    const code = await ended(spawn(program, args, { stdio: 'inherit', env: { ...process.env, [BASE_URL]: url } }))
    const { text, failures } = await evaluateGates(coverage, sandboxes.default.behaviour.dialect, settings, files)
    process.stderr.write(`\n${text}`)
    // A command that failed itself keeps its code.
    return code === EXIT.clean && failures.length > 0 ? EXIT.gate : code
  } finally {
    await close()
  }
}

async function urlOf(listen: Emulator['listen'], { host, port }: Settings): Promise<string> {
  let taken: number
  try {
    taken = await listen({ host, port })
  } catch (error) {
    throw new UsageError(`cannot listen on ${host}:${port}: ${String(error)}`)
  }
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${taken}`
}

/** How a command has ended: with a code, or by a signal. */
type Exit = [code: number, signal: null] | [code: null, signal: NodeJS.Signals]

/** The exit code of a command, once it has ended. Throws a UsageError where it cannot be started. */
async function ended(child: ChildProcess): Promise<number> {
  const passOn = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, passOn)
  try {
    const [code, signal] = (await once(child, 'exit').catch(refused)) as Exit
    return code ?? ENDED_BY_SIGNAL + constants.signals[signal]
  } finally {
    for (const signal of SIGNALS) process.off(signal, passOn)
  }
}

function refused(error: Error): never {
  throw new UsageError(`cannot run the command: ${error.message}`)
}
