import type { Coverage } from '../contract/coverage.js'
import { Sandbox, type SandboxDeps } from './sandbox.js'

/** The name of the sandbox for requests that name none. */
export const DEFAULT_SANDBOX = 'default'

/** Names that a path, a header and a file can carry as they are. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

export function isSandboxName(name: string): boolean {
  return NAME.test(name)
}

/** The sandboxes of a process, by name; the default one is always there. */
export class Sandboxes {
  readonly default: Sandbox
  /** Those that the limit has pushed out so far. */
  dropped = 0
  readonly #deps: SandboxDeps
  readonly #limit: number
  readonly #onDrop: (name: string) => void
  /** In the order of their last use. */
  readonly #named = new Map<string, Sandbox>()

  /** Keeps at most `limit` sandboxes beside the default one; `onDrop` hears which one went to make room. */
  constructor(deps: SandboxDeps, limit: number, onDrop: (name: string) => void) {
    this.#deps = deps
    this.#limit = limit
    this.#onDrop = onDrop
    this.default = new Sandbox(DEFAULT_SANDBOX, undefined, deps)
    for (const name of deps.databases.names()) this.obtain(name)
  }

  /** The sandbox of that name, made where there is none. The name must be one (`isSandboxName`). */
  obtain(name: string): Sandbox {
    if (name === DEFAULT_SANDBOX) return this.default
    const known = this.#named.get(name)
    const sandbox = known ?? new Sandbox(name, name, this.#deps)
    // Deleting first keeps the order of the map the order of use.
    this.#named.delete(name)
    this.#named.set(name, sandbox)
    if (known === undefined) this.#makeRoom()
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

  /** Destroys a sandbox. Returns whether there was one; the default one stays. */
  drop(name: string): boolean {
    const sandbox = this.#named.get(name)
    if (sandbox === undefined) return false
    this.#named.delete(name)
    sandbox.destroy()
    this.#deps.databases.delete(name)
    return true
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

  #makeRoom(): void {
    const [oldest] = this.#named.keys()
    if (this.#named.size <= this.#limit || oldest === undefined) return
    this.drop(oldest)
    this.dropped++
    this.#onDrop(oldest)
  }
}
