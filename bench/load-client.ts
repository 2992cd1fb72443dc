import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What a run of requests came to. */
export interface Load {
  requests: number
  /** On the wall. */
  seconds: number
  /** Milliseconds that all but one in a hundred requests stayed below. */
  p99: number
}

const HEAD_END = '\r\n\r\n'
const LAST_CHUNK = '0\r\n\r\n'

/**
 * Keep-alive connections that each send one request, wait for its answer, and send the next. Written on bare sockets, so
 * that the client costs less than any server that it drives.
 */
export class LoadClient {
  readonly #sockets: Socket[]

  private constructor(sockets: Socket[]) {
    this.#sockets = sockets
  }

  static async open(port: number, connections: number): Promise<LoadClient> {
    const sockets = Array.from({ length: connections }, () => connect({ port, host: '127.0.0.1', noDelay: true }))
    await Promise.all(sockets.map((socket) => once(socket, 'connect')))
    return new LoadClient(sockets)
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  /** Sends `count` requests, taking the texts in turn. Throws at the first answer with another status. */
  async drive(texts: readonly string[], count: number, status: number): Promise<Load> {
    const latencies = new Float64Array(count)
    const rest = stayAwake()
    const begun = performance.now()
    let sent = 0
    const next = () => (sent < count ? sent++ : undefined)
    await Promise.all(
      this.#sockets.map(async (socket) =>
        exchange(socket, next, (turn) => texts[turn % texts.length] ?? '', {
          status: String(status),
          took: (turn, milliseconds) => {
            latencies[turn] = milliseconds
          }
        })
      )
    )
    rest()
    latencies.sort()
    return {
      requests: count,
      seconds: (performance.now() - begun) / 1000,
      p99: latencies[Math.floor(count * 0.99)] ?? 0
    }
  }
}

/**
 * Keeps this process from falling asleep between answers: to wake it would be on the server's bill, and the slower a server
 * is, the more often. Returns how to let it rest.
 */
function stayAwake(): () => void {
  let isOver = false
  const again = () => {
    if (!isOver) setImmediate(again)
  }
  again()
  return () => {
    isOver = true
  }
}

interface Judge {
  status: string
  took: (turn: number, milliseconds: number) => void
}

function exchange(
  socket: Socket,
  next: () => number | undefined,
  textOf: (turn: number) => string,
  { status, took }: Judge
): Promise<void> {
  return new Promise((resolve, reject) => {
    let turn: number | undefined
    let begun = 0
    let received: Buffer | undefined
    const end = (error?: Error) => {
      socket.off('data', onData).off('error', end).off('close', onClose)
      if (error === undefined) resolve()
      else reject(error)
    }
    const onClose = () => {
      end(new Error('the server closed a connection'))
    }
    const send = () => {
      turn = next()
      if (turn === undefined) {
        end()
        return
      }
      begun = performance.now()
      socket.write(textOf(turn), 'latin1')
    }
    const onData = (chunk: Buffer) => {
      received = received === undefined ? chunk : Buffer.concat([received, chunk])
      if (!isWhole(received)) return
      const got = received.toString('latin1', 'HTTP/1.1 '.length, 'HTTP/1.1 200'.length)
      if (got !== status) {
        end(new Error(`${got} instead of ${status}: ${textOf(turn ?? 0)}${received.toString('utf8')}`))
        return
      }
      took(turn ?? 0, performance.now() - begun)
      received = undefined
      send()
    }
    socket.on('data', onData).on('error', end).on('close', onClose)
    send()
  })
}

function isWhole(received: Buffer): boolean {
  const headEnd = received.indexOf(HEAD_END)
  if (headEnd < 0) return false
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(received.toString('latin1', 0, headEnd)) ?? []
  if (length === undefined) return received.toString('latin1', received.length - LAST_CHUNK.length) === LAST_CHUNK
  return received.length >= headEnd + HEAD_END.length + Number(length)
}
