import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { setImmediate } from '../turns/timers.js'
import type { App } from './app-type.js'

/** Answers what comes behind all requests of a connection. */
type AnswerLast = (connection: Duplex, work: () => void) => void

/** Requests of a connection that wait before no more of them are read from it. */
const MAX_WAITING_REQUESTS = 100

/**
 * Carries out the requests that a client pipelines one after the other, each once the one before it has been answered: a body
 * that is still being read would let a later request overtake it, and a client that does not read its responses would let them
 * pile up. Returns the way to answer what comes behind them all and is no request.
 */
export function keepOrder(app: App): AnswerLast {
  const order = new ConnectionOrder()
  app.addHook('onRequest', ({ raw: { socket } }, { raw: response }, done) => {
    order.queue(socket, response, done)
  })
  return (connection, work) => {
    order.end(connection, work)
  }
}

/** The requests of each connection that wait for their responses. */
class ConnectionOrder {
  readonly #unanswered = new WeakMap<Duplex, ServerResponse[]>()
  readonly #ended = new WeakSet<Duplex>()
  readonly #pausing = new WeakSet<Duplex>()

  /**
   * Calls `work` once the request before this one has been answered. A connection on which many wait is not read until they become
   * fewer.
   */
  queue(connection: Duplex, response: ServerResponse, work: () => void): void {
    const responses = this.#unanswered.get(connection) ?? []
    const previous = responses.at(-1)
    responses.push(response)
    this.#unanswered.set(connection, responses)
    if (responses.length > MAX_WAITING_REQUESTS) this.#pauseSoon(connection, responses)
    response.once('close', () => {
      responses.splice(responses.indexOf(response), 1)
      if (responses.length === MAX_WAITING_REQUESTS) connection.resume()
    })
    if (previous === undefined) work()
    else {
      // Once the connection is lost, nothing that waits on it is carried out: it could overtake a request that still waits.
      previous.once('close', () => {
        if (!connection.destroyed) work()
      })
    }
  }

  /** Calls `work` once every whole request has been answered; only the first call for a connection does. */
  end(connection: Duplex, work: () => void): void {
    if (this.#ended.has(connection)) return
    this.#ended.add(connection)
    // A request whose body is broken gets no response of its own.
    const last = this.#unanswered.get(connection)?.findLast(({ req }) => req.complete)
    if (last === undefined) work()
    else last.once('close', work)
  }

  /** Node goes on reading behind each request, so that a pause has to come after those that have been read. */
  #pauseSoon(connection: Duplex, responses: readonly ServerResponse[]): void {
    if (this.#pausing.has(connection)) return
    this.#pausing.add(connection)
    setImmediate(() => {
      this.#pausing.delete(connection)
      if (responses.length > MAX_WAITING_REQUESTS) connection.pause()
    })
  }
}
