import { connect, type Socket } from 'node:net'

/** What came back for a request. */
export type Reply =
  | { kind: 'answer'; status: number; headers: ReadonlyMap<string, string>; text: string }
  /** The connection was closed before a whole answer was there. */
  | { kind: 'closed'; text: string }
  /** Bytes that are no HTTP. */
  | { kind: 'garbled'; text: string }
  /** Nothing came for a long time. */
  | { kind: 'silent'; text: string }

/** Time without an answer after which a request counts as forgotten. A busy machine answers far sooner. */
const PATIENCE_MS = 60_000

/** A connection to the loopback interface that sends any bytes and reads the answers one by one. */
export class Connection {
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #isOver = false
  #wake: () => void = () => undefined

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', (chunk: Buffer) => {
      this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
      this.#wake()
    })
    // A server may refuse a body and reset the connection while the rest is under way.
    this.#socket.on('error', () => undefined)
    this.#socket.on('close', () => {
      this.#isOver = true
      this.#wake()
    })
  }

  get isOver(): boolean {
    return this.#isOver
  }

  send(bytes: Buffer): void {
    if (!this.#isOver) this.#socket.write(bytes)
  }

  /** Tells the server that nothing more comes, and still reads. */
  end(): void {
    this.#socket.end()
  }

  /** Stops to read, so that answers pile up at the server. */
  pause(): void {
    this.#socket.pause()
  }

  close(): void {
    this.#socket.destroy()
  }

  /** Waits for the next answer; the method says whether it has a body. */
  async next(method: string): Promise<Reply> {
    for (;;) {
      const found = takeReply(this.#received, method, this.#isOver)
      if (found !== undefined) {
        this.#received = this.#received.subarray(found.length)
        return found.reply
      }
      if (!(await this.#hears())) {
        this.close()
        return { kind: 'silent', text: this.#received.toString('latin1') }
      }
    }
  }

  #hears(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS, false)
      this.#wake = () => {
        clearTimeout(timer)
        resolve(true)
      }
    })
  }
}

const HEAD_END = '\r\n\r\n'

interface Taken {
  reply: Reply
  /** How many bytes the reply took. */
  length: number
}

/** Takes the first answer out of what was received; undefined where it is not whole yet. */
function takeReply(received: Buffer, method: string, isOver: boolean): Taken | undefined {
  const cut = (kind: 'closed' | 'garbled'): Taken => ({
    reply: { kind, text: received.toString('latin1') },
    length: received.length
  })
  const headEnd = received.indexOf(HEAD_END)
  if (headEnd < 0) return isOver ? cut('closed') : undefined
  const [statusLine = '', ...lines] = received.toString('latin1', 0, headEnd).split('\r\n')
  const [, digits] = /^HTTP\/1\.1 (\d{3}) [ -~]*$/.exec(statusLine) ?? []
  if (digits === undefined) return cut('garbled')
  const headers = new Map(
    lines.map((line): [string, string] => {
      const [name = '', ...value] = line.split(':')
      return [name.toLowerCase(), value.join(':').trim()]
    })
  )
  const start = headEnd + HEAD_END.length
  const status = Number(digits)
  // An interim answer: the final one follows.
  if (status < 200) {
    const rest = takeReply(received.subarray(start), method, isOver)
    return rest && { ...rest, length: rest.length + start }
  }
  const body = bodyOf(received.subarray(start), method, status, headers)
  if (body === 'garbled') return cut('garbled')
  if (body === undefined) return isOver ? cut('closed') : undefined
  return { reply: { kind: 'answer', status, headers, text: body.text }, length: start + body.length }
}

interface Body {
  text: string
  length: number
}

function bodyOf(
  rest: Buffer,
  method: string,
  status: number,
  headers: ReadonlyMap<string, string>
): Body | 'garbled' | undefined {
  // A stream has no end: its head is the answer.
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true
  if (method === 'HEAD' || status === 204 || status === 304 || isStream) return { text: '', length: 0 }
  if (headers.get('transfer-encoding') === 'chunked') return chunksOf(rest)
  const length = Number(headers.get('content-length'))
  if (!Number.isSafeInteger(length)) return 'garbled'
  return rest.length < length ? undefined : { text: rest.toString('utf8', 0, length), length }
}

/** Joins the chunks of a body (RFC 9112, 7.1). */
function chunksOf(rest: Buffer): Body | 'garbled' | undefined {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = rest.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const line = rest.toString('latin1', at, lineEnd)
    if (!/^[0-9a-f]+$/i.test(line)) return 'garbled'
    const size = Number.parseInt(line, 16)
    const start = lineEnd + 2
    if (rest.length < start + size + 2) return undefined
    at = start + size + 2
    if (size === 0) return { text: Buffer.concat(chunks).toString('utf8'), length: at }
    chunks.push(rest.subarray(start, start + size))
  }
}
