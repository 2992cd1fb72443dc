import { parseOrKeep } from '../json.js'
import { redactResponse } from '../journal/redaction.js'
import type { App } from '../api/app-type.js'
import { learn, prepare } from '../records/learn.js'
import type { Emulated, RecordEntry } from '../records/record.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { Passed } from './pass-on.js'

/** The headers of a request that the emulator reads. Others are about the connection, or ask the emulator for a fault. */
const READ_HEADERS = ['accept', 'authorization', 'content-type', 'x-auth-token', 'x-request-id'] as const

/** An emulator beside the service: it gets every request that passes, in the state that the answers have shown so far. */
export class Shadow {
  readonly #app: App
  readonly #sandbox: Sandbox
  /** Ends when the requests before are played: one after the other, as their answers came. */
  #last: Promise<unknown> = Promise.resolve()

  /** `app` has to answer for `sandbox`. */
  constructor(app: App, sandbox: Sandbox) {
    this.#app = app
    this.#sandbox = sandbox
  }

  /** Tells what the emulator answers to a request in the same state, as far as that is known; then it learns from the answer. */
  readonly emulate = (passed: Passed, entry: RecordEntry): Promise<Emulated> => {
    const emulated = this.#last.then(() => this.#play(passed, entry))
    this.#last = emulated.catch(() => undefined)
    return emulated
  }

  async #play(passed: Passed, entry: RecordEntry): Promise<Emulated> {
    const unknown = await prepare(this.#sandbox, entry)
    const emulated = unknown === undefined ? await this.#ask(passed) : { unknown }
    await learn(this.#sandbox, entry)
    return emulated
  }

  async #ask({ sent: { method, url, body }, entry: { headers } }: Passed): Promise<Emulated> {
    const read = READ_HEADERS.flatMap((name) =>
      headers[name] === undefined ? [] : [[name, String(headers[name])] as const]
    )
    const injection = { method: method as 'GET', url, headers: Object.fromEntries<string>(read), payload: body }
    const response = await this.#app.inject(injection)
    const text = redactResponse(response.payload, url, body.toString())
    return { status: response.statusCode, body: parseOrKeep(text) }
  }
}
