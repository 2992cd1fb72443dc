import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OperationName } from '../contract/outcomes.js'
import { readRequest } from '../contract/reading.js'
import { settle } from '../operations/settle.js'
import type { LiveSandbox } from '../live-sandbox.js'
import type { Sandboxes } from '../sandboxes.js'
import { VERSION } from '../version.js'
import { callerWith, tokenInHeader, type TokenNeed } from './auth.js'
import { count } from './contract.js'
import type { Answer, Serializers } from './envelope.js'
import { newExchange, type Exchange } from './exchange.js'
import { enter } from './journal.js'
import { readPlainly, type PlainPaths, type PlainRequest } from './plain-request.js'
import { requestIdOf } from './request-id.js'
import { chosenSandbox } from './sandbox-choice.js'

/** A call that the short road knows. */
export interface ShortCall {
  operation: OperationName
  /** The route whose answers it gives: method and path as they are registered. */
  route: string
  need: TokenNeed
  status: number
  /** Does it. Throws as the operation does; nothing has happened then. */
  work: (exchange: Exchange, request: PlainRequest) => Answer<unknown>
}

export interface ShortRoadOptions {
  sandboxes: Sandboxes
  serializers: Serializers
  /** Whether a request has to name its sandbox. */
  requireSandbox: boolean
  paths: PlainPaths
  /** The call that a plain request is; undefined where it is not one of the short ones. */
  callOf: (method: string | undefined, request: PlainRequest) => ShortCall | undefined
}

/** Answers a request, or does nothing and returns false. */
export type ShortRoad = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * The short road: the calls that tests make most, made plainly, are answered without the framework. It is made of the parts
 * that the long one is made of and decides nothing by itself: what asks for anything beside, strays from the document, meets
 * a fault or fails goes the long road, before anything has happened.
 */
export function createShortRoad(options: ShortRoadOptions): ShortRoad {
  const { sandboxes, serializers, requireSandbox, paths, callOf } = options
  return (request, response) => {
    const plain = readPlainly(request, paths)
    const call = plain && callOf(request.method, plain)
    const serialize = call && serializers.of(call.route)
    if (plain === undefined || call === undefined || serialize === undefined) return false
    let exchange: Exchange
    let answer: Answer<unknown>
    try {
      const sandbox = chosenSandbox(sandboxes, request, requireSandbox)
      const opened = openPlainly(sandbox, call, request, plain)
      if (opened === undefined) return false
      exchange = opened
      settle(sandbox)
      answer = call.work(exchange, plain)
    } catch {
      return false
    }
    // None of these calls draws an id, so that it does not matter that the long road draws this one before.
    answer.request_id = exchange.requestId = requestIdOf(request, exchange.sandbox.identifiers)
    exchange.answer = serialize(answer)
    send(request, response, exchange, plain.url, call.status)
    return true
  }
}

/** The exchange of a request that nothing stands in the way of; undefined where something does. Throws where nobody may. */
function openPlainly(
  sandbox: LiveSandbox,
  { operation, need }: ShortCall,
  request: IncomingMessage,
  { url, query, account, number }: PlainRequest
): Exchange | undefined {
  const { faults, conduct, manners } = sandbox
  if (faults.rules.length > 0 || conduct.isAnybodyWaiting) return undefined
  const exchange = newExchange(sandbox, '')
  const token = tokenInHeader(request)
  exchange.operation = operation
  exchange.token = token
  exchange.caller = callerWith(sandbox, { token, path: account, need, acceptsCharges: false })
  if (manners.contract === 'off') return exchange
  const strayed = readRequest({
    sandbox,
    operation,
    url,
    query,
    account: account ?? '',
    written: number,
    data: {},
    isDataMissing: false,
    token,
    repaired: [],
    // Asked for only while somebody has been told to wait.
    identity: String
  })
  exchange.strayed = strayed
  return strayed.size > 0 ? undefined : exchange
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
  url: string,
  status: number
): void {
  const wire = {
    method: String(request.method),
    url,
    ip: String(request.socket.remoteAddress),
    headers: request.headers
  }
  count(exchange, wire, status)
  enter(exchange, wire, status, true)
  response.writeHead(status, [
    'x-emulator',
    VERSION,
    'x-request-id',
    exchange.requestId,
    'content-type',
    'application/json',
    'content-length',
    String(Buffer.byteLength(exchange.answer))
  ])
  response.end(exchange.answer)
}
