/** HTTP by hand, for what no client library would send. */
import { connect } from 'node:net'
import type { JsonObject } from '../../src/json.js'

export interface RawReply {
  /** The HTTP status; 0 where the connection was closed without an answer. */
  status: number
  headers: Record<string, string>
  body: JsonObject
  text: string
}

/** Sends bytes over a connection of their own, and reads what comes until it is closed: by the server, or by a client that leaves. */
export async function sendBytes(
  port: number,
  bytes: string | Buffer,
  client: 'stays' | 'leaves' = 'stays',
  host = '127.0.0.1'
): Promise<RawReply> {
  const socket = connect(port, host)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  await new Promise<void>((resolve) => {
    // A server that refuses a body may reset the connection while the rest of it is still under way.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      resolve()
    })
    if (client === 'leaves') socket.end(bytes)
    else socket.write(bytes)
  })
  return parse(Buffer.concat(chunks).toString())
}

function parse(received: string): RawReply {
  const text = received.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const body = rest.join('\r\n\r\n')
  return {
    status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1] ?? 0),
    headers: Object.fromEntries(lines.map((line) => /^(.*?): *(.*)$/.exec(line)?.slice(1) ?? [])) as Record<
      string,
      string
    >,
    body: body === '' ? {} : (JSON.parse(body) as JsonObject),
    text: body
  }
}
