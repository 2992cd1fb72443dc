import { GATE_SETTINGS } from '../contract/gates.js'
import { NAMES, type SettingName, type Settings } from '../settings.js'
import { flagOf, writeFlag } from '../text/setting.js'
import type { Terminal } from './process.js'

/** A command of the program. */
export interface Command {
  help: string
  /** The arguments behind the flags; absent where there are none. */
  takes?: string
  /** A line that runs as it stands. */
  example: string
  /** The settings that no emulator reads, only this command and perhaps another. */
  own: readonly SettingName[]
  /** The other settings that it reads. */
  reads: readonly SettingName[]
  /** Defaults of flags that differ from those of the settings. */
  defaults?: Readonly<Record<string, string>>
  /** What flags set where that differs from what the table of settings says of them. */
  meanings?: Readonly<Partial<Record<SettingName, string>>>
  /** Returns the exit code. */
  run: (settings: Settings, terminal: Terminal, rest: readonly string[]) => Promise<number>
}

const TARGET = ['baseUrl', 'token', 'account', 'allowPurchases', 'only'] as const satisfies readonly SettingName[]
const REPLAY = ['replay', 'volatile'] as const satisfies readonly SettingName[]
const PROXY = ['upstream', 'record', 'allow', 'timeout'] as const satisfies readonly SettingName[]
const OWN: readonly SettingName[] = [
  ...GATE_SETTINGS,
  ...TARGET,
  ...PROXY,
  ...REPLAY,
  'baseline',
  'seen',
  'wait',
  'out',
  'stopWithParent'
]

/** The settings of an emulator. */
const EMULATOR_SETTINGS = NAMES.filter((name) => !OWN.includes(name))

/** The settings of what the real service does itself behind a proxy. */
const OF_SERVICE: readonly SettingName[] = ['db', 'auth', 'rateLimit', 'hostile']

/** What flags set for a command that listens until something stops it. */
const LISTENING = {
  json: 'print the ready line as JSON',
  stopWithParent: 'stop when the pipe at standard input ends, or the process that started it'
} as const satisfies Command['meanings']

/** The commands of the program. Each is loaded when it runs: most starts need one. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries<Command>({
    serve: {
      help: 'listen and answer until stopped',
      example: 'oneuc-emulator serve --port 8000',
      own: [],
      reads: [...EMULATOR_SETTINGS, 'stopWithParent'],
      meanings: LISTENING,
      run: async (settings, terminal) => (await import('./serve.js')).serve(settings, terminal)
    },
    exec: {
      help: 'run a command against a new emulator, then report what it did; the emulator takes a free port',
      takes: '-- <command>',
      example: 'oneuc-emulator exec --fail-on-warning -- npm test',
      own: GATE_SETTINGS,
      reads: EMULATOR_SETTINGS.filter((name) => name !== 'json'),
      defaults: { port: '0' },
      run: async (settings, terminal, rest) => (await import('./exec.js')).exec(settings, terminal, rest)
    },
    proxy: {
      help: 'pass requests on to the real service, and write each with its answer into a folder',
      example: 'oneuc-emulator proxy --upstream https://api.example.com --record records',
      own: PROXY,
      reads: [...EMULATOR_SETTINGS.filter((name) => !OF_SERVICE.includes(name)), 'stopWithParent'],
      meanings: { ...LISTENING, dialect: 'service whose answers are expected' },
      run: async (settings, terminal) => (await import('./proxy.js')).runProxy(settings, terminal)
    },
    verify: {
      help: 'send the cases of the contract to a server, or play records against the emulator, and report where they differ',
      example: 'oneuc-emulator verify --base-url http://localhost:8000 --token T --account ID',
      own: [...TARGET, ...REPLAY, 'baseline', 'reportJson', 'reportJunit', 'reportMarkdown'],
      reads: ['dialect', 'e911', 'fixtures', 'json'],
      meanings: {
        dialect: 'service whose answers are expected',
        e911: 'with --replay: which addresses the emulator accepts',
        fixtures: 'with --replay: read the fixtures of the emulator from this folder',
        json: 'print what is found as JSON'
      },
      run: async (settings, terminal) => (await import('./verify.js')).runVerify(settings, terminal)
    },
    fidelity: {
      help: 'tell for each outcome whether the document shows it, the reference has it, or it is assumed',
      example: 'oneuc-emulator fidelity --seen verify.json',
      own: ['seen'],
      reads: ['json'],
      meanings: { json: 'print the table as JSON' },
      run: async (settings, terminal) => (await import('./fidelity.js')).fidelity(settings, terminal)
    },
    openapi: {
      help: 'describe the API and the admin API in OpenAPI 3.1',
      example: 'oneuc-emulator openapi --out descriptions',
      own: ['out'],
      reads: ['dialect'],
      meanings: { dialect: 'service that is described' },
      run: async (settings, terminal) => (await import('./openapi.js')).openapi(settings, terminal)
    },
    healthcheck: {
      help: 'ask the emulator on the configured port whether it is ready',
      example: 'oneuc-emulator healthcheck --port 8000 --wait 30',
      own: ['wait'],
      reads: ['host', 'port', 'portFile', 'adminPort'],
      meanings: {
        host: 'address of the emulator',
        port: 'port of the emulator, where it writes no --port-file',
        portFile: 'file into which the emulator has written its port',
        adminPort: 'port of its admin API, where it writes no --port-file'
      },
      run: async (settings, terminal) => (await import('./healthcheck.js')).healthcheck(settings, terminal)
    },
    states: {
      help: 'print the table of states and actions',
      example: 'oneuc-emulator states',
      own: [],
      reads: [],
      run: async (_, terminal) => (await import('./states.js')).states(terminal)
    }
  })
)
export const DEFAULT_COMMAND = 'serve'

/**
 * Says which flags are for other commands alone. A user who gives them expects something that would not happen, such as a gate; flags
 * of an emulator may stand with every command, so that a script has one list of them.
 */
export function foreignFlags(flags: Readonly<Record<string, unknown>>, { own, reads }: Command): string[] {
  const foreign = OWN.filter((name) => flags[flagOf(name)] !== undefined && ![...own, ...reads].includes(name))
  return foreign.map((name) => {
    const others = [...COMMANDS].filter(([, other]) => [...other.own, ...other.reads].includes(name))
    return `${writeFlag(name)} is for ${others.map(([command]) => command).join(', ')} only`
  })
}

/** Lists the commands that a setting is for, where no emulator reads it. */
export function commandsWith(name: SettingName): string[] {
  return [...COMMANDS].filter(([, { own }]) => own.includes(name)).map(([command]) => command)
}
