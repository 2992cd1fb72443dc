import type { DatabaseError } from '../../db/connection.js'
import type { Coverage } from '../contract/coverage.js'
import { Problem } from '../problems.js'
import type { SettingsChange } from './own-settings.js'
import { Sandbox, type SandboxDeps } from './sandbox.js'

/** The name of the sandbox for requests that name none. */
export const DEFAULT_SANDBOX = 'default'

/** Names that a path, a header and a file can carry as they are. */
const SANDBOX_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

export function isSandboxName(name: string): boolean {
  return SANDBOX_NAME.test(name)
}

/** How many dropped sandboxes are remembered, so that the next request that names one can be told. */
const MAX_DROPPED_NAMES = 1_000

/** What the process hears of its sandboxes. */
export interface SandboxListener {
  /** A sandbox was dropped to make room. */
  dropped: (name: string) => void
  /** The database of a sandbox cannot be opened, or not be deleted. */
  unusable: (name: string, error: DatabaseError) => void
}

/** The sandboxes of a process, by name; the default one is always there. */
export class Sandboxes {
  readonly default: Sandbox
  /** Those that the limit has pushed out so far. */
  dropped = 0
  readonly #deps: SandboxDeps
  readonly #limit: number
  readonly #listener: SandboxListener
  /** In the order of their last use. */
  readonly #named = new Map<string, Sandbox>()
  /** The last names that the limit has pushed out and that no request has named since. */
  readonly #droppedNames = new Set<string>()

  /** Keeps at most `limit` sandboxes beside the default one. Throws a DatabaseError where the default one cannot be opened. */
  constructor(deps: SandboxDeps, limit: number, listener: SandboxListener) {
    this.#deps = deps
    this.#limit = limit
    this.#listener = listener
    this.default = this.#createDefault()
    for (const name of deps.databases.names.filter(isSandboxName)) this.#restore(name)
  }

  /**
   * Returns the sandbox of that name, which has to be one (`isSandboxName`). Makes it with these settings of its own where there is
   * none. Throws a Problem where its database cannot be opened, or there is no room for it.
   */
  obtain(name: string, settings: SettingsChange = {}): Sandbox {
    if (name === DEFAULT_SANDBOX) return this.default
    const sandbox = this.#named.get(name) ?? this.#create(name, settings)
    // Deleting first keeps the order of the map the order of use.
    this.#named.delete(name)
    this.#named.set(name, sandbox)
    return sandbox
  }

  find(name: string): Sandbox | undefined {
    return name === DEFAULT_SANDBOX ? this.default : this.#named.get(name)
  }

  /** What the clients of all sandboxes have done, dropped ones included. */
  get coverage(): Coverage {
    return this.#deps.coverage
  }

  list(): Sandbox[] {
    return [this.default, ...this.#named.values()]
  }

  /**
   * Destroys a sandbox, and deletes its file even if that cannot be opened. Returns whether there was one; the default one stays. Throws
   * a DatabaseError where the file cannot be deleted.
   */
  drop(name: string): boolean {
    const sandbox = this.#named.get(name)
    this.#named.delete(name)
    sandbox?.destroy()
    return this.#deps.databases.delete(name) || sandbox !== undefined
  }

  /** Ends all that makes a client wait or listen. */
  closeStreams(): void {
    for (const sandbox of this.list()) sandbox.closeStreams()
  }

  /** Closes the databases; files stay. */
  close(): void {
    for (const sandbox of this.list()) sandbox.destroy()
    this.#deps.databases.unlock()
  }

  #createDefault(): Sandbox {
    try {
      return new Sandbox(DEFAULT_SANDBOX, undefined, this.#deps)
    } catch (error) {
      this.#deps.databases.unlock()
      throw error
    }
  }

  /** Opens the sandbox of a file. */
  #restore(name: string): void {
    try {
      this.obtain(name)
    } catch {
      // It has been logged, and fails in its own requests instead of at the start.
    }
  }

  #create(name: string, settings: SettingsChange): Sandbox {
    const leaving = this.#chooseLeaving()
    try {
      const sandbox = new Sandbox(name, name, this.#deps, settings)
      sandbox.isReplacement = this.#droppedNames.delete(name)
      if (leaving !== undefined) this.#dropForRoom(leaving.name)
      return sandbox
    } catch (error) {
      // Opening a database throws nothing else.
      const unusable = error as DatabaseError
      this.#listener.unusable(name, unusable)
      throw new Problem('sandbox_unusable', name, unusable.reason)
    }
  }

  /** The sandbox that makes room for one more: of those in which no client waits, the one that was used least recently. */
  #chooseLeaving(): Sandbox | undefined {
    if (this.#named.size < this.#limit) return undefined
    for (const sandbox of this.#named.values()) if (!sandbox.isAwaited) return sandbox
    throw new Problem('sandboxes_awaited', this.#limit)
  }

  #dropForRoom(name: string): void {
    try {
      this.drop(name)
    } catch (error) {
      // The request that needs the room is for another sandbox.
      this.#listener.unusable(name, error as DatabaseError)
    }
    this.dropped++
    this.#listener.dropped(name)
    this.#droppedNames.add(name)
    const [earliest] = this.#droppedNames
    if (this.#droppedNames.size > MAX_DROPPED_NAMES && earliest !== undefined) this.#droppedNames.delete(earliest)
  }
}
