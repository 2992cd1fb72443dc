import type { Database, Store } from '../../db/database.js'
import { EMPTY_WORLD, FIXTURE_WORLD, type World } from '../../db/world.js'
import type { Accounts } from './accounts.js'
import { appended } from '../appended.js'
import type { Capture, Snapshot } from './capture.js'
import { AdjustableClock } from './clock.js'
import { ClientHistory } from './client-history.js'
import type { MasterStreets } from '../e911/master-streets.js'
import { Events } from './events.js'
import { Faults } from './faults.js'
import type { Fixtures } from '../state/fixtures.js'
import { createIdentifiers, type Identifiers } from './identifiers.js'
import type { Inventory } from '../inventory/inventory.js'
import { Journal, type JournalEntry, type StateChange } from '../journal/journal.js'
import type { Timings } from '../numbering/pending.js'
import { toRecordedRequest } from '../journal/recorded-request.js'
import { JournalQueries } from '../journal/queries.js'
import type { Behaviour, Sandbox } from './sandbox.js'
import type { Coverage } from '../contract/coverage.js'
import { TokenBuckets } from './token-buckets.js'

/** What all sandboxes of a process share. */
export interface SandboxDependencies {
  database: Database
  fixtures: Fixtures
  manners: Behaviour
  /** A source of Unix milliseconds. */
  milliseconds: () => number
  /** The real time, in Gregorian seconds. */
  time: () => number
  /** Where the clocks of new sandboxes stand still, in Unix milliseconds. */
  frozenAt: number | undefined
  /** Makes ids the same on every run. */
  seed: number | undefined
  /** Entries that a journal keeps. */
  journalSize: number
  /** What the clients of all sandboxes have done together. */
  tally: Coverage
}

/** A sandbox with the verbs that only its keeper may use. */
export class LiveSandbox implements Sandbox {
  readonly name: string
  readonly behaviour: Behaviour
  readonly clock: AdjustableClock
  readonly faults = new Faults()
  readonly events = new Events()
  readonly journal: Journal
  readonly requests: JournalQueries
  readonly clientHistory: ClientHistory
  accounts: Accounts
  timings: Timings
  readonly #surroundings: SandboxDependencies
  readonly #sweep: () => void
  /** What has been saved of it, by name. A reset leaves it alone. */
  readonly snapshots = new Map<string, Snapshot>()
  readonly #pauses = new Set<() => void>()
  #world: World
  #store: Store
  #buckets = new TokenBuckets()
  #identifiers: Identifiers
  #changes: StateChange[] = []

  /** `sweep` is called whenever a world has been given up. */
  constructor(name: string, surroundings: SandboxDependencies, sweep: () => void) {
    const { database, fixtures, manners, milliseconds, frozenAt, seed, journalSize } = surroundings
    this.name = name
    this.behaviour = manners
    this.clock = new AdjustableClock(milliseconds, frozenAt)
    this.journal = new Journal(journalSize)
    this.requests = new JournalQueries(this.journal, this.pause)
    this.journal.listen((entry) => {
      this.#tellOf(entry)
    })
    this.clientHistory = new ClientHistory(surroundings.tally)
    this.accounts = fixtures.accounts
    this.timings = usualTimings(manners)
    this.#surroundings = surroundings
    this.#sweep = sweep
    this.#identifiers = createIdentifiers(seed)
    this.#world = database.worlds.named(name) ?? this.#emptyWorld(FIXTURE_WORLD)
    this.#store = this.#open()
    this.resetClock()
    this.resetFaults('fixtures')
  }

  get store(): Store {
    return this.#store
  }

  get buckets(): TokenBuckets {
    return this.#buckets
  }

  get identifiers(): Identifiers {
    return this.#identifiers
  }

  get inventory(): Inventory {
    return this.#surroundings.fixtures.stock()
  }

  get streets(): MasterStreets {
    const { database, fixtures } = this.#surroundings
    return database.streets(() => fixtures.streets())
  }

  readonly transaction = <Result>(work: () => Result): Result => {
    const before = this.#changes.length
    try {
      return this.#surroundings.database.transaction(work)
    } catch (error) {
      // What is rolled back has not happened.
      this.#changes.length = before
      throw error
    }
  }

  readonly pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        this.#pauses.delete(end)
        signal?.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      this.#pauses.add(end)
      signal?.addEventListener('abort', end)
    })

  takeChanges(): readonly StateChange[] {
    const changes = this.#changes
    if (changes.length === 0) return []
    this.#changes = []
    for (const change of changes) this.events.tell(() => ({ type: 'change', data: change }))
    return changes
  }

  /** Ends every pause at once. */
  release(): void {
    for (const end of this.#pauses) end()
  }

  /** Back to the fixtures, or to nothing: as it was made, whatever has been done to it. */
  reset(to: 'fixtures' | 'empty'): void {
    this.release()
    this.resetNumbers(to)
    this.accounts = this.#surroundings.fixtures.accounts
    this.#identifiers = createIdentifiers(this.#surroundings.seed)
    this.#buckets = new TokenBuckets()
    this.resetClock()
    this.resetFaults(to)
    this.timings = usualTimings(this.behaviour)
    this.journal.clear()
    this.events.tell(() => ({ type: 'reset', data: { parts: ['everything'], to } }))
  }

  /** A new world in the place of the old one. */
  resetNumbers(to: 'fixtures' | 'empty'): void {
    this.#enter(this.#emptyWorld(to === 'fixtures' ? FIXTURE_WORLD : EMPTY_WORLD))
  }

  /** The rules that the seeds gave it, if they did. */
  resetFaults(to: 'fixtures' | 'empty'): void {
    this.faults.restore(to === 'fixtures' ? this.#surroundings.fixtures.seed.faults : [])
  }

  /** The clock that the settings, else the seeds gave it. */
  resetClock(): void {
    const { frozenAt, fixtures } = this.#surroundings
    this.clock.reset()
    if (frozenAt === undefined && fixtures.seed.clock !== undefined) this.clock.restore(fixtures.seed.clock)
  }

  /** All that it holds. The world is its own and goes on changing. */
  view(): Capture {
    const { clock, faults, accounts } = this
    return {
      world: this.#world,
      store: this.#store,
      accounts,
      clock: clock.state,
      faults: faults.rules.map((rule) => ({ ...rule }))
    }
  }

  /** All that it holds, so that nothing changes it any more. Costs what differs from the fixtures. */
  capture(): Capture {
    return { ...this.view(), ...this.#copyOf(this.#world) }
  }

  /** Holds from now on what a capture holds, which stays as it is. Ids go on, so that no token is issued twice. */
  restore(capture: Capture): void {
    this.become({ ...capture, ...this.#copyOf(capture.world) })
  }

  /** Holds from now on what a capture holds; its world becomes the sandbox's own. */
  become({ world, accounts, clock, faults }: Capture): void {
    this.release()
    this.#enter(world)
    this.accounts = accounts
    this.#buckets = new TokenBuckets()
    this.clock.restore(clock)
    this.faults.restore(faults)
  }

  /** A world apart, over nothing, with what `fill` writes; nothing is kept of it where that throws. */
  newWorld(fill: (store: Store) => void): Pick<Capture, 'world' | 'store'> {
    const { database } = this.#surroundings
    const world = this.#emptyWorld(EMPTY_WORLD)
    const store = database.storeOf(world)
    database.transaction(() => {
      fill(store)
    })
    return { world, store }
  }

  /** Gives the world of a capture up. */
  abandon({ world }: Capture): void {
    this.#surroundings.database.worlds.abandon(world.id)
    this.#sweep()
  }

  /** The accounts of the fixtures. */
  get initialAccounts(): Accounts {
    return this.#surroundings.fixtures.accounts
  }

  /** Lets go of everybody who waits or listens. */
  dismiss(): void {
    this.release()
    this.events.end()
  }

  /** Gives everything up. */
  end(): void {
    const { worlds } = this.#surroundings.database
    this.dismiss()
    worlds.abandon(this.#world.id)
    this.#sweep()
    for (const snapshot of this.snapshots.values()) this.abandon(snapshot)
    worlds.forget(this.name)
  }

  #emptyWorld(base: number): World {
    return { id: this.#surroundings.database.worlds.create(), base }
  }

  #copyOf({ id, base }: World): Pick<Capture, 'world' | 'store'> {
    const { database } = this.#surroundings
    const world = this.#emptyWorld(base)
    database.transaction(() => {
      database.worlds.copy(id, world.id)
    })
    return { world, store: database.storeOf(world) }
  }

  #enter(world: World): void {
    this.#surroundings.database.worlds.abandon(this.#world.id)
    this.#sweep()
    this.#world = world
    this.#store = this.#open()
    this.#changes = []
    this.clientHistory.forget()
  }

  #tellOf(entry: JournalEntry): void {
    if (this.events.listeners === 0) return
    const { id, fault } = entry
    if (fault !== undefined) this.events.tell(() => ({ type: 'fault', data: { name: fault, request: id } }))
    this.events.tell(() => ({ type: 'request', data: toRecordedRequest(entry) }))
  }

  #open(): Store {
    const { worlds, storeOf } = this.#surroundings.database
    worlds.name(this.name, this.#world)
    return storeOf(this.#world, (e164, from, to) => {
      this.#changes = appended(this.#changes, { e164, from, to })
    })
  }
}

/** A port takes until somebody says that it is done, as with the real service; ageing takes what the settings say. */
function usualTimings({ agingSeconds }: Behaviour): Timings {
  return {
    e911: 'immediate',
    port_in: 'held',
    aging: agingSeconds === 0 ? 'immediate' : { after_seconds: agingSeconds }
  }
}
