import { flagOf, NAMES, SETTINGS, variableOf, type Setting } from '../settings.js'

/** The flags of the settings, as `parseArgs` of `node:util` takes them. */
export function flagOptions(): Record<string, { type: 'string' | 'boolean' }> {
  return Object.fromEntries(
    settingRows().map(({ flag, placeholder }) => [flag, { type: placeholder === '' ? 'boolean' : 'string' }])
  )
}

/** The table of settings in `--help`. */
export function settingsHelp(): string {
  const rows = settingRows()
  const width = Math.max(...rows.map(({ usage }) => usage.length))
  return rows
    .map(({ usage, variable, initial, help }) => `  ${usage.padEnd(width)}  ${help} (${variable}; ${initial})`)
    .join('\n')
}

/** The table of settings in the documentation. */
export function settingsTable(): string {
  const rows = settingRows().map(
    ({ usage, variable, initial, help }) =>
      `| \`${usage.replaceAll('|', '\\|')}\` | \`${variable}\` | ${initial} | ${help} |`
  )
  return ['| flag | environment | default | what it sets |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function settingRows() {
  return NAMES.map((name) => {
    const { kind, initial, initialText, help } = SETTINGS[name] as Setting<string | number | boolean | undefined>
    const { placeholder } = kind
    return {
      flag: flagOf(name),
      placeholder,
      usage: `--${flagOf(name)}${placeholder === '' ? '' : ` ${placeholder}`}`,
      variable: variableOf(name),
      initial: initialText ?? (initial === undefined ? 'none' : String(initial)),
      help
    }
  })
}
