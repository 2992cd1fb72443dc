import { DIALECT_NAMES, type DialectName } from './dialect.js'
import {
  file,
  flag,
  folder,
  hostNames,
  instant,
  jsonText,
  choiceKind,
  nameList,
  textKind,
  wholeNumber,
  type SettingKind
} from './text/kinds.js'
import { suggest } from './text/nearest.js'
import { setting, type Setting } from './text/setting.js'

/** Everything that can be set. The program reads it from flags and environment variables, the library from its options. */
export interface Settings {
  /** Address to listen on; `localhost` listens on IPv4 and IPv6. @default '127.0.0.1' */
  host: string
  /** Port from 0 to 65535; 0 takes a free one. @default 8000 in the program, 0 in the library */
  port: number
  /**
   * Path of a file into which the port is written while the server listens; the port of an admin API with one of its own is a
   * second line. The file is removed at the end. The program only.
   */
  portFile: string | undefined
  /** Prints the ready line as a JSON object, and what `verify` and `fidelity` find. The program only. @default false */
  json: boolean
  /** Stops when a pipe at standard input ends, or the parent process. The commands `serve` and `proxy` only. @default false */
  stopWithParent: boolean
  /** Path of the SQLite file that keeps the numbers. @default in memory */
  db: string | undefined
  /** Path of a folder with fixtures in JSON or YAML. @default the built-in ones */
  fixtures: string | undefined
  /** Path of a folder with state documents (.json, .yaml, .yml), loaded in the order of their names. @default '/docker-entrypoint-initdb.d' */
  seedDir: string
  /** Path of a state document, or a part of one, with the initial state. */
  seedFile: string | undefined
  /** The same as a JSON text. */
  seedJson: string | undefined
  /** Path of a folder that keeps snapshots as files. @default in memory */
  snapshots: string | undefined
  /** The service whose behaviour is emulated. @default 'oneuc' */
  dialect: DialectName
  /** Which tokens are accepted: any, those of fixtures and logins, or none needed. @default 'documented' */
  auth: 'documented' | 'strict' | 'off'
  /** Whether an account that no fixture describes exists (`auto`) or is unknown (`known`). @default 'auto' */
  accounts: 'auto' | 'known'
  /** Which addresses E911 accepts: known streets, or every address that can be read in one way only. @default 'streets' */
  e911: 'streets' | 'permissive'
  /** Seconds that a released number ages before it is available again. @default 0 */
  agingSeconds: number
  /** Seconds for which the token of a login is valid. @default 3600 */
  tokenSeconds: number
  /** Path of a JSON list with the prices of activations. @default activations cost nothing */
  charges: string | undefined
  /** Answers 429 to a client that sends too many requests. @default false */
  rateLimit: boolean
  /** How many numbers a page of the list has at most, from 1. @default no limit */
  maxPageSize: number | undefined
  /** What happens to a request that differs from the document: a warning, status 400, or nothing. @default 'warn' */
  contract: 'warn' | 'strict' | 'off'
  /** Answers with 503 first, small pages, unknown keys and slow bodies, which a robust client survives. @default false */
  hostile: boolean
  /** How many sandboxes may exist beside the default one, from 1. @default 1000 */
  maxSandboxes: number
  /** Refuses requests that name no sandbox. @default false */
  requireSandbox: boolean
  /** How many requests the journal of a sandbox keeps, up to 1,000,000. @default 1000 */
  journalSize: number
  /** How many bytes the journals of all sandboxes keep together. @default 64,000,000 */
  journalBytes: number
  /** Port of the admin API; 0 takes a free one. @default the port of the API */
  adminPort: number | undefined
  /** Bearer token that the admin API requires. @default none is required */
  adminToken: string | undefined
  /**
   * Host names, separated by commas, under which the admin API may be called beside `localhost`, the machine's own name and IP
   * addresses. A `*` stands for letters without a dot: `*` alone for every service of a compose file or a cluster.
   */
  adminHosts: string | undefined
  /** Whole number from which ids are derived, so that every run has the same ones. @default ids are random */
  randomSeed: number | undefined
  /** Unix milliseconds at which the clock stands still. @default the real time */
  clock: number | undefined
  /** Fails the run if a request differed from the document. @default false */
  failOnWarning: boolean
  /** Fails the run if a request matched no route. @default false */
  failOnUnmatched: boolean
  /** Fails the run below this percentage of the documented outcomes, from 0 to 100. @default 0 */
  minCoverage: number
  /** Path of the contract report in JSON. */
  reportJson: string | undefined
  /** Path of the contract report, or of what `verify` found, in JUnit XML. */
  reportJunit: string | undefined
  /** Path of a file to which the contract report in Markdown is appended. */
  reportMarkdown: string | undefined
  /** Path of the contract report as one HTML page. */
  reportHtml: string | undefined
  /** Path of a contract of Pact with what the client did; it wants `consumer`. */
  reportPact: string | undefined
  /** Name of the client in that contract. */
  consumer: string | undefined
  /** Name of the service in that contract. @default 'OneUC Phone Number API' */
  provider: string
  /** Path of a folder for the OpenAPI descriptions. The command `openapi` only. */
  out: string | undefined
  /** URL of a server, without /v2. The command `verify` only. */
  baseUrl: string | undefined
  /** The `X-Auth-Token` for that server. The command `verify` only. */
  token: string | undefined
  /** Id of an account for which that token is valid. The command `verify` only. */
  account: string | undefined
  /** Buys and removes numbers too. The command `verify` only. @default false */
  allowPurchases: boolean
  /** Operations or outcomes, separated by commas. The command `verify` only. @default all cases */
  only: string | undefined
  /** Path of a folder with records, which are played against the emulator instead. The command `verify` only. */
  replay: string | undefined
  /** Path of a map in YAML or JSON of what may differ beside what always may. The command `verify` only. */
  volatile: string | undefined
  /** Path of the JSON report of the last run; the reports then tell what has changed. The command `verify` only. */
  baseline: string | undefined
  /** Path of a JSON report of `verify` with what the real service was seen to answer. The command `fidelity` only. */
  seen: string | undefined
  /** URL of the service that requests are passed on to, without /v2. The command `proxy` only. */
  upstream: string | undefined
  /** Path of the folder for records of what passes. The command `proxy` only. */
  record: string | undefined
  /** The operations that may pass, `reads` or `unmatched`, separated by commas. The command `proxy` only. @default reads */
  allow: string
  /** Seconds that the service may take for an answer, up to 3600. The command `proxy` only. @default 30 */
  timeout: number
  /** Seconds to wait until an emulator is ready, up to 3600. The command `healthcheck` only. @default 0 */
  wait: number
  /**
   * What the program logs to standard error: `info` has one line for each request, and `debug` also one for each probe. Lines
   * are JSON, on a terminal text. @default 'warn'
   */
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
}

export type SettingName = keyof Settings

/** The greatest number of a setting that SQLite and every client can read. */
export const MAX_INTEGER = 2_147_483_647

/** The settings with their defaults. Reading, `--help` and the documentation use this table. */
export const SETTINGS: { readonly [Name in SettingName]: Setting<Settings[Name]> } = {
  host: setting(textKind as SettingKind<string>, '127.0.0.1', 'address to listen on'),
  port: setting(wholeNumber(0, 65_535), 8000, 'port to listen on; 0 takes a free one'),
  portFile: setting(
    file,
    undefined,
    'write the port into this file while the server listens, and that of --admin-port into a second line'
  ),
  json: setting(flag, false, 'print JSON: the ready line, or what verify or fidelity found'),
  stopWithParent: setting(
    flag,
    false,
    'serve and proxy only: stop when the pipe at standard input ends, or the process that started it'
  ),
  db: setting(file, undefined, 'keep the numbers in this SQLite file', 'in memory'),
  fixtures: setting(folder, undefined, 'read the fixtures from this folder', 'built in'),
  seedDir: setting(
    folder as SettingKind<string>,
    '/docker-entrypoint-initdb.d',
    'add the initial state in the .json, .yaml and .yml files of this folder to the fixtures, by name'
  ),
  seedFile: setting(file, undefined, 'add the initial state in this document, or part of one, to the fixtures'),
  seedJson: setting(jsonText, undefined, 'the same as a JSON text'),
  snapshots: setting(folder, undefined, 'keep snapshots as files in this folder', 'in memory'),
  dialect: setting(choiceKind(DIALECT_NAMES), 'oneuc', 'service whose behaviour is emulated'),
  auth: setting(choiceKind(['documented', 'strict', 'off']), 'documented', 'which tokens are accepted'),
  accounts: setting(choiceKind(['auto', 'known']), 'auto', 'whether an account that no fixture describes exists'),
  e911: setting(
    choiceKind(['streets', 'permissive']),
    'streets',
    'which addresses E911 accepts: known streets, or every address that can be read in one way only'
  ),
  agingSeconds: setting(wholeNumber(0, MAX_INTEGER), 0, 'how long a released number ages before it is available'),
  tokenSeconds: setting(wholeNumber(1, MAX_INTEGER), 3600, 'how long the token of a login is valid'),
  charges: setting(
    file,
    undefined,
    'prices of activations, a JSON list; an activation answers 402 until its charges are accepted',
    'nothing'
  ),
  rateLimit: setting(flag, false, 'answer 429 to clients that send too many requests, as the reference does'),
  maxPageSize: setting<number | undefined>(
    wholeNumber(1, MAX_INTEGER),
    undefined,
    'how many numbers a page of the list has at most',
    'no limit'
  ),
  contract: setting(
    choiceKind(['warn', 'strict', 'off']),
    'warn',
    'what happens to a request that differs from the document: a warning, 400, or nothing'
  ),
  hostile: setting(flag, false, 'send what a robust client survives: 503 first, small pages, unknown keys, slow bytes'),
  maxSandboxes: setting(wholeNumber(1, MAX_INTEGER), 1000, 'how many sandboxes may exist beside the default one'),
  requireSandbox: setting(flag, false, 'refuse requests that name no sandbox'),
  journalSize: setting(wholeNumber(0, 1_000_000), 1000, 'how many requests the journal of a sandbox keeps'),
  journalBytes: setting(
    wholeNumber(0, MAX_INTEGER),
    64_000_000,
    'bytes that the journals of all sandboxes keep together; the oldest requests give way'
  ),
  adminPort: setting<number | undefined>(
    wholeNumber(0, 65_535),
    undefined,
    'separate port of the admin API; 0 takes a free one',
    'the port of the API'
  ),
  adminToken: setting(textKind, undefined, 'bearer token that the admin API requires'),
  adminHosts: setting(
    hostNames,
    undefined,
    'further host names of the admin API, separated by commas; * is any name without a dot, and the default of the image'
  ),
  randomSeed: setting<number | undefined>(
    wholeNumber(0, MAX_INTEGER),
    undefined,
    'derive all ids from this number, so that they are the same on every run',
    'random'
  ),
  clock: setting(instant, undefined, 'stop the clock at this time', 'real time'),
  failOnWarning: setting(flag, false, 'exit with 3 if a request differed from the document'),
  failOnUnmatched: setting(flag, false, 'exit with 3 if a request matched no route'),
  minCoverage: setting(wholeNumber(0, 100), 0, 'exit with 3 below this percentage of the documented outcomes'),
  reportJson: setting(file, undefined, 'write the report into this file as JSON'),
  reportJunit: setting(file, undefined, 'write the report into this file as JUnit XML'),
  reportMarkdown: setting(file, undefined, 'add the report to this file as Markdown, such as a step summary of GitHub'),
  reportHtml: setting(file, undefined, 'write the contract report into this file as one HTML page'),
  reportPact: setting(file, undefined, 'write a contract of Pact into this file; wants --consumer'),
  consumer: setting(textKind, undefined, 'name of the client in the contract of Pact'),
  provider: setting(
    textKind as SettingKind<string>,
    'OneUC Phone Number API',
    'name of the service in the contract of Pact'
  ),
  out: setting(folder, undefined, 'write both descriptions into this folder', 'print them'),
  baseUrl: setting(textKind, undefined, 'URL of the server, without /v2'),
  token: setting(textKind, undefined, 'X-Auth-Token for that server'),
  account: setting(textKind, undefined, 'id of an account for which the token is valid'),
  allowPurchases: setting(flag, false, 'buy and remove numbers too'),
  only: setting(nameList, undefined, 'send only these cases: operations or outcomes, separated by commas', 'all'),
  replay: setting(folder, undefined, 'play the records of this folder against the emulator instead'),
  volatile: setting(file, undefined, 'values of records that may differ: a map from JSON pointers to kinds'),
  baseline: setting(file, undefined, 'the JSON report of the last run: tell what has changed since'),
  seen: setting(file, undefined, 'a JSON report of verify: tell which outcomes it has seen, when and by what'),
  upstream: setting(textKind, undefined, 'URL of the service that requests are passed on to, without /v2'),
  record: setting(folder, undefined, 'write what passes into this folder, a file for each request'),
  allow: setting(
    nameList as SettingKind<string>,
    'reads',
    'operations that may pass, separated by commas; reads: those that only read; unmatched: reads of other paths'
  ),
  timeout: setting(wholeNumber(1, 3600), 30, 'seconds that the service may take for an answer'),
  wait: setting(wholeNumber(0, 3600), 0, 'for how many seconds to ask again until it is ready'),
  logLevel: setting(
    choiceKind(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    'warn',
    'what to log to standard error; info has one line for each request, debug also for health and ready'
  )
}

export const NAMES = Object.keys(SETTINGS) as SettingName[]

/** Former names, and what replaced them. */
const RENAMED_SETTINGS: ReadonlyMap<string, string> = new Map<string, SettingName>([['seed', 'randomSeed']])

/** Reports flags, variables, options or files that cannot be used. The message lists all of them. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** The code of the system's error behind it, such as `EADDRINUSE` for a port that is taken. */
  readonly code: string | undefined

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.code = (options.cause as NodeJS.ErrnoException | undefined)?.code
  }
}

/** Completes the error about a name that does not exist. It may have any of the three forms; `format` writes that of the caller. */
export function suggestName(
  given: string,
  format: (name: string) => string,
  candidates: readonly string[] = NAMES
): string {
  const name = given.replace(/[-_]([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return suggest(RENAMED_SETTINGS.get(name) ?? name, candidates, format)
}
