import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from './connection.js'
import { parseObject } from './judge.js'
import { bytesOf, jsonMessage, type Message } from './message.js'
import type { Program } from './program.js'
import type { Random } from './random.js'
import type { Run, Workload } from './run.js'

const NUMBERS = '/v2/accounts/d0c0ffeed0c0ffeed0c0ffeed0c0ffee/phone_numbers'
/** Each lane has an area code of its own, so that no lane buys what another has found. */
const AREA_CODES = ['206', '303', '404', '512'] as const
/** Writes after which the process is killed, at most. */
const WRITES_A_LIFE = 120
/** A kill comes at any time within this. */
const MOST_DELAY_MS = 8
/** A lane that holds so many numbers releases rather than buys. */
const MOST_NUMBERS = 30

/** Kills with a database file: what was acknowledged is there after the next start, and nothing is half done. */
export const kills: Workload = {
  name: 'kills',
  says: 'kills with --db and restarts',
  share: 3,
  run: async (run) => {
    const db = join(run.folder, 'kills.sqlite')
    const lanes = AREA_CODES.map((areaCode) => new Lane(areaCode, run))
    let life = 1
    for (; run.budget.goesOn(); life++) {
      const program = await run.start(['--db', db])
      await Promise.all(lanes.map((lane) => lane.check(program, life)))
      await liveAndDie(run, program, lanes, run.random.fork(`life ${life}`))
    }
    const program = await run.start(['--db', db])
    await Promise.all(lanes.map((lane) => lane.check(program, life)))
    const { status } = await program.end('SIGTERM')
    if (status !== '0') run.findings.note(`the stop ended with ${status}`, 'kills', program.complaints())
  }
}

/** Lets the lanes write until the process is killed in the midst of it. */
async function liveAndDie(run: Run, program: Program, lanes: readonly Lane[], random: Random): Promise<void> {
  let left = 1 + random.below(WRITES_A_LIFE)
  let isKilled = false
  await Promise.all(
    lanes.map(async (lane) => {
      lane.connect(program)
      while (await lane.write()) {
        if (--left > 0 || isKilled) continue
        isKilled = true
        // The other lanes go on writing meanwhile, so that the kill meets writes that are done and not yet acknowledged.
        await sleep(random.below(MOST_DELAY_MS))
        const { status } = await program.end('SIGKILL')
        run.findings.count('kills')
        if (status !== 'SIGKILL') run.findings.note(`the program ended with ${status}`, lane.name, program.complaints())
      }
    })
  )
  if (program.isAlive()) await program.end('SIGKILL')
}

/** What a number is: in service with a note of the user's own, or not on the account. */
type Holding = string | undefined

/** A write, and what it makes of its numbers. */
interface Write {
  message: Message
  status: number
  after: ReadonlyMap<string, Holding>
}

class Lane {
  readonly name: string
  readonly #areaCode: string
  readonly #run: Run
  readonly #random: Random
  /** What was acknowledged. */
  readonly #held = new Map<string, string>()
  readonly #free = new Set<string>()
  #offset = 0
  #connection: Connection | undefined
  /** The write that no answer has come for. */
  #pending: Write | undefined

  constructor(areaCode: string, run: Run) {
    this.name = `kills-${areaCode}`
    this.#areaCode = areaCode
    this.#run = run
    this.#random = run.random.fork(this.name)
  }

  connect({ port }: Program): void {
    this.#connection = new Connection(port)
  }

  /** Carries out one write, or finds more numbers. False where the process is gone. */
  async write(): Promise<boolean> {
    if (this.#free.size < 4) return this.#search()
    const write = this.#draw()
    this.#pending = write
    const reply = await this.#ask(write.message)
    if (reply === undefined) return false
    this.#pending = undefined
    if (reply.status === write.status) this.#apply(write)
    else this.#fail(`${reply.status} instead of ${write.status}: ${reply.text.slice(0, 300)}`, write.message)
    return true
  }

  async #search(): Promise<boolean> {
    const reply = await this.#ask(
      jsonMessage('GET', `/v2/phone_numbers?prefix=${this.#areaCode}&quantity=20&offset=${this.#offset++}`)
    )
    const data = parseObject(reply?.text ?? '')?.data
    for (const { number } of Array.isArray(data) ? (data as { number: string }[]) : []) {
      if (!this.#held.has(number)) this.#free.add(number)
    }
    return reply !== undefined
  }

  #draw(): Write {
    const held = this.#random.maybe([...this.#held.keys()])
    const free = [...this.#free]
    const isFull = this.#held.size > MOST_NUMBERS
    const buy = () => write('PUT', `${pathOf(free[0] ?? '')}/activate`, 201, [[free[0] ?? '', '']])
    return this.#random.weighted<() => Write>([
      [isFull ? 0 : 4, buy],
      [
        isFull ? 0 : 2,
        () => {
          const numbers = free.slice(0, 3)
          const body = { data: { numbers } }
          return write(
            'PUT',
            `${NUMBERS}/collection/activate`,
            201,
            numbers.map((one) => [one, '']),
            body
          )
        }
      ],
      [isFull ? 6 : 2, () => (held === undefined ? buy() : write('DELETE', pathOf(held), 200, [[held, undefined]]))],
      [
        2,
        () => {
          const note = `note ${this.#random.below(1e9)}`
          return held === undefined ? buy() : write('POST', pathOf(held), 200, [[held, note]], { data: { note } })
        }
      ]
    ])()
  }

  #apply({ after }: Write): void {
    for (const [number, note] of after) {
      if (note === undefined) this.#held.delete(number)
      else this.#held.set(number, note)
      // A number that was released is available in this file from now on, and no search need offer it again.
      if (note === undefined) this.#free.add(number)
      else this.#free.delete(number)
    }
  }

  /** Compares what a restarted program has with what was acknowledged, and takes over what the pending write has done. */
  async check(program: Program, life: number): Promise<void> {
    this.connect(program)
    const message = jsonMessage('GET', `${NUMBERS}?page_size=10000`)
    const reply = await this.#ask(message)
    const listed = (parseObject(reply?.text ?? '')?.data as { numbers?: Record<string, unknown> } | undefined)?.numbers
    if (listed === undefined) {
      this.#fail(`no list after start ${life}: ${reply?.text.slice(0, 300) ?? 'no answer'}`, message)
      return
    }
    await this.#settlePending(life)
    const wanted = [...this.#held.keys()].sort()
    const found = Object.keys(listed).filter((number) => number.startsWith(`+1${this.#areaCode}`))
    if (found.join() !== wanted.join()) {
      const lost = wanted.filter((one) => !found.includes(one))
      const extra = found.filter((one) => !this.#held.has(one))
      this.#fail(`after kill ${life - 1}: lost ${lost.join()}; not given up ${extra.join()}`, message)
    }
    for (const [number, note] of this.#held) {
      const is = await this.#holding(number)
      if (is !== note) this.#fail(`after kill ${life - 1}: ${number} has ${String(is)} instead of "${note}"`, message)
    }
    this.#run.findings.count('numbers checked', this.#held.size)
    // What was found counts as found in one life only.
    this.#free.clear()
    this.#connection?.close()
  }

  /** Finds out whether the write that got no answer is done or not; anything in between is a defect. */
  async #settlePending(life: number): Promise<void> {
    const write = this.#pending
    if (write === undefined) return
    this.#pending = undefined
    const isDone: boolean[] = []
    for (const [number, after] of write.after) {
      const is = await this.#holding(number)
      const before = this.#held.get(number)
      if (is !== before && is !== after) {
        this.#fail(
          `after kill ${life - 1}: ${number} has ${String(is)}, neither "${before}" nor "${after}"`,
          write.message
        )
      }
      isDone.push(is === after)
    }
    this.#run.findings.count(isDone[0] === true ? 'pending writes done' : 'pending writes not done')
    if (new Set(isDone).size > 1) this.#fail(`after kill ${life - 1}: a write is half done`, write.message)
    if (isDone.every(Boolean)) this.#apply(write)
  }

  /** Reads a number: its note, `''` without one, undefined where the account does not have it, or what is odd about it. */
  async #holding(number: string): Promise<Holding> {
    const reply = await this.#ask(jsonMessage('GET', pathOf(number)))
    if (reply?.status === 404) return undefined
    const data = parseObject(reply?.text ?? '')?.data as { state?: unknown; note?: unknown } | undefined
    if (data?.state !== 'in_service') return `state ${String(data?.state)}`
    return typeof data.note === 'string' ? data.note : ''
  }

  async #ask(message: Message): Promise<{ status: number; text: string } | undefined> {
    this.#connection?.send(bytesOf(message))
    const reply = await this.#connection?.next(message.method)
    if (reply?.kind !== 'answer') return undefined
    this.#run.findings.count(`answer ${Math.floor(reply.status / 100)}xx`)
    return reply
  }

  #fail(what: string, message: Message): void {
    this.#run.findings.note(what, this.name, message, this.#areaCode)
  }
}

const pathOf = (number: string) => `${NUMBERS}/${encodeURIComponent(number)}`

function write(
  method: string,
  target: string,
  status: number,
  after: readonly (readonly [string, Holding])[],
  body?: unknown
): Write {
  return { message: jsonMessage(method, target, body), status, after: new Map(after) }
}
