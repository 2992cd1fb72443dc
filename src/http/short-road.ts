import { outcomeOf, type OperationName } from '../contract/outcomes.js'
import { readRequest, type Reading } from '../contract/reading.js'
import type { Course } from '../journal-entry.js'
import { isEmpty, NOTHING } from '../json.js'
import { settle } from '../operations/settle.js'
import type { LiveSandbox } from '../live-sandbox.js'
import { Remembered } from '../remembered.js'
import type { Sandboxes } from '../sandboxes.js'
import { callerWith, tokenInHeader, type TokenNeed } from './auth.js'
import { count } from './contract.js'
import type { Answer, Serializers } from './envelope.js'
import { newExchange, NONE, type Exchange } from './exchange.js'
import { enter } from './journal.js'
import type { PlainAnswer } from './plain-answer.js'
import type { PlainHead } from './plain-head.js'
import { readPlainly, type PlainPaths, type PlainRequest } from './plain-request.js'
import { requestIdOf } from './request-id.js'
import { chosenSandbox, sandboxIn } from './sandbox-choice.js'

/** A call that the short road knows. */
export interface ShortCall {
  operation: OperationName
  method: string
  /** The route whose answers it gives: method and path as they are registered. */
  route: string
  need: TokenNeed
  status: PlainAnswer['status']
  /**
   * Whether it changes nothing: clients ask it over and over, and the reading against the document looks at nothing but the
   * line and the token.
   */
  isQuestion: boolean
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
  callOf: (method: string, request: PlainRequest) => ShortCall | undefined
}

/** What may be a plain call. */
export interface Asked {
  /** Method, path and query. */
  line: string
  head: PlainHead
}

/** Answers a request, or does nothing and returns undefined. */
export type ShortRoad = (asked: Asked) => PlainAnswer | undefined

/** A line that is one of the short calls. */
interface Line {
  kind: Kind
  plain: PlainRequest
  /** The sandbox that it names. */
  sandbox: string | undefined
  form: Form
}

/** What lines of one call have in common. */
interface Kind {
  call: ShortCall
  /** How it goes where it goes well. */
  course: Course
  /** That of lines without a query, where the call changes something. */
  form: Form
}

/**
 * What lines have in common that are read against the document alike. Numbers need not be the same where something is done to
 * them: what a number strays by, its form or that nobody has searched for it, makes the call fail, and then it goes the long road.
 */
interface Form {
  /** The token with which one has been read last and strayed from nothing. */
  straightWith: string | undefined
}

/** So many lines of questions are remembered as they were read. */
const MOST_LINES = 1_000

/**
 * The short road: the calls that tests make most, made plainly, are answered without the framework. It is made of the parts
 * that the long one is made of and decides nothing by itself: what asks for anything beside, strays from the document, meets
 * a fault or fails goes the long road, before anything has happened.
 */
export function createShortRoad(options: ShortRoadOptions): ShortRoad {
  const { sandboxes, serializers, requireSandbox } = options
  const lines = new Remembered<Line>(MOST_LINES)
  const kinds = new Map<ShortCall, Kind>()
  return ({ line: text, head: sent }) => {
    const known = lines.get(text)
    const line = known ?? readLine(text, options, kinds)
    const serialize = line && serializers.of(line.kind.call.route)
    if (line === undefined || serialize === undefined) return undefined
    if (known === undefined && line.kind.call.isQuestion) lines.set(text, line)
    const { kind, plain } = line
    const { call, course } = kind
    const head = line.sandbox === undefined ? sent : sent.within(line.sandbox)
    let exchange: Exchange
    let answer: Answer<unknown>
    try {
      const sandbox = chosenSandbox(sandboxes, head, requireSandbox)
      const opened = openPlainly(sandbox, line, head)
      if (opened === undefined) return undefined
      exchange = opened
      settle(sandbox)
      answer = call.work(exchange, plain)
    } catch {
      return undefined
    }
    // None of these calls draws an id, so that it does not matter that the long road draws this one before.
    const requestId = requestIdOf(head, exchange.sandbox.identifiers)
    answer.request_id = exchange.requestId = requestId
    const whole = serialize(answer)
    const { bytes } = answer
    const { url } = plain
    count(exchange, url, course)
    const { changes } = exchange
    enter(exchange, { sender: head.sender, url, course, answer: answer.again(serialize), changes })
    return { status: call.status, requestId, text: whole, bytes }
  }
}

function readLine(text: string, { paths, callOf }: ShortRoadOptions, kinds: Map<ShortCall, Kind>): Line | undefined {
  const methodEnd = text.indexOf(' ')
  const method = text.slice(0, methodEnd)
  const target = text.slice(methodEnd + 1)
  const place = sandboxIn(target, paths.sandbox)
  const plain = readPlainly(place === undefined ? target : place.rest, paths.pattern)
  const call = plain && callOf(method, plain)
  if (plain === undefined || call === undefined) return undefined
  const kind = kindOf(call, kinds)
  const form = call.isQuestion || !isEmpty(plain.query) ? newForm() : kind.form
  return { kind, plain, sandbox: place?.name, form }
}

function kindOf(call: ShortCall, kinds: Map<ShortCall, Kind>): Kind {
  const known = kinds.get(call)
  if (known !== undefined) return known
  const { operation, method, status } = call
  const outcome = outcomeOf(operation, undefined)?.name
  const course = { method, status, operation, outcome, fault: undefined, warnings: NONE }
  const kind = { call, course, form: newForm() }
  kinds.set(call, kind)
  return kind
}

function newForm(): Form {
  return { straightWith: undefined }
}

/** The exchange of a request that nothing stands in the way of; undefined where something does. Throws where nobody may. */
function openPlainly(sandbox: LiveSandbox, line: Line, head: PlainHead): Exchange | undefined {
  const { faults, conduct, manners } = sandbox
  const { operation, need } = line.kind.call
  if (faults.rules.length > 0 || conduct.isAnybodyWaiting) return undefined
  const exchange = newExchange(sandbox, '')
  const token = tokenInHeader(head)
  exchange.operation = operation
  exchange.token = token
  exchange.caller = callerWith(sandbox, { token, path: line.plain.account, need, acceptsCharges: false })
  if (manners.contract === 'off') return exchange
  const { form } = line
  if (form.straightWith === token) return exchange
  if (readRequest(readingOf(sandbox, line, token)).size > 0) return undefined
  form.straightWith = token
  return exchange
}

function readingOf(sandbox: LiveSandbox, { kind, plain }: Line, token: string): Reading {
  return {
    sandbox,
    operation: kind.call.operation,
    url: plain.url,
    query: plain.query,
    account: plain.account ?? '',
    written: plain.number,
    data: NOTHING,
    isDataMissing: false,
    token,
    repaired: NONE,
    // Asked for only while somebody has been told to wait.
    identity: String
  }
}
