import { inspect } from 'node:util'

/** Standard output or standard error. */
export interface Output {
  write: (text: string) => unknown
  /** Whether a person reads it in a terminal. */
  isTTY?: boolean
}

/** What the program needs of the process around it; `process` itself is one. */
export interface Terminal {
  stdout: Output
  stderr: Output
  env: NodeJS.ProcessEnv
  exit: (code: number) => void
}

/** Exit codes of the program. */
export const EXIT = {
  clean: 0,
  failure: 1,
  /** Unusable flags, variables or fixtures, or a port that is taken. */
  usage: 2,
  /** A gate of `exec` failed, or `verify` found a difference. */
  gate: 3
} as const

/** Lets Node 22.1 and newer keep the compiled code for the next start. Node 20 compiles it each time. */
export function keepCompiledCode(module: object): void {
  const { enableCompileCache } = module as { enableCompileCache?: () => unknown }
  enableCompileCache?.()
}

/** The oldest Node that the program runs on (`engines` in package.json). */
const OLDEST_NODE = [20, 19] as const

/**
 * Calls `start`, or says that Node is too old and exits. An older Node could not even read the files that come after this one, so
 * that this file and `main.ts` are written in the JavaScript of Node 14.
 */
export function startOn(version: string, terminal: Terminal, start: () => void): void {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number)
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])
  if (!isOld) {
    start()
    return
  }
  terminal.stderr.write(`oneuc-emulator: it needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${version}\n`)
  terminal.exit(EXIT.usage)
}

/** The error of Node for a package that is not there. */
const MISSING_DRIVER = "Cannot find package 'better-sqlite3'"

/**
 * Prints the stack of a defect and exits; Node itself would print the line of the bundle, too. A missing driver is no defect: the
 * program was copied without its packages.
 */
export function endAfterCrash(terminal: Terminal, error: unknown): void {
  if (String(error).includes(MISSING_DRIVER)) {
    terminal.stderr.write('oneuc-emulator: the SQLite driver is not installed: run npm install better-sqlite3\n')
    terminal.exit(EXIT.usage)
    return
  }
  terminal.stderr.write(`${inspect(error)}\n`)
  terminal.exit(EXIT.failure)
}

/** Exits quietly when the reader of the output closes the pipe (EPIPE). Throws any other error of the output. */
export function endWithoutReader(terminal: Terminal, error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  terminal.exit(EXIT.clean)
}
