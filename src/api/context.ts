import type { FastifyReply, FastifyRequest } from 'fastify'
import { unknownAccount } from '../sandbox/accounts.js'
import type { OperationName } from '../contract/outcomes.js'
import type { FaultRule } from '../sandbox/faults.js'
import type { StateChange } from '../journal/journal.js'
import type { JsonObject } from '../json.js'
import type { Caller } from '../operations/rules/permissions.js'
import type { Kind } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'

/** A JSON body as it was read: the envelope's keys in lower case, `data` always there. */
export interface Envelope extends JsonObject {
  data: JsonObject
}

/** What is known of one request and its answer, from the first hook on. */
export interface RequestContext {
  sandbox: Sandbox
  /** The client's own, or made up. */
  requestId: string
  /** `''` where none was sent; what stands elsewhere than in the header is known once the body is. */
  token: string
  /** Filled in once the token and the account are known; until then nobody. */
  caller: Caller
  /** What it does; undefined where it met no route. */
  operation: OperationName | undefined
  /** The failure that it ended in; undefined for a success. */
  kind: Kind | undefined
  /** What made the answer, where a test has asked for it. */
  fault: FaultRule | undefined
  /** The body as it came. */
  bodyText: string
  /** The body as it went. */
  answer: string
  /** What it did to numbers. */
  changes: readonly StateChange[]
  /** Where it strayed from the document: codes, each with what it was about; undefined until it has been read. */
  strayed: ReadonlyMap<string, string> | undefined
  /** The codes alone. */
  warnings: readonly string[]
  /** Whether another request, made of this one, made the answer. */
  isRelayed: boolean
  /** That of the request that this one was made of, if it was. */
  outer: RequestContext | undefined
  /** That of the last request made of this one, once it is over. */
  reached: RequestContext | undefined
}

/** Who asks before that is known: somebody who has nothing and may do nothing. */
const NOBODY: Caller = { account: unknownAccount(''), path: '', token: '', acceptsCharges: false }

/** The context of a request that has just come in. */
export function createContext(sandbox: Sandbox, requestId: string, outer?: RequestContext): RequestContext {
  return {
    sandbox,
    requestId,
    token: '',
    caller: NOBODY,
    operation: undefined,
    kind: undefined,
    fault: undefined,
    bodyText: '',
    answer: '',
    changes: NONE,
    strayed: undefined,
    warnings: NONE,
    isRelayed: false,
    outer,
    reached: undefined
  }
}

export const NONE: readonly never[] = []

const KEY = 'context'

/** The key under which a request carries its context; declared once, so that every request has the same shape. */
export const CONTEXT_DECORATOR = KEY

export function setContext(request: FastifyRequest, context: RequestContext): void {
  request.setDecorator(KEY, context)
}

export function contextOf(request: FastifyRequest): RequestContext {
  return request.getDecorator<RequestContext>(KEY)
}

/** Who asks. Only routes ask this, and a route is reached after its caller is known. */
export function callerOf(request: FastifyRequest): Caller {
  return contextOf(request).caller
}

/** The `data` of the request. */
export function dataOf(request: FastifyRequest): JsonObject {
  return (request.body as Envelope).data
}

export type { FastifyReply, FastifyRequest }
