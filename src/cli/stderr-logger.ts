import { pino } from 'pino'
import type { Logger } from '../logger.js'

/** Writes what is logged to standard error, a JSON object a line; tokens are kept back. */
export function stderrLogger(level: string): Logger {
  return pino({ level, redact: ['req.headers["x-auth-token"]', 'req.headers.authorization'] }, pino.destination(2))
}
