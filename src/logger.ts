/** Says something, with or without facts to go with it. */
export interface Say {
  (facts: unknown, message?: string, ...rest: unknown[]): void
  (message: string, ...rest: unknown[]): void
}

/** What the emulator wants of a logger: pino's are such, and so are those that are made after it. */
export interface Logger {
  level: string
  fatal: Say
  error: Say
  warn: Say
  info: Say
  debug: Say
  trace: Say
  silent: Say
  isLevelEnabled: (level: string) => boolean
  child: (bindings: Record<string, unknown>, options?: object) => Logger
}

/** What can be said, by how much it matters; a logger says what matters as much as its own level, or more. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** A logger that is made when it has something to say: most of the time none has, and loading one takes a while. */
export class LateLogger implements Logger {
  readonly level: string
  readonly #make: () => Logger
  #made: Logger | undefined

  constructor(level: string, make: () => Logger) {
    this.level = level
    this.#make = make
  }

  fatal(...given: unknown[]): void {
    this.#say('fatal', given)
  }

  error(...given: unknown[]): void {
    this.#say('error', given)
  }

  warn(...given: unknown[]): void {
    this.#say('warn', given)
  }

  info(...given: unknown[]): void {
    this.#say('info', given)
  }

  debug(...given: unknown[]): void {
    this.#say('debug', given)
  }

  trace(...given: unknown[]): void {
    this.#say('trace', given)
  }

  silent(): void {
    // This is the level at which nothing is said.
  }

  isLevelEnabled(level: string): boolean {
    return LEVELS.indexOf(level) >= LEVELS.indexOf(this.level)
  }

  child(bindings: Record<string, unknown>, options?: object): Logger {
    return new LateLogger(this.level, () => this.#logger.child(bindings, options))
  }

  get #logger(): Logger {
    this.#made ??= this.#make()
    return this.#made
  }

  #say(level: Exclude<keyof Logger, 'level' | 'isLevelEnabled' | 'child'>, given: unknown[]): void {
    if (this.isLevelEnabled(level)) this.#logger[level](...(given as [unknown]))
  }
}

/** A logger that says nothing. */
export function quietLogger(): Logger {
  return new LateLogger('silent', quietLogger)
}
