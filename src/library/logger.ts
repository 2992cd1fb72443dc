/** Writes a line to a log: an object with facts and a message, or the message alone. */
export type LogFunction = (first: unknown, ...rest: unknown[]) => void

/** A logger such as those of pino. */
export interface Logger {
  /** The least important level that is logged: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`. */
  level: string
  fatal: LogFunction
  error: LogFunction
  warn: LogFunction
  info: LogFunction
  debug: LogFunction
  trace: LogFunction
  silent: LogFunction
  /** Returns a logger that adds the bindings to every line. */
  child: (bindings: Record<string, unknown>, options?: object) => Logger
}
