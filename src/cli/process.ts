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

/** Prints the stack of a defect and exits. Node itself would print the line of the bundle, too. */
export function endAfterCrash(terminal: Terminal, error: unknown): void {
  terminal.stderr.write(`${inspect(error)}\n`)
  terminal.exit(EXIT.failure)
}

/** Exits quietly when the reader of the output closes the pipe (EPIPE). Throws any other error of the output. */
export function endWithoutReader(terminal: Terminal, error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  terminal.exit(EXIT.clean)
}
