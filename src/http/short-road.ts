import { checkRequest, type ContractRequest } from '../contract/rules.js'
import { NOTHING } from '../json.js'
import type { LiveSandbox } from '../sandbox/live-sandbox.js'
import { applyDueChanges } from '../operations/rules/due-changes.js'
import type { Sandboxes } from '../sandbox/sandboxes.js'
import { callerWith, tokenInHeader } from '../api/authentication.js'
import { count } from '../api/contract-check.js'
import type { Answer, Serializers } from '../api/envelope.js'
import { createContext, NONE, type RequestContext } from '../api/context.js'
import { record } from '../api/journal-hook.js'
import type { PlainAnswer } from './plain-answer.js'
import type { PlainHead } from './plain-head.js'
import { PlainLines, type Line } from './plain-lines.js'
import type { PlainPaths } from './plain-request.js'
import { requestIdOf } from '../api/request-id.js'
import { chosenSandbox } from '../api/sandbox-choice.js'
import type { CallOf } from './short-call.js'

export interface ShortRoadOptions {
  sandboxes: Sandboxes
  serializers: Serializers
  /** Whether a request has to name its sandbox. */
  requireSandbox: boolean
  paths: PlainPaths
  callOf: CallOf
}

/** What may be a plain call. */
export interface Asked {
  /** Method, path and query. */
  line: string
  head: PlainHead
}

/** Answers a request, or does nothing and returns undefined. */
export type ShortRoad = (asked: Asked) => PlainAnswer | undefined

/**
 * The short road: the calls that tests make most, made plainly, are answered without the framework. It is made of the parts
 * that the long one is made of and decides nothing by itself: what asks for anything beside, strays from the document, meets
 * a fault or fails goes the long road, before anything has happened.
 */
export function createShortRoad(options: ShortRoadOptions): ShortRoad {
  const { sandboxes, serializers, requireSandbox, paths, callOf } = options
  const lines = new PlainLines(paths, callOf)
  return ({ line: text, head: sent }) => {
    const line = lines.read(text)
    const serialize = line && serializers.of(line.call.route)
    if (line === undefined || serialize === undefined) return undefined
    const { call, course } = line
    const head = line.sandbox === undefined ? sent : sent.within(line.sandbox)
    let exchange: RequestContext
    let answer: Answer<unknown>
    try {
      const sandbox = chosenSandbox(sandboxes, head, requireSandbox)
      const opened = openPlainly(sandbox, line, head)
      if (opened === undefined) return undefined
      exchange = opened
      applyDueChanges(sandbox)
      answer = call.work(exchange, line)
    } catch {
      return undefined
    }
    // None of these calls draws an id, so that it does not matter that the long road draws this one before.
    const requestId = requestIdOf(head, exchange.sandbox.identifiers)
    answer.request_id = exchange.requestId = requestId
    const whole = serialize(answer)
    const { bytes } = answer
    count(exchange, line, course)
    const { changes } = exchange
    record(exchange, { sender: head.sender, url: line, course, answer: answer.again(serialize), changes })
    return { status: call.status, requestId, text: whole, bytes }
  }
}

/** The exchange of a request that nothing stands in the way of; undefined where something does. Throws where nobody may. */
function openPlainly(sandbox: LiveSandbox, line: Line, head: PlainHead): RequestContext | undefined {
  const { faults, clientHistory, behaviour } = sandbox
  const { operation, need } = line.call
  if (faults.rules.length > 0 || clientHistory.isAnybodyWaiting) return undefined
  const exchange = createContext(sandbox, '')
  const token = tokenInHeader(head)
  exchange.operation = operation
  exchange.token = token
  exchange.caller = callerWith(sandbox, { token, path: line.account, need, acceptsCharges: false })
  if (behaviour.contract === 'off') return exchange
  const { form } = line
  if (form.straightWith === token) return exchange
  if (checkRequest(readingOf(sandbox, line, token)).size > 0) return undefined
  form.straightWith = token
  return exchange
}

function readingOf(sandbox: LiveSandbox, line: Line, token: string): ContractRequest {
  return {
    sandbox,
    operation: line.call.operation,
    url: line.text(),
    query: line.query,
    account: line.account ?? '',
    written: line.number,
    data: NOTHING,
    isDataMissing: false,
    token,
    repaired: NONE,
    // Asked for only while somebody has been told to wait.
    identity: String
  }
}
