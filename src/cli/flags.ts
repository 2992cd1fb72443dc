import { NAMES, SETTINGS, type SettingName } from '../settings.js'
import { flagOf, variableOf, writeFlag, type Setting } from '../text/setting.js'
import { commandsWith, type Command } from './commands.js'

/** One letter for the flags that people type most. */
const SHORT_FLAGS: Partial<Record<SettingName, string>> = { port: 'p' }

/** The flags of the settings, as `parseArgs` of `node:util` takes them. */
export function flagOptions(): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  return Object.fromEntries(
    settingRows().map(({ flag, short, placeholder }) => [
      flag,
      { type: placeholder === '' ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) }
    ])
  )
}

/** The table of settings in `--help`, in the words of a command where it has its own. */
export function settingsHelp(
  names: readonly SettingName[] = NAMES,
  { defaults = {}, meanings = {} }: Pick<Command, 'defaults' | 'meanings'> = {}
): string {
  return tableText(
    settingRows(names).map(({ name, flag, short, usage, initial, help }) => [
      short === undefined ? usage : `-${short}, ${usage}`,
      `${meanings[name] ?? help} (${defaults[flag] ?? initial})`
    ])
  )
}

/** Columns of the narrowest terminal, and of the names in the tables of the help. */
export const WIDTH = 80
const NAME_WIDTH = 24

/** Formats rows of a name and a text. The text is wrapped; it begins below a name that is too long for its column. */
export function tableText(rows: readonly (readonly [name: string, text: string])[]): string {
  const indent = ' '.repeat(NAME_WIDTH)
  return rows
    .map(([name, text]) => {
      const lines = wrap(text, WIDTH - NAME_WIDTH).map((line) => indent + line)
      const head = `  ${name}`
      return head.length < NAME_WIDTH - 1 ? head + lines.join('\n').slice(head.length) : [head, ...lines].join('\n')
    })
    .join('\n')
}

/** Breaks a text between words into lines of at most `width` characters. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length > width) lines.push(line)
    line = longer.length > width ? word : longer
  }
  return [...lines, line]
}

/** The table of settings in the documentation. */
export function settingsTable(): string {
  const rows = settingRows().map(
    ({ usage, variable, initial, help, commands }) =>
      `| \`${usage.replaceAll('|', '\\|')}\` | \`${variable}\` | ${initial} | ${[...commands, ''].join(': ')}${help} |`
  )
  return ['| flag | environment | default | what it sets |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function settingRows(names: readonly SettingName[] = NAMES) {
  return names.map((name) => {
    const { kind, initial, initialText, help } = SETTINGS[name] as Setting<string | number | boolean | undefined>
    const { placeholder } = kind
    const short = SHORT_FLAGS[name]
    const commands = commandsWith(name).join(', ')
    return {
      name,
      flag: flagOf(name),
      short,
      placeholder,
      commands: commands === '' ? [] : [commands],
      usage: `${writeFlag(name)}${placeholder === '' ? '' : ` ${placeholder}`}`,
      variable: variableOf(name),
      initial: initialText ?? (initial === undefined ? 'none' : String(initial)),
      help
    }
  })
}
