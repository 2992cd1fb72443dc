import { types } from 'node:util'
import { GATE_SETTINGS } from '../contract/gates.js'
import { NAMES, SETTINGS, suggestName, UsageError, type SettingName, type Settings } from '../settings.js'
import { INSTANT_EXPECTED, readInstant } from '../text/instant.js'
import { assertOptions, describeValue } from '../text/options.js'
import { readSettings } from '../text/read-settings.js'
import type { Setting } from '../text/setting.js'
import type { Logger } from './logger.js'

/** The settings that only the program reads, and what the library has in their place. */
const PROGRAM_SETTINGS = {
  portFile: 'the url of the emulator has the port',
  json: 'the library prints nothing',
  stopWithParent: 'an emulator in the process of the tests ends with them',
  logLevel: 'set the level of the logger',
  out: 'the command openapi writes into it',
  baseUrl: 'the command verify asks that server',
  token: 'the command verify sends it',
  account: 'the command verify asks for it',
  allowPurchases: 'the command verify buys',
  only: 'the command verify chooses its cases by it',
  upstream: 'the command proxy asks that server',
  record: 'the command proxy records into it',
  allow: 'the command proxy passes these on',
  timeout: 'the command proxy waits as long',
  replay: 'the command verify plays it',
  volatile: 'the command verify compares by it',
  baseline: 'the command verify compares with it',
  seen: 'the command fidelity reads it',
  wait: 'createEmulator resolves once the emulator is ready'
} as const satisfies Partial<Record<SettingName, string>>

type ProgramSetting = keyof typeof PROGRAM_SETTINGS

/** The settings that the library reads as flags do; the clock takes more than a text. */
type PlainOptions = Omit<Settings, ProgramSetting | 'clock'>

/**
 * The settings of an emulator, all optional, and a logger. The library reads no environment variables: an absent option has its
 * default.
 *
 * @example
 * const options: EmulatorOptions = { randomSeed: 1, clock: '2024-01-31T12:00:00Z', dialect: 'kazoo-4.3' }
 */
export type EmulatorOptions = { [Name in keyof PlainOptions]?: PlainOptions[Name] | undefined } & {
  /** Time at which the clock stands still: ISO 8601 with a zone, a `Date`, or Unix milliseconds. @default the real time */
  clock?: string | Date | number | undefined
  /** Receives a line for each request at level `info`, and errors. @default nothing is logged */
  logger?: Logger | undefined
}

/**
 * The gates of a run and the paths of its reports. An absent option is as in the call of `createEmulator`.
 *
 * @example
 * const options: GateOptions = { failOnWarning: true, minCoverage: 80, reportJunit: 'contract.xml' }
 */
export type GateOptions = { [Name in (typeof GATE_SETTINGS)[number]]?: Settings[Name] | undefined }

/** Returns the settings of `createEmulator`. Throws a UsageError that lists every option that is unknown or cannot be used. */
export function readEmulatorOptions(options: EmulatorOptions): { settings: Settings; logger: Logger | undefined } {
  assertKnown('createEmulator', options, [...LIBRARY_SETTINGS, 'logger'])
  const { logger, ...given } = options
  const faults = logger === undefined ? [] : loggerFaults(logger)
  const settings = { ...readSettings({}, {}), port: 0, ...readValues(given, faults) }
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
  return { settings, logger }
}

/** Returns the gates that are set. Throws a UsageError that lists every option that is unknown or cannot be used. */
export function readGateOptions(options: GateOptions): Partial<Settings> {
  assertKnown('gates', options, GATE_SETTINGS)
  const faults: string[] = []
  const values = readValues(options, faults)
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
  return values
}

const LIBRARY_SETTINGS = NAMES.filter((name) => !Object.hasOwn(PROGRAM_SETTINGS, name))

/** Throws a UsageError that lists the names which are no options of a function, and says what is meant. */
export function assertKnown(call: string, options: unknown, names: readonly string[]): asserts options is object {
  assertOptions(call, options)
  const unknown = Object.keys(options).filter((name) => !names.includes(name))
  if (unknown.length === 0) return
  const lines = unknown.map((name) =>
    Object.hasOwn(PROGRAM_SETTINGS, name)
      ? `${name} is for the program only: ${PROGRAM_SETTINGS[name as ProgramSetting]}`
      : `${name} is not an option; ${suggestName(name, String, names)}`
  )
  throw new UsageError(lines.join('\n'))
}

/** Throws a UsageError for what is no emulator, such as the Promise of one. Emulators of a second copy of the library count. */
export function assertEmulator(call: string, emulator: unknown): void {
  if (typeof (Object(emulator) as { gate?: unknown }).gate === 'function') return
  throw new UsageError(`${call}: ${describeValue(emulator)} is no emulator; give what await createEmulator() returns`)
}

/** Reads the options that are set, and adds a line to the faults for each that cannot be used. */
function readValues(options: object, faults: string[]): Partial<Settings> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    entries.map(([name, value]: [string, unknown]) => {
      const { read, fault } = name === 'clock' ? readClock(value) : readValue(name as SettingName, value)
      if (fault !== undefined) faults.push(`${name}: ${describeValue(value)} ${fault}`)
      return [name, read]
    })
  )
}

interface OptionReading {
  read?: unknown
  /** What is wrong, behind the value. */
  fault?: string
}

/** Reads a value as its flag would; one of another type is refused with what to write. */
function readValue(name: SettingName, value: unknown): OptionReading {
  const { kind } = SETTINGS[name] as Setting<unknown>
  const read = isScalar(value) ? kind.read(String(value)) : undefined
  if (read === undefined) return { fault: `is not ${kind.expected}` }
  return read === value ? { read } : { fault: `is a ${typeof value}; write ${JSON.stringify(read)}` }
}

/** The years that ISO 8601 writes with four digits, in Unix milliseconds. */
const FIRST_INSTANT = Date.parse('0000-01-01T00:00:00Z')
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z')

function readClock(value: unknown): OptionReading {
  const read = typeof value === 'string' ? readInstant(value) : types.isDate(value) ? value.getTime() : value
  return typeof read === 'number' && Number.isInteger(read) && read >= FIRST_INSTANT && read <= LAST_INSTANT
    ? { read }
    : { fault: `is not ${INSTANT_EXPECTED}, a Date or Unix milliseconds` }
}

const LOG_FUNCTIONS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent', 'child']

function loggerFaults(logger: unknown): string[] {
  const functions = Object(logger) as Record<string, unknown>
  const missing = LOG_FUNCTIONS.filter((name) => typeof functions[name] !== 'function')
  return missing.length === 0 ? [] : [`logger: it lacks ${missing.join(', ')}; a logger of pino has them`]
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
