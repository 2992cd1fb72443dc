import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { requestText, type Call, type Story } from './calls.js'

const CONNECTIONS = 64
const HEAD_END = '\r\n\r\n'
const LAST_CHUNK = '0\r\n\r\n'

/** Open connections to a server. */
export interface LoadClient {
  /** Sends calls over all connections, each of which waits for a response before it sends the next call. Checks every status. */
  send: (calls: readonly (Call | Story)[]) => Promise<void>
  close: () => void
}

/** Opens keep-alive connections to a server. They are bare sockets, so that the client costs less than any server that it drives. */
export async function openClient(port: number): Promise<LoadClient> {
  const sockets = Array.from({ length: CONNECTIONS }, () => connect({ port, host: '127.0.0.1', noDelay: true }))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  const connections = sockets.map((socket) => new Connection(socket))
  return {
    async send(calls) {
      const stories = calls.map((call) => [call].flat().map(toRequest))
      let sent = 0
      const next = () => stories[sent++]
      const rest = stayAwake()
      try {
        await Promise.all(connections.map((connection) => connection.send(next)))
      } finally {
        rest()
      }
    },
    close() {
      for (const connection of connections) connection.close()
    }
  }
}

/** Sends calls over connections of their own. */
export async function drive(port: number, calls: readonly (Call | Story)[]): Promise<void> {
  const client = await openClient(port)
  try {
    await client.send(calls)
  } finally {
    client.close()
  }
}

/**
 * Keeps this process busy between responses, and returns the function that ends this. The server pays for waking a sleeping client, and
 * a slow server would pay more often.
 */
function stayAwake(): () => void {
  let isAwake = true
  const turn = () => {
    if (isAwake) setImmediate(turn)
  }
  turn()
  return () => {
    isAwake = false
  }
}

interface Request {
  text: string
  status: string
}

function toRequest(call: Call): Request {
  return { text: requestText(call), status: String(call.status) }
}

/** A keep-alive connection. */
class Connection {
  readonly #socket: Socket
  #received: Buffer | undefined
  #settle: ((answer: Buffer | Error) => void) | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    const end = (error: Error) => this.#settle?.(error)
    socket.on('error', end).on('close', () => {
      end(closed())
    })
    socket.on('data', (chunk: Buffer) => {
      this.#received = this.#received === undefined ? chunk : Buffer.concat([this.#received, chunk])
      if (isWhole(this.#received)) this.#settle?.(this.#received)
    })
  }

  /** Sends the requests of each story, and waits for each response. Throws if a response has another status than is wanted. */
  async send(next: () => Request[] | undefined): Promise<void> {
    for (let story = next(); story !== undefined; story = next()) {
      for (const { text, status } of story) {
        const answer = await this.#request(text)
        const answered = answer.toString('latin1', 'HTTP/1.1 '.length, 'HTTP/1.1 200'.length)
        if (answered !== status) throw new Error(`${answered} instead of ${status}: ${text}${answer.toString('utf8')}`)
      }
    }
  }

  close(): void {
    this.#socket.destroy()
  }

  #request(text: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#received = undefined
      this.#settle = (answer) => {
        if (answer instanceof Error) reject(answer)
        else resolve(answer)
      }
      // The server may have closed it between two turns, when there was no request to fail.
      if (this.#socket.destroyed) reject(closed())
      else this.#socket.write(text, 'latin1')
    })
  }
}

const closed = () => new Error('the server closed a connection')

function isWhole(received: Buffer): boolean {
  const headEnd = received.indexOf(HEAD_END)
  if (headEnd < 0) return false
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(received.toString('latin1', 0, headEnd)) ?? []
  if (length === undefined) return received.toString('latin1', received.length - LAST_CHUNK.length) === LAST_CHUNK
  return received.length >= headEnd + HEAD_END.length + Number(length)
}
