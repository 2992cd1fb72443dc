import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from '../logger.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { App } from '../api/app-type.js'
import { failureText } from '../api/envelope.js'
import { sendPlainly } from './plain-answer.js'
import { requestIdOf } from '../api/request-id.js'

/**
 * The long road: the way of a request through the framework, which is made ready for the first that needs it. Where it
 * cannot be, `sandbox` gives the envelopes that say so.
 */
export class LongRoad {
  readonly #app: () => App
  readonly #sandbox: Sandbox
  readonly #logger: Logger
  #ready: App | undefined
  #coming: Promise<App> | undefined

  constructor(app: () => App, sandbox: Sandbox, logger: Logger) {
    this.#app = app
    this.#sandbox = sandbox
    this.#logger = logger
  }

  /** Whether requests wait for the framework; whoever comes later waits behind them. */
  get isWaitedFor(): boolean {
    return this.#coming !== undefined && this.#ready === undefined
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    // Whoever comes later does not wait, so that calls are heard in the order in which they come.
    if (this.#ready !== undefined) this.#ready.routing(request, response)
    else {
      this.#coming ??= this.#make()
      this.#coming.then(
        (app) => {
          app.routing(request, response)
        },
        (error: unknown) => {
          this.#refuse(error, request, response)
        }
      )
    }
  }

  async #make(): Promise<App> {
    const app = this.#app()
    await app.ready()
    return (this.#ready = app)
  }

  /** A defect of ours, answered as any other. */
  #refuse(error: unknown, request: IncomingMessage, response: ServerResponse): void {
    this.#logger.error(error)
    const sandbox = this.#sandbox
    const requestId = requestIdOf(request, sandbox.identifiers)
    const problem = new Problem('unspecified_fault')
    const text = failureText({ sandbox, token: '', requestId }, problem)
    sendPlainly(response, { status: problem.status, requestId, text, bytes: Buffer.byteLength(text) })
  }
}
