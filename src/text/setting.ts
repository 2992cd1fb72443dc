import type { SettingKind } from './kinds.js'

/** One setting, as the program describes and reads it. */
export interface Setting<Value> {
  kind: SettingKind<Value>
  initial: Value
  /** The default in `--help`, where the value itself says little. */
  initialText?: string
  help: string
}

/** Makes a setting. */
export function setting<Value>(
  kind: SettingKind<Value>,
  initial: NoInfer<Value>,
  help: string,
  initialText?: string
): Setting<Value> {
  return { kind, initial, help, ...(initialText === undefined ? {} : { initialText }) }
}

export const VARIABLE_PREFIX = 'ONEUC_EMULATOR_'

/** Writes the name of a setting as the user does: as a flag, or as an option of the library. */
export type WriteName = (name: string) => string

/** Writes the name of a setting as the flag of the command line. */
export const writeFlag: WriteName = (name) => `--${flagOf(name)}`

/** `portFile` → `port-file` */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** `portFile` → `ONEUC_EMULATOR_PORT_FILE` */
export function variableOf(name: string): string {
  return VARIABLE_PREFIX + flagOf(name).replaceAll('-', '_').toUpperCase()
}
