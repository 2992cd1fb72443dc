import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { App } from './app-type.js'

/** Calls `work` once every whole request of a connection has been answered; only the first call for a connection does. */
type AnswerLast = (connection: Duplex, work: () => void) => void

/** Requests of a connection that wait before no more of them are read from it. */
const MAX_WAITING_REQUESTS = 100

/**
 * Carries out the requests that a client pipelines one after the other, each once the one before it has been answered: a body
 * that is still being read would let a later request overtake it, and a client that does not read its responses would let them
 * pile up. A connection on which many wait is not read until they become fewer. Returns the way to answer what comes behind them all and is no request.
 */
export function keepOrder(app: App): AnswerLast {
  const unanswered = new WeakMap<Duplex, ServerResponse[]>()
  const closed = new WeakSet<Duplex>()
  const pausing = new WeakSet<Duplex>()
  app.addHook('onRequest', (request, { raw: response }, done) => {
    const { socket } = request.raw
    const responses = unanswered.get(socket) ?? []
    const previous = responses.at(-1)
    responses.push(response)
    unanswered.set(socket, responses)
    if (responses.length > MAX_WAITING_REQUESTS) pauseSoon(socket, responses)
    response.once('close', () => {
      responses.splice(responses.indexOf(response), 1)
      if (responses.length === MAX_WAITING_REQUESTS) socket.resume()
    })
    if (previous === undefined) done()
    else {
      previous.once('close', () => {
        done()
      })
    }
  })
  /** Node goes on reading behind each request, so that a pause has to come after those that have been read. */
  function pauseSoon(socket: Duplex, responses: readonly ServerResponse[]): void {
    if (pausing.has(socket)) return
    pausing.add(socket)
    setImmediate(() => {
      pausing.delete(socket)
      if (responses.length > MAX_WAITING_REQUESTS) socket.pause()
    })
  }

  return (connection, work) => {
    if (closed.has(connection)) return
    closed.add(connection)
    // A request whose body is broken gets no response of its own.
    const last = unanswered.get(connection)?.findLast(({ req }) => req.complete)
    if (last === undefined) work()
    else last.once('close', work)
  }
}
