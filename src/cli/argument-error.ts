import { UsageError } from '../settings.js'

/** Reports arguments for which the help of a command shows what would be right. */
export class ArgumentError extends UsageError {
  /** The command whose help shows it; undefined for the help of the program. */
  readonly command: string | undefined

  constructor(message: string, command?: string) {
    super(message)
    this.command = command
  }
}
