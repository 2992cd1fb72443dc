import { statSync } from 'node:fs'
import { INSTANT_EXPECTED, readInstant } from './instant.js'

/** A kind of value: how its text is read, and what an error says about a text that cannot be read. */
export interface SettingKind<Value> {
  /** Stands for the value in `--help`; empty for a flag without a value. */
  placeholder: string
  /** Undefined for a text that is not a value of this kind. */
  read: (text: string) => Value | undefined
  expected: string
}

const readFilled = (value: string) => (value === '' ? undefined : value)
export const textKind: SettingKind<string | undefined> = { placeholder: 'TEXT', read: readFilled, expected: 'a text' }
export const jsonText: SettingKind<string | undefined> = {
  placeholder: 'TEXT',
  read: readFilled,
  expected: 'a JSON text such as {"numbers":[]}'
}
export const file: SettingKind<string | undefined> = {
  placeholder: 'FILE',
  read: (path) => (isFolder(path) === true ? undefined : readFilled(path)),
  expected: 'the path of a file'
}
export const folder: SettingKind<string | undefined> = {
  placeholder: 'DIR',
  read: (path) => (isFolder(path) === false ? undefined : readFilled(path)),
  expected: 'the path of a folder'
}

/** Tells whether a folder has this path; undefined where nothing is there, or where the reason is told once the path is used. */
function isFolder(path: string): boolean | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory()
  } catch {
    return undefined
  }
}

export const hostNames: SettingKind<string | undefined> = {
  placeholder: 'NAMES',
  read: (value) => (value.split(',').every((name) => /^ *[\w*-][\w.*-]{0,252} *$/.test(name)) ? value : undefined),
  expected: 'a list of host names without ports, separated by commas, such as emulator,*.ci.example'
}

/** Returns the names of a list in which commas stand between them. */
export function namesIn(list: string): string[] {
  return list.split(',').map((name) => name.trim())
}

/** The longest list of names. */
const MAX_LIST_LENGTH = 2_000

export const nameList: SettingKind<string | undefined> = {
  placeholder: 'NAMES',
  read: (value) => (value.length <= MAX_LIST_LENGTH && /^ *[\w.]+ *(?:, *[\w.]+ *)*$/.test(value) ? value : undefined),
  expected: 'a list of names, separated by commas, such as search,buy.success'
}
export const instant: SettingKind<number | undefined> = {
  placeholder: 'TIME',
  read: readInstant,
  expected: INSTANT_EXPECTED
}
export const flag: SettingKind<boolean> = {
  placeholder: '',
  read: (value) => (['true', '1'].includes(value) ? true : ['false', '0'].includes(value) ? false : undefined),
  expected: 'true or false'
}

export function wholeNumber(least: number, most: number): SettingKind<number> {
  return {
    placeholder: 'N',
    read: (value) =>
      /^\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined,
    expected: `a whole number from ${least} to ${most}`
  }
}

export function choiceKind<const Names extends readonly string[]>(names: Names): SettingKind<Names[number]> {
  return {
    placeholder: names.join('|'),
    read: (value) => names.find((name) => name === value),
    expected: `one of ${names.join(', ')}`
  }
}
