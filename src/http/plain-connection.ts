import type { Socket } from 'node:net'
import type { AnswerWriter } from './plain-answer.js'
import { plainHead, type PlainHead } from './plain-head.js'
import type { ShortRoad } from './short-road.js'

/** What the plain connections of a server have in common. */
export interface PlainConnections {
  ask: ShortRoad
  writer: AnswerWriter
  /** Takes a connection over; what has been read of it and not been answered comes again. */
  handOver: (socket: Socket) => void
  /** How long a connection may be idle, in milliseconds. */
  idle: number
}

/** Bytes of a request beyond which it is no plain one; Node's HTTP server has limits of its own. */
const LARGEST = 8_192

const LINE_END = ' HTTP/1.1\r\n'

/**
 * Answers the plain calls of a connection that come one at a time and in one piece, as those of all usual clients do. Node's
 * HTTP server would cost more than such an answer does. The first request that is anything else is handed to that server
 * together with its connection, and read again from its first byte.
 */
export function servePlainly(socket: Socket, { ask, writer, handOver, idle }: PlainConnections): void {
  const ip = String(socket.remoteAddress)
  let lines = ''
  let head: ConnectionHead | undefined

  /** Answers a request, or does nothing and returns false. */
  const answer = (piece: Buffer): boolean => {
    // Whoever does not read its answers is not served further, as that server has it.
    if (piece.length > LARGEST || socket.writableLength > 0) return false
    const text = piece.toString('latin1')
    const lineEnd = text.indexOf(LINE_END)
    if (lineEnd < 0) return false
    const rest = text.slice(lineEnd + LINE_END.length)
    // The requests of a client mostly have the same headers, which are read once.
    if (rest !== lines) {
      head = headIn(rest, ip)
      lines = rest
    }
    if (head === undefined) return false
    const given = ask({ line: text.slice(0, lineEnd), head: head.plain })
    if (given === undefined) return false
    const written = writer.textOf(given, head.closes)
    socket.write(written, given.bytes === given.text.length ? 'latin1' : 'utf8')
    // Whatever comes behind the last request is overlooked.
    if (head.closes) socket.off('data', onData).end()
    return true
  }

  const onData = (piece: Buffer) => {
    if (answer(piece)) return
    socket.off('data', onData).off('end', onEnd).off('timeout', onTimeout).off('error', ignore).setTimeout(0)
    handOver(socket)
    socket.unshift(piece)
  }
  const onEnd = () => socket.end()
  const onTimeout = () => socket.destroy()
  socket.on('data', onData).on('end', onEnd).on('timeout', onTimeout).on('error', ignore).setTimeout(idle)
}

/** A connection that breaks is closed, and that is all there is to it. */
function ignore(): void {
  // Nothing was promised to whoever has gone.
}

interface ConnectionHead {
  plain: PlainHead
  /** Whether the connection ends with the answer. */
  closes: boolean
}

const HEADER = /^([A-Za-z\d-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*?)[\t ]*$/

const CONNECTION: ReadonlyMap<unknown, boolean> = new Map([
  [undefined, false],
  ['keep-alive', false],
  ['close', true]
])

/** What stands behind the first line of a request of the client at `ip`, if it is its headers and nothing else, and they are plain. */
function headIn(rest: string, ip: string): ConnectionHead | undefined {
  const headers: Record<string, string> = {}
  const lines = rest.split('\r\n')
  // The empty line that ends them, and nothing behind it.
  if (lines.pop() !== '' || (lines.length > 0 && lines.pop() !== '')) return undefined
  for (const line of lines) {
    const [, name, value] = HEADER.exec(line) ?? []
    if (name === undefined || value === undefined) return undefined
    const key = name.toLowerCase()
    // What is said twice means something else with each header.
    if (Object.hasOwn(headers, key)) return undefined
    headers[key] = value
  }
  const closes = CONNECTION.get(headers.connection?.toLowerCase())
  const plain = plainHead(headers, ip)
  return closes === undefined || plain === undefined ? undefined : { plain, closes }
}
