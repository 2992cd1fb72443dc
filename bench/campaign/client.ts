import { Connection, type Reply } from './connection.js'
import { judge, type Answer, type Form } from './judge.js'
import { bytesOf, type Message } from './message.js'
import type { Program } from './program.js'
import type { Target } from './run.js'

/** One client, with a connection that it keeps: sends a request after the other, counts and judges the answers. */
export class Client {
  readonly #target: Target
  readonly #lane: string
  #connection: Connection | undefined
  #step = 0

  constructor(target: Target, lane: string) {
    this.#target = target
    this.#lane = lane
  }

  get where(): string {
    return `${this.#lane}, request ${this.#step}`
  }

  /**
   * Sends a request. Returns its answer; undefined where none came. `mayBreak` says that the connection may break, because a fault
   * rule may be in force.
   */
  async ask(message: Message, form: Form, mayBreak = false): Promise<Answer | undefined> {
    const { program, inFlight, run } = this.#target
    const { findings } = run
    if (this.#connection?.isOver !== false) this.#connection = new Connection(program.port)
    this.#step++
    inFlight.set(this.#lane, message)
    const bytes = bytesOf(message)
    const sentAt = performance.now()
    this.#connection.send(bytes)
    const reply = await this.#connection.next(message.method)
    findings.time(performance.now() - sentAt, message)
    findings.count(kindOf(form, reply))
    if (reply.kind === 'answer') inFlight.delete(this.#lane)
    if (reply.kind !== 'answer') {
      this.close()
      const isWrong = (!mayBreak || reply.kind === 'silent') && !this.#target.isOver
      if (isWrong && (await isThere(this.#target.program))) {
        this.note(`${reply.kind}${reply.text === '' ? '' : `: ${reply.text.slice(0, 200)}`}`, message)
      }
      return undefined
    }
    // A fault may close the connection after what looks like an answer.
    const isLast = mayBreak || reply.headers.get('connection') === 'close' || isStream(reply)
    if (isLast) this.close()
    const wrong = judge(form, message.method, reply)
    if (wrong !== undefined) {
      const place = reply.status < 500 ? '' : placeOf(message)
      findings.note(`${form}: ${wrong}: ${reply.text.slice(0, 300)}`, this.where, message, place)
    }
    return reply
  }

  note(what: string, message: Message): void {
    this.#target.run.findings.note(what, this.where, message, placeOf(message))
  }

  close(): void {
    this.#connection?.close()
    this.#connection = undefined
  }
}

/** Names the call of a request, without what differs from one to the next. */
function placeOf({ method, target }: Message): string {
  const path = target.replace(/[?].*$/s, '').replace(/^\/sandboxes\/[^/]*/, '')
  return `${method} ${path.replace(/accounts\/[^/]*/, 'accounts').replace(/%2B\d+/g, '')}`.slice(0, 60)
}

/**
 * Tells, after a connection broke, whether the program still answers. One that is on its way out refuses connections before its
 * end is known here.
 */
export async function isThere({ port, isAlive }: Program): Promise<boolean> {
  if (!isAlive()) return false
  const connection = new Connection(port)
  connection.send(bytesOf({ method: 'GET', target: '/__admin/health', headers: [['host', '127.0.0.1']] }))
  const { kind } = await connection.next('GET')
  connection.close()
  return kind === 'answer'
}

function isStream({ headers }: Answer): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') === true
}

function kindOf(form: Form, reply: Reply): string {
  return reply.kind === 'answer' ? `${form} ${Math.floor(reply.status / 100)}xx` : `${form} ${reply.kind}`
}
