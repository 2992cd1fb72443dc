/** What the program needs of the process around it; `process` itself is one. */
export interface Terminal {
  stdout: { write: (text: string) => unknown }
  stderr: { write: (text: string) => unknown }
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

/** Exits quietly when the reader of the output closes the pipe (EPIPE). Throws any other error of the output. */
export function endWithoutReader(error: NodeJS.ErrnoException, terminal: Pick<Terminal, 'exit'> = process): void {
  if (error.code !== 'EPIPE') throw error
  terminal.exit(EXIT.clean)
}
