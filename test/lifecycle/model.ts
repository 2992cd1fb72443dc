import type { DialectName } from '../../src/dialect.js'
import { type AccountName, ACCOUNTS } from '../harness/calls.js'

/**
 * A second opinion on the life of a number: the rules of the reference implementation, written down anew as
 * plain ifs, so that the emulator's tables have something to be compared with. Accounts have names here.
 */
interface Line {
  state: string
  owner: AccountName | null
  carrier: 'local' | 'external'
  history: AccountName[]
  note: number | undefined
}

const PARENTS: Readonly<Record<AccountName, AccountName | null>> = {
  master: null,
  reseller: 'master',
  demo: 'reseller',
  child: 'demo',
  stranger: 'reseller',
  'no-additions': 'reseller'
}

/** A request about one number. */
export interface Asked {
  as: AccountName
  on: AccountName
  verb: 'create' | 'port' | 'activate' | 'reserve' | 'post' | 'patch' | 'release' | 'hard' | 'get' | 'identify'
  /** `create_with_state`. */
  into?: string | undefined
  /** A field of the user's. */
  note?: number | undefined
}

/** Short names of failures are those of the tables; a success is the state that it shows. */
export class Model {
  readonly #lines = new Map<string, Line>()
  readonly #offered = new Set<string>()
  readonly #dialect: DialectName

  constructor(dialect: DialectName) {
    this.#dialect = dialect
  }

  /** The numbers of the model, in the words of the emulator's records. */
  get records(): unknown[] {
    return [...this.#lines]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([e164, { state, owner, carrier, history, note }]) => ({
        e164,
        state,
        owner: owner === null ? null : ACCOUNTS[owner],
        carrier,
        history: history.map((name) => ACCOUNTS[name]),
        note
      }))
  }

  /** Another model that has come to the same. */
  copy(): Model {
    const copy = new Model(this.#dialect)
    for (const [e164, line] of this.#lines) copy.#lines.set(e164, { ...line })
    for (const e164 of this.#offered) copy.#offered.add(e164)
    return copy
  }

  search(e164: string): void {
    if (!this.#lines.has(e164)) this.#offered.add(e164)
  }

  ask(e164: string, asked: Asked): string {
    if (!within(asked.as, asked.on) && asked.as !== 'master') return '403 account'
    const line = this.#lines.get(e164)
    switch (asked.verb) {
      case 'create':
      case 'port':
        return this.#create(e164, line, asked)
      case 'activate':
        return this.#activate(e164, line, asked)
      case 'reserve':
        return this.#reserve(line, asked)
      case 'post':
      case 'patch':
        return this.#update(line, asked)
      case 'release':
      case 'hard':
        return this.#release(e164, line, asked)
      case 'get':
        if (line === undefined || !this.#sees(line, asked)) return '404'
        return line.state
      case 'identify':
        if (line === undefined) return '404'
        if (line.owner === null) return '400 unassigned'
        return ['in_service', 'reserved', 'port_in'].includes(line.state) ? '200' : '400 not_in_service'
    }
  }

  #create(e164: string, line: Line | undefined, { as, on, verb, into, note }: Asked): string {
    if (line !== undefined && !fetches(line, as, on)) return '403'
    const target = verb === 'port' ? 'port_in' : (into ?? 'in_service')
    const additions = as === 'master' ? ['aging', 'available'] : []
    if (as !== 'no-additions') additions.push('in_service', 'reserved')
    if (target !== 'port_in' && !additions.includes(target)) return '403 state'
    if (line !== undefined) {
      if (!['available', 'aging', 'port_in'].includes(line.state)) return '409'
      const isFree = line.state !== 'port_in'
      const asksNobody = target === 'port_in' || (target === 'in_service' && into === undefined && isFree)
      if (target === 'reserved' && line.owner === on) return '400 no change'
      const isHere = target === 'in_service' && line.owner === on
      if (!asksNobody && !isHere && !owns(line, as, on)) return '403'
    }
    const before = line ?? { owner: null, carrier: 'local', history: [] }
    const owner = target === 'available' ? before.owner : on
    const history = target === 'reserved' ? pushed(before.history, on) : before.history
    this.#lines.set(e164, { ...before, state: target, owner, history, note })
    return target
  }

  #activate(e164: string, line: Line | undefined, { as, on, note }: Asked): string {
    if (line === undefined && !this.#offered.has(e164)) return this.#dialect === 'oneuc' ? '500' : '404'
    if (line !== undefined) {
      if (!fetches(line, as, on)) return '403'
      if (line.state === 'released') return '400 from released to in_service'
    }
    const before = line ?? { carrier: 'external', history: [] }
    this.#lines.set(e164, { ...before, state: 'in_service', owner: on, note })
    return 'in_service'
  }

  #reserve(line: Line | undefined, { as, on }: Asked): string {
    if (line === undefined) return '404'
    if (!fetches(line, as, on)) return '403'
    if (line.state === 'aging' || line.state === 'port_in') return `400 from ${line.state} to reserved`
    if (line.state === 'reserved' && line.owner === on) return '400 no change'
    if (!owns(line, as, on)) return '403'
    Object.assign(line, { state: 'reserved', owner: on, history: pushed(line.history, on) })
    return 'reserved'
  }

  #update(line: Line | undefined, { as, on, verb, note }: Asked): string {
    if (line === undefined) return '404'
    if (!fetches(line, as, on)) return '403'
    if (verb === 'post' || note !== undefined) line.note = note
    return line.state
  }

  #release(e164: string, line: Line | undefined, { as, on, verb }: Asked): string {
    if (line === undefined) return '404'
    if (this.#dialect === 'oneuc') {
      if (line.owner === null || !within(on, line.owner)) return '404'
    }
    if (!fetches(line, as, undefined)) return '403'
    if (verb === 'hard' && as === 'master') return this.#delete(e164)
    const isAlways = ['reserved', 'in_service', 'port_in'].includes(line.state)
    if (!isAlways && line.carrier !== 'local') return `400 from ${line.state} to available`
    if (!owns(line, as, undefined)) return '403'
    const [, previous, ...earlier] = line.history
    if (previous !== undefined) {
      Object.assign(line, { state: 'reserved', owner: previous, history: [previous, ...earlier], note: undefined })
      return 'reserved'
    }
    if (line.carrier === 'local' && this.#dialect === 'kazoo-4.3') return this.#delete(e164)
    Object.assign(line, { state: 'available', owner: null, history: [], note: undefined })
    return 'available'
  }

  #delete(e164: string): string {
    this.#lines.delete(e164)
    return 'deleted'
  }

  #sees(line: Line, { as, on }: Asked): boolean {
    if (this.#dialect === 'oneuc' && (line.owner === null || !within(on, line.owner))) return false
    return fetches(line, as, undefined)
  }
}

/** Whether `account` is `ancestor` or below it. */
function within(ancestor: AccountName, account: AccountName): boolean {
  const parent = PARENTS[account]
  return account === ancestor || (parent !== null && within(ancestor, parent))
}

function owns({ owner }: Line, as: AccountName, on: AccountName | undefined): boolean {
  const account = owner ?? on
  return as === 'master' || (account !== undefined && within(as, account))
}

function fetches(line: Line, as: AccountName, on: AccountName | undefined): boolean {
  const isReservedAbove = line.state === 'reserved' && line.owner !== null && within(line.owner, as)
  return line.state === 'available' || owns(line, as, on) || isReservedAbove
}

function pushed(history: AccountName[], account: AccountName): AccountName[] {
  return history[0] === account ? history : [account, ...history]
}
