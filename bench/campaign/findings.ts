import { bytesOf, type Message } from './message.js'

/** Something that went wrong, with the request before it. */
export interface Defect {
  what: string
  /** Where in the run: the lane and its step. */
  where: string
  request: string
  times: number
}

/** Of a long request so much is read, and of what is left without its runs so much is shown. */
const READ_BYTES = 100_000
const SHOWN_CHARACTERS = 1_500
/** So many different defects are kept; one that recurs is counted. */
const MOST_DEFECTS = 200

/** Counts what happened in a workload, and keeps what went wrong. */
export class Findings {
  readonly counts = new Map<string, number>()
  readonly #defects = new Map<string, Defect>()

  /** The answer that took longest. */
  slowest = { milliseconds: 0, request: '' }

  /** Notes how long an answer took. */
  time(milliseconds: number, request: Message): void {
    if (milliseconds > this.slowest.milliseconds) this.slowest = { milliseconds, request: show(request).slice(0, 200) }
  }

  get defects(): Defect[] {
    return [...this.#defects.values()]
  }

  count(kind: string, times = 1): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + times)
  }

  /** Notes a defect. Those that say the same about the same place are one. */
  note(what: string, where: string, request: Message | Buffer | string, place = ''): void {
    const [says = ''] = what.split(': {')
    const key = `${says.replace(/[\da-f]{4,}|\d+/g, '0').slice(0, 100)} ${place}`
    const known = this.#defects.get(key)
    if (known !== undefined) known.times++
    else if (this.#defects.size < MOST_DEFECTS) {
      this.#defects.set(key, { what, where, request: show(request), times: 1 })
    }
  }
}

/** Shows a request on one line, as a text in which bytes beyond ASCII are Latin-1, and a long run of the same is said by its number. */
function show(request: Message | Buffer | string): string {
  if (typeof request === 'string') return request
  const bytes = Buffer.isBuffer(request) ? request : bytesOf(request)
  const text = bytes.toString('latin1', 0, READ_BYTES).replace(/(.{1,200}?)\1{8,}/gs, (run: string, part: string) => {
    return `${part}«× ${run.length / part.length}»`
  })
  const shown = JSON.stringify(text.slice(0, SHOWN_CHARACTERS))
  return bytes.length > READ_BYTES || text.length > SHOWN_CHARACTERS ? `${shown} … ${bytes.length} bytes` : shown
}
