import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { requestText, type Call, type Story } from './calls.js'

const CONNECTIONS = 64
const HEAD_END = '\r\n\r\n'
const LAST_CHUNK = '0\r\n\r\n'

/**
 * Sends calls over keep-alive connections, each of which waits for a response before it sends the next call. Checks every status.
 * It works on bare sockets, so that the client costs less than any server that it drives.
 */
export async function drive(port: number, calls: readonly (Call | Story)[]): Promise<void> {
  const stories = calls.map((call) => [call].flat().map(toRequest))
  const sockets = Array.from({ length: CONNECTIONS }, () => connect({ port, host: '127.0.0.1', noDelay: true }))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  const rest = stayAwake()
  let sent = 0
  const next = () => stories[sent++]
  try {
    await Promise.all(sockets.map((socket) => sendInTurn(socket, next)))
  } finally {
    rest()
    for (const socket of sockets) socket.destroy()
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

function sendInTurn(socket: Socket, next: () => Request[] | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let story: Request[] = []
    let request: Request | undefined
    let received: Buffer | undefined
    const sendNext = () => {
      if (story.length === 0) story = next() ?? []
      request = story.shift()
      if (request === undefined) resolve()
      else socket.write(request.text, 'latin1')
    }
    socket.on('error', reject).on('close', () => {
      reject(new Error('the server closed a connection'))
    })
    socket.on('data', (chunk: Buffer) => {
      received = received === undefined ? chunk : Buffer.concat([received, chunk])
      if (!isWhole(received)) return
      const status = received.toString('latin1', 'HTTP/1.1 '.length, 'HTTP/1.1 200'.length)
      if (status !== request?.status) {
        reject(new Error(`${status} instead of ${request?.status}: ${request?.text}${received.toString('utf8')}`))
        return
      }
      received = undefined
      sendNext()
    })
    sendNext()
  })
}

function isWhole(received: Buffer): boolean {
  const headEnd = received.indexOf(HEAD_END)
  if (headEnd < 0) return false
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(received.toString('latin1', 0, headEnd)) ?? []
  if (length === undefined) return received.toString('latin1', received.length - LAST_CHUNK.length) === LAST_CHUNK
  return received.length >= headEnd + HEAD_END.length + Number(length)
}
