import { Client } from './client.js'
import { parseObject, type Answer } from './judge.js'
import { jsonMessage, type Message } from './message.js'
import type { Random } from './random.js'
import { onProgram, type Target, type Workload } from './run.js'

const SANDBOXES = 100
const LANES = 4
/** A sandbox that holds so many numbers releases more than it buys. */
const MOST_NUMBERS = 40
/**
 * 100 sandboxes of about 0.25 MB exist after the first third. Their journals go on filling, up to 1,000 requests of about 1 kB
 * each: 100 MB.
 */
const GROWTH_MEGABYTES = 128

const NUMBERS = '/v2/accounts/d0c0ffeed0c0ffeed0c0ffeed0c0ffee/phone_numbers'
const PREFIXES = ['212', '213', '305', '602', '713'] as const

/** 100 sandboxes at once, each held against a simple model: what one does is never seen in another. */
export const models: Workload = {
  name: 'models',
  says: `${SANDBOXES} sandboxes against models`,
  share: 3,
  run: (run) =>
    onProgram(run, { growthMegabytes: GROWTH_MEGABYTES }, async (target) => {
      await Promise.all(Array.from({ length: LANES }, (_, i) => workInLane(target, i)))
    })
}

async function workInLane(target: Target, lane: number): Promise<void> {
  const random = target.run.random.fork(`models-${lane}`)
  const client = new Client(target, `models-${lane}`)
  const own = Array.from({ length: SANDBOXES / LANES }, (_, i) => new Model(`model-${lane + i * LANES}`, client))
  for (const model of own) {
    if (!target.goesOn()) break
    await model.reset()
  }
  while (target.goesOn()) await random.maybe(own)?.step(random)
  client.close()
}

/** A sandbox, and what it should hold: each number of the account with its state. */
class Model {
  readonly #name: string
  readonly #client: Client
  readonly #states = new Map<string, string>()
  /** Numbers that a search of this sandbox has returned, or that it has released. */
  readonly #offered = new Set<string>()

  constructor(name: string, client: Client) {
    this.#name = name
    this.#client = client
  }

  async step(random: Random): Promise<void> {
    const isFull = this.#states.size > MOST_NUMBERS
    await random.weighted<() => Promise<void>>([
      [3, () => this.#search(random)],
      [isFull ? 0 : 5, () => this.#buy(random)],
      [isFull ? 0 : 1, () => this.#buyUnknown(random)],
      [isFull ? 0 : 2, () => this.#buyCollection(random)],
      [3, () => this.#read(random)],
      [3, () => this.#list()],
      [isFull ? 8 : 3, () => this.#release(random)],
      [1, () => (random.once(20) ? this.reset() : this.#list())]
    ])()
  }

  async reset(): Promise<void> {
    await this.#ask(this.#message('POST', '/__admin/reset'), 'admin')
    this.#offered.clear()
    this.#states.clear()
    const { numbers } = await this.#listed()
    // Whatever the fixtures hold, every sandbox begins with it; a number that another bought would have another area code.
    for (const [number, state] of numbers) this.#states.set(number, state)
    const foreign = [...numbers.keys()].filter((number) => PREFIXES.some((prefix) => number.startsWith(`+1${prefix}`)))
    if (foreign.length > 0) this.#fail(`a sandbox begins with ${foreign.join()}`, this.#message('GET', NUMBERS))
  }

  async #search(random: Random): Promise<void> {
    const path = `/v2/phone_numbers?prefix=${random.pick(PREFIXES)}&quantity=${1 + random.below(5)}&offset=${random.below(6)}`
    const message = this.#message('GET', path)
    const answer = await this.#ask(message, 'api')
    const data = parseObject(answer?.text ?? '')?.data
    for (const { number = '' } of Array.isArray(data) ? (data as { number?: string }[]) : []) {
      if (this.#states.has(number)) this.#fail(`a search offers ${number}, which the account has`, message)
      this.#offered.add(number)
    }
  }

  async #buy(random: Random): Promise<void> {
    const number = random.maybe([...this.#offered])
    if (number === undefined) return
    const message = this.#message('PUT', `${pathOf(number)}/activate`)
    this.#expect(message, await this.#ask(message, 'api'), 201, 'in_service')
    this.#hold(number)
  }

  /** Asks for a number that no search of this sandbox has returned; other sandboxes do have it in theirs. */
  async #buyUnknown(random: Random): Promise<void> {
    const number = `+1${random.pick(PREFIXES)}555${String(1000 + random.below(9000))}`
    if (this.#offered.has(number) || this.#states.has(number)) return
    const message = this.#message('PUT', `${pathOf(number)}/activate`)
    this.#expect(message, await this.#ask(message, 'api'), 500)
  }

  async #buyCollection(random: Random): Promise<void> {
    const known = [...this.#offered]
    const numbers = [
      ...new Set(Array.from({ length: 3 }, () => random.maybe(known)).filter((one) => one !== undefined))
    ]
    const isWhole = !random.once(3)
    const unknown = `+1${random.pick(PREFIXES)}556${String(1000 + random.below(9000))}`
    if (numbers.length === 0 || (!isWhole && this.#offered.has(unknown))) return
    const wanted = isWhole ? numbers : [...numbers, unknown]
    const message = this.#message('PUT', `${NUMBERS}/collection/activate`, { data: { numbers: wanted } })
    this.#expect(message, await this.#ask(message, 'api'), isWhole ? 201 : 400)
    if (isWhole) for (const number of numbers) this.#hold(number)
  }

  async #read(random: Random): Promise<void> {
    const number = random.maybe([...this.#states.keys(), ...this.#offered])
    if (number === undefined) return
    const state = this.#states.get(number)
    const message = this.#message('GET', pathOf(number))
    this.#expect(message, await this.#ask(message, 'api'), state === undefined ? 404 : 200, state)
  }

  async #release(random: Random): Promise<void> {
    const number = random.maybe([...this.#states.keys(), ...this.#offered])
    if (number === undefined) return
    const isHeld = this.#states.has(number)
    const message = this.#message('DELETE', pathOf(number))
    const answer = await this.#ask(message, 'api')
    this.#expect(message, answer, isHeld ? 200 : 404)
    const state = stateIn(answer)
    // A number with the feature `local` ends deleted in one of the dialects; a deleted one cannot be bought.
    if (isHeld && state === 'available') this.#offered.add(number)
    this.#states.delete(number)
  }

  async #list(): Promise<void> {
    const { message, numbers } = await this.#listed()
    const wanted = [...this.#states].sort().map((one) => one.join(' '))
    const found = [...numbers].map((one) => one.join(' '))
    if (found.join() !== wanted.join()) this.#fail(`the list has ${found.join()} instead of ${wanted.join()}`, message)
  }

  async #listed(): Promise<{ message: Message; numbers: Map<string, string> }> {
    const message = this.#message('GET', `${NUMBERS}?page_size=200`)
    const answer = await this.#ask(message, 'api')
    const { numbers = {} } = (parseObject(answer?.text ?? '')?.data ?? {}) as {
      numbers?: Record<string, { state: string }>
    }
    return { message, numbers: new Map(Object.entries(numbers).map(([number, { state }]) => [number, state])) }
  }

  #hold(number: string): void {
    this.#states.set(number, 'in_service')
    this.#offered.delete(number)
  }

  #expect(message: Message, answer: Answer | undefined, status: number, state?: string): void {
    if (answer === undefined) return
    if (answer.status !== status)
      this.#fail(`${answer.status} instead of ${status}: ${answer.text.slice(0, 200)}`, message)
    else if (state !== undefined && stateIn(answer) !== state)
      this.#fail(`${stateIn(answer)} instead of ${state}`, message)
  }

  #fail(what: string, message: Message): void {
    this.#client.note(`model: ${what}`, message)
  }

  #message(method: string, path: string, body?: unknown): Message {
    return jsonMessage(method, `/sandboxes/${this.#name}${path}`, body)
  }

  #ask(message: Message, form: 'api' | 'admin'): Promise<Answer | undefined> {
    return this.#client.ask(message, form)
  }
}

const pathOf = (number: string) => `${NUMBERS}/${encodeURIComponent(number)}`

function stateIn(answer: Answer | undefined): string {
  const { state } = (parseObject(answer?.text ?? '')?.data ?? {}) as { state?: unknown }
  return String(state)
}
