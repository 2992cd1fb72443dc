import { parseArgs } from 'node:util'
import { DatabaseError } from '../../db/connection.js'
import { FixtureError } from '../state/fixtures.js'
import {
  flagOptions,
  nearest,
  readSettings,
  serviceLinks,
  settingsHelp,
  UsageError,
  type Settings
} from '../settings.js'
import { VERSION } from '../package.js'
import { EXIT } from './exit.js'
import type { Terminal } from './terminal.js'

type Environment = Readonly<Record<string, string | undefined>>

interface Command {
  help: string
  /** What follows the command; undefined for those that take nothing. */
  takes?: string
  /** Flags that are different here where nobody says so. */
  flags?: Readonly<Record<string, string>>
  /** Returns the exit code. */
  run: (settings: Settings, terminal: Terminal, rest: readonly string[]) => Promise<number>
}

/** What the program can do; the first is what it does when nothing is said. Each is loaded when it is asked for. */
const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    help: 'listen and answer until stopped',
    run: async (settings, terminal) => (await import('./serve.js')).serve(settings, terminal)
  },
  healthcheck: {
    help: 'ask the emulator on the configured port whether it is ready',
    run: async (settings, terminal) => (await import('./healthcheck.js')).healthcheck(settings, terminal)
  },
  exec: {
    help: 'run a command against a new emulator, then tell what it did: exec [flags] -- <command>',
    takes: '<command>',
    flags: { port: '0' },
    run: async (settings, _terminal, rest) => (await import('./exec.js')).exec(settings, rest)
  },
  openapi: {
    help: 'describe the API and the admin API in OpenAPI 3.1',
    run: async (settings) => (await import('./openapi.js')).openapi(settings)
  },
  verify: {
    help: 'ask a server the cases of the contract, and tell where it differs',
    run: async (settings) => (await import('./verify.js')).verify(settings)
  },
  states: {
    help: 'print the table of states and actions',
    run: async (_, terminal) => (await import('./states.js')).states(terminal)
  }
}
const DEFAULT_COMMAND = 'serve'

/** Runs the program with its arguments and returns its exit code. What is wrong with them is said on standard error. */
export async function run(
  argv: readonly string[],
  environment: Environment,
  terminal: Terminal = process
): Promise<number> {
  try {
    const { values, positionals } = parse(argv)
    const [name = DEFAULT_COMMAND, ...rest] = positionals
    if (values.help === true) return print(terminal, help())
    if (values.version === true) return print(terminal, VERSION)
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (command === undefined) {
      throw new UsageError(`${name} is not a command; did you mean ${nearest(name, Object.keys(COMMANDS))}?`)
    }
    if (rest.length > 0 && command.takes === undefined) throw new UsageError(`unexpected argument ${rest.join(' ')}`)
    const settings = readSettings({ ...command.flags, ...values }, environment)
    noteIgnored(environment, terminal)
    return await command.run(settings, terminal, rest)
  } catch (error) {
    if (!isUsage(error)) throw error
    terminal.stderr.write(`oneuc-emulator: ${error.message}\nTry oneuc-emulator --help.\n`)
    return EXIT.usage
  }
}

function noteIgnored(environment: Environment, { stderr }: Terminal): void {
  const ignored = serviceLinks(environment)
  if (ignored.length === 0) return
  stderr.write(`oneuc-emulator: ignored what Kubernetes says of its services: ${ignored.join(', ')}\n`)
}

function isUsage(error: unknown): error is Error {
  return error instanceof UsageError || error instanceof FixtureError || error instanceof DatabaseError
}

function parse(argv: readonly string[]) {
  const options = { ...flagOptions(), help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, allowNegative: true })
  } catch (error) {
    const { message } = error as Error
    const [, unknown] = /Unknown option '--(.*?)'/.exec(message) ?? []
    if (unknown === undefined) throw new UsageError(message)
    throw new UsageError(`--${unknown} is not a flag; did you mean --${nearest(unknown, Object.keys(options))}?`)
  }
}

function print({ stdout }: Terminal, text: string): number {
  stdout.write(`${text}\n`)
  return EXIT.clean
}

function help(): string {
  const commands = Object.entries(COMMANDS).map(([name, command]) => `  ${name.padEnd(12)} ${command.help}`)
  return [
    'oneuc-emulator [command] [flags]',
    '',
    "A test double of OneUC's Phone Number API.",
    '',
    `Commands (${DEFAULT_COMMAND} where none is given):`,
    ...commands,
    '',
    'Flags (environment variable; default):',
    settingsHelp()
  ].join('\n')
}
