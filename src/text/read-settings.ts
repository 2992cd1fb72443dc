import { NAMES, SETTINGS, suggestName, UsageError, type SettingName, type Settings } from '../settings.js'
import { flagOf, VARIABLE_PREFIX, variableOf, type Setting, writeFlag } from './setting.js'

/** The port on platforms that start containers. */
const PORT_VARIABLE = 'PORT'

/** Texts by flag (without dashes) or by environment variable. */
type Texts = Readonly<Record<string, string | boolean | undefined>>

/**
 * Reads the settings from flags, else from the environment, else from the defaults. An empty variable counts as absent:
 * compose files and CI pass on variables that are not set like that.
 *
 * @throws {UsageError} for unknown variables and for values that cannot be read.
 */
export function readSettings(flags: Texts, environment: Texts): Settings {
  const faults = unknownVariables(environment)
  const entries = NAMES.map((name): [SettingName, unknown] => {
    const { kind, initial } = SETTINGS[name] as Setting<unknown>
    const [source, given] = findText(name, flags, environment)
    if (given === undefined) return [name, initial]
    const value = kind.read(given)
    if (value === undefined) faults.push(`${source}: "${given}" is not ${kind.expected}`)
    return [name, value]
  })
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
  return Object.fromEntries(entries) as unknown as Settings
}

function findText(name: SettingName, flags: Texts, environment: Texts): [source: string, text: string | undefined] {
  const flagText = flags[flagOf(name)]
  if (flagText !== undefined) return [writeFlag(name), String(flagText)]
  const variables = name === 'port' ? [variableOf(name), PORT_VARIABLE] : [variableOf(name)]
  const variable = variables.find((one) => environment[one] !== undefined && environment[one] !== '')
  return variable === undefined ? ['', undefined] : [variable, String(environment[variable])]
}

function unknownVariables(environment: Texts): string[] {
  const known = NAMES.map(variableOf)
  return Object.keys(environment)
    .filter((variable) => variable.startsWith(VARIABLE_PREFIX) && !known.includes(variable))
    .map((variable) => {
      const suggestion = suggestName(variable.slice(VARIABLE_PREFIX.length).toLowerCase(), variableOf)
      return `${variable} is not a setting; ${suggestion}`
    })
}
