import { isatty } from 'node:tty'
import { pino, type DestinationStream, type Logger } from 'pino'

const STDERR = 2

/** A line of the log; a line about a request has a method. */
interface LogLine {
  level: number
  /** Unix milliseconds. */
  time: number
  pid: number
  hostname: string
  msg?: string
  err?: { stack: string }
  method?: string
  url?: string
  status?: number
}

/** Creates the logger of the program: lines for people on a terminal, and JSON everywhere else. */
export function createLogger(
  level: string,
  isTerminal = isatty(STDERR),
  destination: DestinationStream = openStderr()
): Logger {
  const forPeople: DestinationStream = {
    write(line) {
      destination.write(formatForPeople(JSON.parse(line) as LogLine))
    }
  }
  return pino({ level }, isTerminal ? forPeople : destination)
}

/** Opens standard error, which may be a file on a full disk: a line that cannot be written is lost, and the process goes on. */
function openStderr(): DestinationStream {
  return pino.destination(STDERR).on('error', () => undefined)
}

/** Formats a line as `12:00:00.000Z info  GET /v2/phone_numbers 200 milliseconds=4 sandbox=default`, with the stack of an error below. */
function formatForPeople({
  level,
  time,
  pid: _,
  hostname: _host,
  msg,
  err,
  method,
  url,
  status,
  ...facts
}: LogLine): string {
  const label = String(pino.levels.labels[level]).padEnd('error'.length)
  const event = method === undefined ? msg : `${method} ${String(url)} ${String(status)}`
  const details = Object.entries(facts).map(([name, value]) => `${name}=${String(value)}`)
  const line = [new Date(time).toISOString().slice('2024-01-31T'.length), label, event, ...details].join(' ')
  // What a client sends must not reach the terminal as a command to it.
  return `${line.replaceAll(/\p{Cc}/gu, '?')}\n${err === undefined ? '' : `${err.stack}\n`}`
}
