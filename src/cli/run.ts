import { parseArgs } from 'node:util'
import { DatabaseError } from '../../db/connection.js'
import { VERSION } from '../package.js'
import { flagOf, NAMES, suggestName, UsageError, variableOf, type Settings } from '../settings.js'
import { readSettings } from '../text/read-settings.js'
import { FixtureError } from '../state/fixtures.js'
import { suggest } from '../text/nearest.js'
import { separateServiceLinks, type Environment } from './environment.js'
import { flagOptions, settingsHelp, tableText } from './flags.js'
import { EXIT, type Terminal } from './process.js'

interface Command {
  help: string
  /** The arguments after the command; absent where there are none. */
  takes?: string
  /** Defaults of flags that differ from those of the settings. */
  flags?: Readonly<Record<string, string>>
  /** Returns the exit code. */
  run: (settings: Settings, terminal: Terminal, rest: readonly string[]) => Promise<number>
}

/** The commands of the program. Each is loaded when it runs: most starts need one. */
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
    help: 'run a command against a new emulator, then report what it did: exec [flags] -- <command>',
    takes: '<command>',
    flags: { port: '0' },
    run: async (settings, terminal, rest) => (await import('./exec.js')).exec(settings, terminal, rest)
  },
  openapi: {
    help: 'describe the API and the admin API in OpenAPI 3.1',
    run: async (settings, terminal) => (await import('./openapi.js')).openapi(settings, terminal)
  },
  verify: {
    help: 'send the cases of the contract to a server, and report where it differs',
    run: async (settings, terminal) => (await import('./verify.js')).runVerify(settings, terminal)
  },
  states: {
    help: 'print the table of states and actions',
    run: async (_, terminal) => (await import('./states.js')).states(terminal)
  }
}
const DEFAULT_COMMAND = 'serve'

/** The keys of the header `Prefer`. */
const PREFERENCES = {
  'code=STATUS': 'a failure with this status, such as code=503',
  'example=OUTCOME': 'an outcome of the operation, by its name in GET /__admin/outcomes',
  'delay=MILLISECONDS': 'an answer that comes later, at most 600000'
}

/** Runs the program with its arguments and returns its exit code. Errors in them are written to standard error. */
export async function run(
  argv: readonly string[],
  environment: Environment,
  terminal: Terminal = process
): Promise<number> {
  try {
    const { values, positionals } = parseArguments(argv)
    const [name = DEFAULT_COMMAND, ...rest] = positionals
    if (values.help === true) return print(terminal, help())
    if (values.version === true) return print(terminal, VERSION)
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (command === undefined) {
      throw new UsageError(`${name} is not a command; ${suggest(name, Object.keys(COMMANDS))}`)
    }
    if (rest.length > 0 && command.takes === undefined) throw new UsageError(`unexpected argument ${rest.join(' ')}`)
    const { variables, ignored } = separateServiceLinks(environment)
    const settings = readSettings({ ...command.flags, ...values }, variables)
    if (ignored.length > 0) {
      terminal.stderr.write(`oneuc-emulator: ignored the service variables of Kubernetes: ${ignored.join(', ')}\n`)
    }
    return await command.run(settings, terminal, rest)
  } catch (error) {
    if (!isUsageError(error)) throw error
    const hint = error instanceof UsageError ? 'Try oneuc-emulator --help.\n' : ''
    terminal.stderr.write(`oneuc-emulator: ${error.message}\n${hint}`)
    return EXIT.usage
  }
}

function isUsageError(error: unknown): error is Error {
  return error instanceof UsageError || error instanceof FixtureError || error instanceof DatabaseError
}

function parseArguments(argv: readonly string[]) {
  const options = { ...flagOptions(), help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, allowNegative: true })
  } catch (error) {
    const { message } = error as Error
    const [, unknown] = /Unknown option '--(.*?)'/.exec(message) ?? []
    if (unknown === undefined) throw new UsageError(message)
    const suggestion = suggestName(unknown, (name) => `--${flagOf(name)}`, [...NAMES, 'help', 'version'])
    throw new UsageError(`--${unknown} is not a flag; ${suggestion}`)
  }
}

function print({ stdout }: Terminal, text: string): number {
  stdout.write(`${text}\n`)
  return EXIT.clean
}

function help(): string {
  return [
    'oneuc-emulator [command] [flags]',
    '',
    "A test double of OneUC's Phone Number API.",
    '',
    `Commands (the default is ${DEFAULT_COMMAND}):`,
    tableText(Object.entries(COMMANDS).map(([name, command]) => [name, command.help])),
    '',
    'The header Prefer of a request asks for an answer; it may have several of these:',
    tableText(Object.entries(PREFERENCES)),
    '',
    'Flags (and their defaults). Each is also an environment variable:',
    `--${flagOf('portFile')} is ${variableOf('portFile')}.`,
    '',
    settingsHelp()
  ].join('\n')
}
