import type { SettingName } from '../settings.js'
import { variableOf, writeFlag } from '../text/setting.js'
import { COMMANDS, DEFAULT_COMMAND, type Command } from './commands.js'
import { settingsHelp, tableText, WIDTH, wrap } from './flags.js'

/** The keys of the header `Prefer`. */
const PREFERENCES = {
  'code=STATUS': 'a failure with this status, such as code=503',
  'example=OUTCOME': 'an outcome of the operation, by its name in GET /__admin/outcomes',
  'delay=MILLISECONDS': 'an answer that comes later, at most 600000'
}

const SHORT_FORMS = {
  '-h, --help': 'print this, or with a command the help of that command',
  '-v, --version': 'print the version'
}

/** Shows by a flag how its variable is named. */
function variableText(name: SettingName): string {
  return `${writeFlag(name)} is ${variableOf(name)}.`
}

/** The most flags that a group names again. */
const FEW = 5

/** The help of the program: every command with an example and the flags that no other command has before it. */
export function helpText(): string {
  return [
    'oneuc-emulator [command] [flags]',
    '',
    "A test double of OneUC's Phone Number API.",
    '',
    `Commands (the default is ${DEFAULT_COMMAND}):`,
    tableText([...COMMANDS].map(([name, { help }]) => [name, help])),
    '',
    tableText(Object.entries(SHORT_FORMS)),
    '',
    'The header Prefer of a request asks for an answer; it may have several of these:',
    tableText(Object.entries(PREFERENCES)),
    '',
    'Flags (and their defaults). Each is also an environment variable:',
    variableText('portFile'),
    '',
    ...[...COMMANDS].flatMap(([name, command]) => groupOf(name, command))
  ].join('\n')
}

/** The example of a command and its flags. Those of an emulator stand under `serve` alone. */
function groupOf(name: string, { example, own, reads }: Command): string[] {
  const isDefault = name === DEFAULT_COMMAND
  const flags = isDefault ? reads : own
  const others = isDefault ? [] : reads
  const named = others.length > FEW ? 'all of them' : others.map(writeFlag).join(', ')
  return [
    `${name}:`,
    `  ${example}`,
    ...(flags.length === 0 ? [] : [settingsHelp(flags)]),
    ...(others.length === 0 ? [] : [`  and of ${DEFAULT_COMMAND}: ${named}`]),
    ''
  ]
}

/** The help of one command, with every flag that it reads. */
export function commandHelp(name: string, command: Command): string {
  const { help, takes, example, own, reads } = command
  const flags = [...own, ...reads]
  const [first] = flags
  return [
    [`oneuc-emulator ${name}`, ...(first === undefined ? [] : ['[flags]']), takes ?? []].flat().join(' '),
    '',
    ...wrap(`${help.slice(0, 1).toUpperCase()}${help.slice(1)}.`, WIDTH),
    '',
    'For example:',
    `  ${example}`,
    ...(first === undefined
      ? []
      : [
          '',
          'Flags (and their defaults). Each is also an environment variable:',
          variableText(first),
          '',
          settingsHelp(flags, command)
        ])
  ].join('\n')
}
