import { isDeepStrictEqual } from 'node:util'
import type { Database } from '../../db/database.js'
import { EMPTY_WORLD, FIXTURE_WORLD } from '../../db/world.js'
import type { Fixtures, NumberFixture } from '../state/fixtures.js'
import { LiveSandbox, type SandboxDependencies } from './live-sandbox.js'
import { fill, fromFixture } from '../state/rows.js'
import { NO_SEED } from '../state/seed.js'
import type { Coverage } from '../contract/coverage.js'

/** The sandbox of those who name none. */
export const DEFAULT_SANDBOX = 'default'

/** Names that a path and a header can carry as they are. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

export function isSandboxName(name: string): boolean {
  return NAME.test(name)
}

/** The sandboxes of a process, by name; the default one is always there. */
export class Sandboxes {
  readonly default: LiveSandbox
  /** Those that the limit has pushed out so far. */
  dropped = 0
  readonly #surroundings: SandboxDependencies
  readonly #limit: number
  readonly #onDrop: (name: string) => void
  /** In the order of their last use. */
  readonly #named = new Map<string, LiveSandbox>()
  #isSweeping = false

  /** Keeps at most `limit` sandboxes beside the default one; `onDrop` hears which one went to make room. */
  constructor(surroundings: SandboxDependencies, limit: number, onDrop: (name: string) => void) {
    this.#surroundings = surroundings
    this.#limit = limit
    this.#onDrop = onDrop
    loadFixtureWorld(surroundings.database, surroundings.fixtures, surroundings.time())
    this.default = this.#make(DEFAULT_SANDBOX)
    for (const name of surroundings.database.worlds.names()) this.obtain(name)
    // A file may still hold what the last process gave up.
    this.#sweep()
  }

  /** The sandbox of that name, made where there is none. The name must be one (`isSandboxName`). */
  obtain(name: string): LiveSandbox {
    if (name === DEFAULT_SANDBOX) return this.default
    const known = this.#named.get(name)
    const sandbox = known ?? this.#make(name)
    // Deleting first keeps the order of the map the order of use.
    if (known !== undefined) this.#named.delete(name)
    this.#named.set(name, sandbox)
    if (known === undefined) this.#makeRoom()
    return sandbox
  }

  find(name: string): LiveSandbox | undefined {
    return name === DEFAULT_SANDBOX ? this.default : this.#named.get(name)
  }

  /** What the clients of all sandboxes have done, those that are gone included. */
  get tally(): Coverage {
    return this.#surroundings.tally
  }

  list(): LiveSandbox[] {
    return [this.default, ...this.#named.values()]
  }

  /** Puts a sandbox back to the fixtures, or to nothing. What it held is swept away in the pauses between requests. */
  reset(sandbox: LiveSandbox, to: 'fixtures' | 'empty' = 'fixtures'): void {
    sandbox.reset(to)
  }

  /** Ends a sandbox. Returns whether there was one; the default one stays. */
  drop(name: string): boolean {
    const sandbox = this.#named.get(name)
    if (sandbox === undefined) return false
    this.#named.delete(name)
    sandbox.end()
    return true
  }

  /** Ends whatever makes a client wait or listen. */
  release(): void {
    for (const sandbox of this.list()) sandbox.dismiss()
  }

  close(): void {
    this.#surroundings.database.close()
  }

  #make(name: string): LiveSandbox {
    return new LiveSandbox(name, this.#surroundings, this.#sweep)
  }

  /** Sweeps given-up rows away, a few at a time. */
  readonly #sweep = (): void => {
    if (this.#isSweeping) return
    this.#isSweeping = true
    const { database } = this.#surroundings
    setImmediate(() => {
      this.#isSweeping = false
      if (database.isOpen() && database.worlds.sweep()) this.#sweep()
    })
  }

  #makeRoom(): void {
    const [oldest] = this.#named.keys()
    if (this.#named.size <= this.#limit || oldest === undefined) return
    this.drop(oldest)
    this.dropped++
    this.#onDrop(oldest)
  }
}

/**
 * `now` is in Gregorian seconds: when numbers are made that do not say when they were. Where a file has these fixtures
 * from an earlier start, they stay as they are.
 */
function loadFixtureWorld({ worlds, storeOf, transaction }: Database, fixtures: Fixtures, now: number): void {
  const store = storeOf({ id: FIXTURE_WORLD, base: EMPTY_WORLD })
  const isLoaded = (row: NumberFixture) => {
    const stored = store.numbers.find(row.e164)
    return stored !== undefined && isDeepStrictEqual(stored, fromFixture(row, stored.createdAt))
  }
  const recorded = store.numbers.recordedIn({ from: '' }).length
  if (fixtures.seed === NO_SEED && recorded === fixtures.numbers.length && fixtures.numbers.every(isLoaded)) return
  transaction(() => {
    worlds.empty(FIXTURE_WORLD)
    fill(store, { ...fixtures.seed, numbers: fixtures.numbers }, now)
    worlds.recount(FIXTURE_WORLD)
  })
}
