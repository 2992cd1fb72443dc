import { NO_ROWS, serializeRows, type Database } from '../../db/database.js'
import type { Databases } from '../../db/databases.js'
import type { Coverage } from '../contract/coverage.js'
import type { MasterStreets } from '../e911/master-streets.js'
import type { Inventory } from '../inventory/inventory.js'
import type { ByteBudget } from '../journal/byte-budget.js'
import type { StateChange } from '../journal/journal-entry.js'
import type { Journal, Journals } from '../journal/journal.js'
import { JournalQueries } from '../journal/queries.js'
import { defaultDelays, type DelaySettings } from '../numbering/delays.js'
import { Problem } from '../problems.js'
import { awaitTurn, clearTimeout, setTimeout } from '../turns/timers.js'
import type { Accounts } from './accounts.js'
import { behaviourOf, type Behaviour } from './behaviour.js'
import { ClientHistory } from './client-history.js'
import { AdjustableClock } from './clock.js'
import type { Resettable, ResetTarget } from './event.js'
import { Events } from './events.js'
import { Faults } from './faults.js'
import { createIdentifiers, type Identifiers } from './identifiers.js'
import type { InitialState } from './initial-state.js'
import type { OwnDelays } from './own-delays.js'
import { changeSettings, type OwnSettingName, type OwnSettings, type SettingsChange } from './own-settings.js'
import type { SandboxState, Snapshot } from './sandbox-state.js'
import { TokenBuckets } from './token-buckets.js'

/** What all sandboxes of a process share. */
export interface SandboxDeps {
  databases: Databases
  initialState: InitialState
  inventory: () => Inventory
  streets: () => MasterStreets
  /** What the settings of the process say. */
  behaviour: Behaviour
  /** A source of Unix milliseconds. */
  milliseconds: () => number
  /** Where the clocks of new sandboxes stand still, in Unix milliseconds. */
  frozenAt: number | undefined
  journals: Journals
  eventBudget: ByteBudget
  /** What the clients of all sandboxes have done together. */
  coverage: Coverage
}

/**
 * One isolated emulator: everything that a request can read or change belongs to it, so that a reset is one step and cannot forget
 * anything.
 */
export class Sandbox {
  readonly name: string
  readonly clock: AdjustableClock
  readonly faults = new Faults()
  readonly events: Events
  readonly journal: Journal
  readonly requests: JournalQueries
  readonly clientHistory: ClientHistory
  /** What has been saved of it in memory, by name. A reset leaves it alone. */
  readonly snapshots = new Map<string, Snapshot>()
  /** Whether it took the place of one that was dropped to make room, and no request to the API has been told. */
  isReplacement = false
  /** Grows with every reset and load, so that a request that has waited can tell that its numbers are gone. */
  generation = 0
  accounts: Accounts
  /** How long changes take from now on, where a test has set it. */
  ownDelays: OwnDelays
  readonly #deps: SandboxDeps
  readonly #store: Database
  #settings: OwnSettings
  #behaviour: Behaviour
  readonly #pauses = new Set<(problem?: Problem) => void>()
  #buckets = new TokenBuckets()
  #identifiers: Identifiers
  /** The seed of the ids. */
  #seed: number | undefined
  #changes: StateChange[] = []
  #isDestroyed = false

  /** Opens the database of a named sandbox, or that of the default one, which has no name there. */
  constructor(name: string, databaseName: string | undefined, deps: SandboxDeps, settings: SettingsChange = {}) {
    const { databases, initialState } = deps
    this.name = name
    this.#settings = changeSettings(initialState.settings, settings)
    this.#behaviour = behaviourOf(deps.behaviour, this.#settings)
    this.clock = new AdjustableClock(deps.milliseconds, deps.frozenAt)
    this.events = new Events(deps.eventBudget, deps.milliseconds)
    this.journal = deps.journals.open()
    this.requests = new JournalQueries(this.journal, this.pause, deps.journals.slices)
    this.journal.listen((entry) => {
      this.events.emitRequest(entry)
    })
    this.clientHistory = new ClientHistory(deps.coverage)
    this.accounts = initialState.accounts
    this.ownDelays = initialState.ownDelays
    this.#deps = deps
    this.#seed = this.behaviour.randomSeed
    this.#identifiers = createIdentifiers(this.#seed)
    this.#store = databases.open(databaseName, (e164, from, to) => {
      this.#changes.push({ e164, from, to })
    })
    this.#changes = []
    this.#resetClock()
    this.#resetFaults('fixtures')
  }

  /** The database. Throws a Problem once the sandbox is dropped, which a request may learn that has waited. */
  get store(): Database {
    if (this.#isDestroyed) throw new Problem('sandbox_dropped', this.name)
    return this.#store
  }

  /** Whether a client waits in it, or listens to its events. */
  get isAwaited(): boolean {
    return this.#pauses.size > 0 || this.events.listeners > 0
  }

  /** How long each change that takes its time takes, from now on. */
  get delaySettings(): DelaySettings {
    return { ...defaultDelays(this.behaviour.agingSeconds), ...this.ownDelays }
  }

  get buckets(): TokenBuckets {
    return this.#buckets
  }

  get identifiers(): Identifiers {
    return this.#identifiers
  }

  get inventory(): Inventory {
    return this.#deps.inventory()
  }

  get streets(): MasterStreets {
    return this.#deps.streets()
  }

  /** What a reset goes back to. */
  get initialState(): InitialState {
    return this.#deps.initialState
  }

  /** How it answers: as the process does, except for its own settings. */
  get behaviour(): Behaviour {
    return this.#behaviour
  }

  /** The settings that it has of its own. A reset keeps them. */
  get settings(): OwnSettings {
    return this.#settings
  }

  /** The settings that take effect with the next reset: ids go on until then, so that no token is issued twice. */
  get pendingSettings(): OwnSettingName[] {
    return this.#seed === this.#behaviour.randomSeed ? [] : ['random_seed']
  }

  /** Changes settings of its own; null makes one that of the process again. */
  configure(change: SettingsChange): void {
    this.#settings = changeSettings(this.#settings, change)
    this.#behaviour = behaviourOf(this.#deps.behaviour, this.#settings)
    if (change.rate_limit !== undefined) this.#buckets = new TokenBuckets()
  }

  /** Keeps all of what `work` writes, or none of it where it throws. */
  readonly transaction = <Result>(work: () => Result): Result => {
    const before = this.#changes.length
    try {
      return this.store.transaction(work)
    } catch (error) {
      // Changes that are rolled back have not happened.
      this.#changes.length = before
      throw error
    }
  }

  /**
   * Resolves after so many milliseconds, or at once when the sandbox is reset, or `signal` says so. Rejects with a Problem when the
   * sandbox is dropped or the process stops: what waits has nothing left to work on.
   */
  readonly pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (problem?: unknown) => {
        clearTimeout(timer)
        this.#pauses.delete(end)
        signal?.removeEventListener('abort', end)
        if (problem instanceof Problem) reject(problem)
        else resolve()
      }
      const timer = setTimeout(end, milliseconds)
      this.#pauses.add(end)
      signal?.addEventListener('abort', end)
    })

  /** Lets other requests have their turn in the midst of long work. Throws a Problem where the sandbox is dropped meanwhile. */
  readonly takeTurn = async (): Promise<void> => {
    await awaitTurn()
    if (this.#isDestroyed) throw new Problem('sandbox_dropped', this.name)
  }

  /** Returns the changes of numbers since it was last called, and tells listeners of them. */
  drainChanges(): readonly StateChange[] {
    const changes = this.#changes
    this.#changes = []
    for (const change of changes) this.events.emit({ type: 'change', data: change })
    return changes
  }

  /** Ends every pause at once. */
  cancelDelays(): void {
    for (const end of this.#pauses) end()
  }

  /** Puts everything back to the fixtures, or to nothing. */
  reset(to: ResetTarget = 'fixtures'): void {
    // The only step that can fail comes first, so that no reset is half done.
    this.#resetStore(to)
    this.cancelDelays()
    this.accounts = this.initialState.accounts
    this.#seed = this.behaviour.randomSeed
    this.#identifiers = createIdentifiers(this.#seed)
    this.#buckets = new TokenBuckets()
    this.#resetClock()
    this.#resetFaults(to)
    this.ownDelays = to === 'fixtures' ? this.initialState.ownDelays : {}
    this.isReplacement = false
    this.journal.clear()
    this.events.emit({ type: 'reset', data: { parts: ['everything'], to } })
  }

  /** Puts some parts back, and leaves the others as they are. */
  resetParts(parts: readonly Resettable[], to: ResetTarget): void {
    if (parts.includes('numbers')) this.#resetStore(to)
    if (parts.includes('faults')) this.#resetFaults(to)
    if (parts.includes('requests')) this.journal.clear()
    if (parts.includes('clock')) this.#resetClock()
    this.events.emit({ type: 'reset', data: { parts, to } })
  }

  /** Puts a state in the place of all that the sandbox holds. Ids go on, so that no token is issued twice. */
  load({ database, accounts, clock, faults, ownDelays, settings }: SandboxState): void {
    this.#replaceStore(database)
    this.cancelDelays()
    this.accounts = accounts
    this.#buckets = new TokenBuckets()
    this.clock.restore(clock)
    this.faults.restore(faults)
    this.ownDelays = ownDelays
    this.#settings = settings
    this.#behaviour = behaviourOf(this.#deps.behaviour, settings)
    this.events.emit({ type: 'reset', data: { parts: ['numbers', 'faults', 'clock'], to: 'state' } })
  }

  /** Ends all pauses, and the streams of those who listen. */
  closeStreams(): void {
    const problem = new Problem('sandbox_dropped', this.name)
    for (const end of this.#pauses) end(problem)
    this.events.close()
  }

  /** Ends everything and closes the database. */
  destroy(): void {
    this.closeStreams()
    this.journal.close()
    this.clientHistory.close()
    this.#isDestroyed = true
    this.#store.close()
  }

  #resetStore(to: ResetTarget): void {
    this.#replaceStore(to === 'fixtures' ? this.#deps.databases.initial() : serializeRows(NO_ROWS))
  }

  #replaceStore(database: Buffer): void {
    this.store.replace(database)
    this.generation++
    this.#changes = []
    this.clientHistory.clear()
  }

  /** Back to the rules of the initial state. */
  #resetFaults(to: ResetTarget): void {
    this.faults.restore(to === 'fixtures' ? this.#deps.initialState.faults : [])
  }

  /** Back to the clock of the settings, else to that of the initial state. */
  #resetClock(): void {
    const { frozenAt, initialState } = this.#deps
    this.clock.reset()
    if (frozenAt === undefined && initialState.clock !== undefined) this.clock.restore(initialState.clock)
  }
}
