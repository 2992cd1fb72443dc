import { parseArgs } from 'node:util'
import { DatabaseError } from '../../db/connection.js'
import { DriverError } from '../../db/driver.js'
import { VERSION } from '../package.js'
import { NAMES, suggestName, UsageError } from '../settings.js'
import { writeFlag } from '../text/setting.js'
import { FixtureError } from '../state/fixtures.js'
import { suggest } from '../text/nearest.js'
import { readSettings } from '../text/read-settings.js'
import { ArgumentError } from './argument-error.js'
import { COMMANDS, DEFAULT_COMMAND, foreignFlags } from './commands.js'
import { separateServiceLinks, type Environment } from './environment.js'
import { flagOptions } from './flags.js'
import { commandHelp, helpText } from './help.js'
import { EXIT, type Terminal } from './process.js'

/** Asks for help as a command does: `oneuc-emulator help exec`. */
const HELP = 'help'

/** Runs the program with its arguments and returns its exit code. Errors in them are written to standard error. */
export async function run(
  argv: readonly string[],
  environment: Environment,
  terminal: Terminal = process
): Promise<number> {
  try {
    const { values, positionals } = parseArguments(argv)
    const isHelp = values.help === true || positionals[0] === HELP
    const [given, ...rest] = positionals[0] === HELP ? positionals.slice(1) : positionals
    if (values.version === true) return print(terminal, VERSION)
    const name = given ?? DEFAULT_COMMAND
    const command = COMMANDS.get(name)
    if (command === undefined) {
      throw new ArgumentError(`${name} is not a command; ${suggest(name, [...COMMANDS.keys(), HELP])}`)
    }
    if (isHelp) return print(terminal, given === undefined ? helpText() : commandHelp(name, command))
    if (rest.length > 0 && command.takes === undefined) {
      throw new ArgumentError(`unexpected argument ${rest.join(' ')}`, name)
    }
    const foreign = foreignFlags(values, command)
    if (foreign.length > 0) throw new ArgumentError(foreign.join('\n'), name)
    const { variables, ignored } = separateServiceLinks(environment)
    const settings = readSettings({ ...command.defaults, ...values }, variables)
    if (ignored.length > 0) {
      terminal.stderr.write(`oneuc-emulator: ignored the service variables of Kubernetes: ${ignored.join(', ')}\n`)
    }
    return await command.run(settings, terminal, rest)
  } catch (error) {
    if (!isUsageError(error)) throw error
    terminal.stderr.write(`oneuc-emulator: ${error.message}\n${error instanceof ArgumentError ? hintOf(error) : ''}`)
    return EXIT.usage
  }
}

/** Names the help that shows what would be right. */
function hintOf({ command }: ArgumentError): string {
  return `Try ${['oneuc-emulator', ...(command === undefined ? [] : [command]), '--help'].join(' ')}.\n`
}

/** Errors that the user can put right. */
const USAGE_ERRORS = [UsageError, FixtureError, DatabaseError, DriverError]

function isUsageError(error: unknown): error is Error {
  return USAGE_ERRORS.some((one) => error instanceof one)
}

function parseArguments(argv: readonly string[]) {
  const options = {
    ...flagOptions(),
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' }
  } as const
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, allowNegative: true })
  } catch (error) {
    const { message } = error as Error
    const [, unknown] = /Unknown option '--(.*?)'/.exec(message) ?? []
    if (unknown === undefined) throw new ArgumentError(message)
    const suggestion = suggestName(unknown, writeFlag, [...NAMES, 'help', 'version'])
    throw new ArgumentError(`--${unknown} is not a flag; ${suggestion}`)
  }
}

function print({ stdout }: Terminal, text: string): number {
  stdout.write(`${text}\n`)
  return EXIT.clean
}
