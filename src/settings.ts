import { DIALECT_NAMES } from './dialect.js'
import { INSTANT_EXPECTED, readInstant } from './instant.js'

/** A kind of value that a setting takes: how it is read, and what is said when it cannot be. */
interface Kind<Value> {
  /** What stands for the value in `--help`. */
  metavar: string
  /** The value of the text; undefined where it is none. */
  read: (text: string) => Value | undefined
  expected: string
}

/** A row of the table: what can be set, how, and to what if nobody sets it. */
interface Setting<Value> {
  kind: Kind<Value>
  initial: Value
  /** The default as `--help` shows it. */
  shown?: string
  help: string
}

const filled = (value: string) => (value === '' ? undefined : value)
const text: Kind<string | undefined> = { metavar: 'TEXT', read: filled, expected: 'a text' }
const file: Kind<string | undefined> = { metavar: 'FILE', read: filled, expected: 'a path' }
const folder: Kind<string | undefined> = { metavar: 'DIR', read: filled, expected: 'a path' }
const flag: Kind<boolean> = {
  metavar: '',
  read: (value) => (['true', '1'].includes(value) ? true : ['false', '0'].includes(value) ? false : undefined),
  expected: 'true or false'
}

function wholeNumber(least: number, most: number): Kind<number> {
  return {
    metavar: 'N',
    read: (value) =>
      /^\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined,
    expected: `a whole number from ${least} to ${most}`
  }
}

function oneOf<const Names extends readonly string[]>(names: Names): Kind<Names[number]> {
  return {
    metavar: names.join('|'),
    read: (value) => names.find((name) => name === value),
    expected: `one of ${names.join(', ')}`
  }
}

const optional = <Value>({ metavar, read, expected }: Kind<Value>): Kind<Value | undefined> => ({
  metavar,
  read,
  expected
})

const instant: Kind<number | undefined> = { metavar: 'TIME', read: readInstant, expected: INSTANT_EXPECTED }

function setting<Value>(kind: Kind<Value>, initial: NoInfer<Value>, help: string, shown?: string): Setting<Value> {
  return { kind, initial, help, ...(shown === undefined ? {} : { shown }) }
}

const LARGEST_INTEGER = 2_147_483_647

/** Everything that can be set, by flag and by environment variable; parsing, `--help` and the README read this table. */
export const SETTINGS = {
  host: setting(text as Kind<string>, '127.0.0.1', 'address to listen on'),
  port: setting(wholeNumber(0, 65_535), 8000, 'port to listen on; 0 takes a free one'),
  port_file: setting(file, undefined, 'write the port there once it is known'),
  json: setting(flag, false, 'print the ready line as a JSON object'),
  db: setting(file, undefined, 'keep the numbers in this SQLite file', 'in memory'),
  fixtures: setting(folder, undefined, 'take the fixtures from this folder', 'built in'),
  seed_dir: setting(
    folder as Kind<string>,
    '/docker-entrypoint-initdb.d',
    'lay every .json, .yaml and .yml of this folder over the fixtures, by name'
  ),
  seed_file: setting(file, undefined, 'lay this state document, or part of one, over the fixtures'),
  seed_json: setting(text, undefined, 'the same, written out'),
  snapshots: setting(folder, undefined, 'keep snapshots as files in this folder', 'in memory'),
  dialect: setting(oneOf(DIALECT_NAMES), 'oneuc', 'whose manners to answer in'),
  auth: setting(oneOf(['documented', 'strict', 'off']), 'documented', 'which tokens are good'),
  accounts: setting(oneOf(['auto', 'known']), 'auto', 'whether an account that no fixture describes exists'),
  e911: setting(
    oneOf(['streets', 'permissive']),
    'streets',
    'which addresses E911 takes: known streets, or any well-formed one'
  ),
  aging_seconds: setting(wholeNumber(0, LARGEST_INTEGER), 0, 'how long a released number rests before it is available'),
  token_seconds: setting(wholeNumber(1, LARGEST_INTEGER), 3600, 'how long a token of a login is good'),
  charges: setting(
    file,
    undefined,
    'what activations cost: a JSON list; they answer 402 until charges are accepted',
    'nothing'
  ),
  rate_limit: setting(flag, false, 'send clients away that ask too often, as the reference does'),
  contract: setting(
    oneOf(['warn', 'strict', 'off']),
    'warn',
    'what becomes of a request that strays from the document: a warning, 400, or nothing'
  ),
  hostile: setting(
    flag,
    false,
    'answer what a robust client survives: 503 first, small pages, unknown keys, slow bytes'
  ),
  max_sandboxes: setting(
    wholeNumber(1, LARGEST_INTEGER),
    1000,
    'how many sandboxes there may be beside the default one'
  ),
  require_sandbox: setting(flag, false, 'refuse requests that name no sandbox'),
  journal_size: setting(wholeNumber(0, 1_000_000), 1000, 'how many requests the journal of a sandbox keeps'),
  admin_port: setting(
    optional(wholeNumber(0, 65_535)),
    undefined,
    'port of its own for the admin API; 0 takes a free one',
    'that of the API'
  ),
  admin_token: setting(text, undefined, 'bearer token that the admin API wants'),
  admin_hosts: setting(text, undefined, 'further host names, by commas, under which the admin API may be called'),
  seed: setting(optional(wholeNumber(0, LARGEST_INTEGER)), undefined, 'make ids the same on every run', 'random'),
  clock: setting(instant, undefined, 'stand still at this time', 'real time'),
  fail_on_warning: setting(flag, false, 'exec: exit with 3 where the client strayed from the document'),
  fail_on_unmatched: setting(flag, false, 'exec: exit with 3 where a request met no route'),
  min_coverage: setting(
    wholeNumber(0, 100),
    0,
    'exec: exit with 3 where fewer of the documented outcomes were seen, in percent'
  ),
  report_json: setting(file, undefined, 'exec: write the contract report there as JSON'),
  report_junit: setting(file, undefined, 'exec: as JUnit XML'),
  report_markdown: setting(file, undefined, 'exec: as Markdown, such as a step summary of GitHub'),
  report_html: setting(file, undefined, 'exec: as one HTML page'),
  out: setting(folder, undefined, 'openapi: write both descriptions into this folder', 'print them'),
  base_url: setting(text, undefined, 'verify: the server to ask, without /v2'),
  token: setting(text, undefined, 'verify: its X-Auth-Token'),
  account: setting(text, undefined, 'verify: the id of an account that the token may act for'),
  allow_purchases: setting(flag, false, 'verify: buy numbers too, and remove them again'),
  log_level: setting(
    oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    'warn',
    'what to log; info is a line a request'
  )
} as const

type Table = typeof SETTINGS
type Name = keyof Table
export type Settings = { -readonly [N in Name]: Table[N] extends Setting<infer Value> ? Value : never }

/** What was given that makes no sense, all of it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const VARIABLE_PREFIX = 'ONEUC_EMULATOR_'

/**
 * What Kubernetes puts into the environment of every pod beside a service of this name, or of one that begins with it
 * (its documentation: "Discovering services"). Nobody has set that, and no setting is meant.
 */
const SERVICE_LINK = /^ONEUC_EMULATOR_(?:.*_)?(?:SERVICE_HOST|SERVICE_PORT(?:_.+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_.+)?)$/
const SERVICE_URL = /^(?:tcp|udp|sctp):\/\//

function isServiceLink(variable: string, value = ''): boolean {
  return (
    SERVICE_LINK.test(variable) ||
    (variable.startsWith(VARIABLE_PREFIX) && variable.endsWith('PORT') && SERVICE_URL.test(value))
  )
}

/** The variables that look like settings, and are what Kubernetes says of its services. */
export function serviceLinks(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(environment).filter((variable) => isServiceLink(variable, environment[variable]))
}

/** Platforms that start containers say the port in this one. */
const PORT_VARIABLE = 'PORT'

export const NAMES = Object.keys(SETTINGS) as Name[]

export function flagOf(name: Name): string {
  return name.replaceAll('_', '-')
}

export function variableOf(name: Name): string {
  return VARIABLE_PREFIX + name.toUpperCase()
}

/**
 * The settings of `flags` (by name without dashes), else of the environment, else of the table. Throws a UsageError that
 * lists every unknown or unreadable one, with the nearest name. What Kubernetes says of its services is no setting.
 */
export function readSettings(
  flags: Readonly<Record<string, string | boolean | undefined>>,
  given: Readonly<Record<string, string | undefined>>
): Settings {
  const environment = Object.fromEntries(
    Object.entries(given).filter(([variable, value]) => !isServiceLink(variable, value))
  )
  const faults = unknownVariables(environment)
  const entries = NAMES.map((name): [Name, unknown] => {
    const { kind, initial } = SETTINGS[name] as Setting<unknown>
    const [place, written] = givenFor(name, flags, environment)
    if (written === undefined) return [name, initial]
    const value = kind.read(written)
    if (value === undefined) faults.push(`${place}: "${written}" is not ${kind.expected}`)
    return [name, value]
  })
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
  return Object.fromEntries(entries) as Settings
}

function givenFor(
  name: Name,
  flags: Readonly<Record<string, string | boolean | undefined>>,
  environment: Readonly<Record<string, string | undefined>>
): [place: string, given: string | undefined] {
  const flagValue = flags[flagOf(name)]
  if (flagValue !== undefined) return [`--${flagOf(name)}`, String(flagValue)]
  const variables = name === 'port' ? [variableOf(name), PORT_VARIABLE] : [variableOf(name)]
  // An empty variable is one that nobody set: compose files and CI pass them on like that.
  const variable = variables.find((one) => environment[one] !== undefined && environment[one] !== '')
  return variable === undefined ? ['', undefined] : [variable, environment[variable]]
}

function unknownVariables(environment: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set(NAMES.map(variableOf))
  return Object.keys(environment)
    .filter((variable) => variable.startsWith(VARIABLE_PREFIX) && !known.has(variable))
    .map((variable) => `${variable} is not a setting; did you mean ${nearest(variable, [...known])}?`)
}

/** The flags as `node:util` parses them. */
export function flagOptions(): Record<string, { type: 'string' | 'boolean' }> {
  return Object.fromEntries(
    NAMES.map((name) => [
      flagOf(name),
      { type: (SETTINGS[name] as Setting<unknown>).kind === flag ? 'boolean' : 'string' }
    ])
  )
}

/** The table of `--help`. */
export function settingsHelp(): string {
  const rows = settingRows()
  const width = Math.max(...rows.map(({ flag: written }) => written.length))
  return rows
    .map(({ flag: written, variable, initial, help }) => {
      return `  ${written.padEnd(width)}  ${help} (${variable}; ${initial})`
    })
    .join('\n')
}

/** The table of the README. */
export function settingsTable(): string {
  const rows = settingRows().map(
    ({ flag: written, variable, initial, help }) =>
      `| \`${written.replaceAll('|', '\\|')}\` | \`${variable}\` | ${initial} | ${help} |`
  )
  return ['| flag | environment | default | what it sets |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function settingRows() {
  return NAMES.map((name) => {
    const { kind, initial, shown, help } = SETTINGS[name] as Setting<unknown>
    return {
      flag: `--${flagOf(name)}${kind.metavar === '' ? '' : ` ${kind.metavar}`}`,
      variable: variableOf(name),
      initial: shown ?? (initial === undefined ? 'none' : shownValue(initial)),
      help
    }
  })
}

function shownValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The candidate that takes the fewest changes of a character to become `name`. */
export function nearest(name: string, candidates: readonly string[]): string {
  return candidates.reduce((best, one) => (distance(name, one) < distance(name, best) ? one : best))
}

/** Levenshtein distance, a row of its table after the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (const [i, character] of Array.from(one).entries()) {
    let diagonal = i
    let left = i + 1
    const rest = row.slice(1).map((above, j) => {
      left = Math.min(above + 1, left + 1, diagonal + Number(other[j] !== character))
      diagonal = above
      return left
    })
    row = [i + 1, ...rest]
  }
  return Number(row.at(-1))
}
