import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyRequest } from 'fastify'
import { isOperation, type OperationName } from '../contract/outcomes.js'
import type { StateChange } from '../journal/journal-entry.js'
import type { JsonObject } from '../json.js'
import type { Caller } from '../operations/rules/permissions.js'
import type { Kind } from '../problems.js'
import { unknownAccount } from '../sandbox/accounts.js'
import type { AppliedRule } from '../sandbox/fault-rule.js'
import type { Identifiers } from '../sandbox/identifiers.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { decodePart, first, type Query } from '../text/url.js'
import type { App } from './app-type.js'

/** A JSON body after parsing: the envelope's keys are in lower case, and `data` is always there. */
export interface Envelope extends JsonObject {
  data: JsonObject
}

/** Everything that the emulator knows of one request and its response, from the first hook on. */
export interface RequestContext {
  sandbox: Sandbox
  /** The client's own `X-Request-ID`, or a new one. */
  requestId: string
  /** `''` where the client sent none. A token outside of the header is known once the body is read. */
  token: string
  /** Holds no account and no right until the token and the account are checked. */
  caller: Caller
  /** Undefined until the route is reached, and for requests that meet no route. */
  operation: OperationName | undefined
  /** The failure that the request ended in; undefined for a success. */
  kind: Kind | undefined
  /** The fault that made the response, where a test asked for one. */
  fault: AppliedRule | undefined
  /** Whether a real service has answered with none of the outcomes. */
  isUnrecognised: boolean
  /**
   * The name of the outcome that the client saw where a fault took the place of the answer: null for none. Undefined where the client
   * saw the outcome of the operation.
   */
  answered: string | null | undefined
  /** What the query asks for with `__code` and the like, by name without the underscores; undefined where it asks for nothing. */
  queryPreferences: ReadonlyMap<string, string> | undefined
  /** The request body as it came. */
  requestBody: string
  /** Whether the body is UTF-8; any other is read as Latin-1. */
  isUtf8: boolean
  /** What the request did to numbers. */
  changes: readonly StateChange[]
  /** The warnings of the contract check, each with its detail; undefined until the check has run. */
  warnings: ReadonlyMap<string, string> | undefined
  /** Names the nearest call, where the request met no route. */
  hint: string | undefined
  /** Whether another request, made of this one, makes the response. */
  isForwarded: boolean
  /** The context of the request that this one was made of. */
  parent: RequestContext | undefined
  /** The context of the last request that was made of this one, once it is over. */
  forwarded: RequestContext | undefined
}

const UNKNOWN_CALLER: Caller = { account: unknownAccount(''), path: '', token: '', acceptsCharges: false }

/** Creates the context of a request that has just come in and has no request id yet. */
export function createContext(sandbox: Sandbox, parent: RequestContext | undefined): RequestContext {
  return {
    sandbox,
    requestId: '',
    token: '',
    caller: UNKNOWN_CALLER,
    operation: undefined,
    kind: undefined,
    fault: undefined,
    isUnrecognised: false,
    answered: undefined,
    queryPreferences: undefined,
    requestBody: '',
    isUtf8: parent?.isUtf8 ?? true,
    changes: [],
    warnings: undefined,
    hint: undefined,
    isForwarded: false,
    parent,
    forwarded: undefined
  }
}

/** The key under which a request carries its context. */
export const CONTEXT_DECORATOR = 'context'

export function setContext(request: FastifyRequest, context: RequestContext): void {
  request.setDecorator(CONTEXT_DECORATOR, context)
}

export function contextOf(request: FastifyRequest): RequestContext {
  return request.getDecorator<RequestContext>(CONTEXT_DECORATOR)
}

/** The key of the app under which a request that is made of another one finds the context of that one. */
const PARENT_CONTEXT = 'parentContext'

type ParentContext = AsyncLocalStorage<RequestContext>

/** Lets the requests of an app have contexts, and other requests be made of them. */
export function decorateContexts(app: App): void {
  app.decorateRequest(CONTEXT_DECORATOR, null)
  app.decorate(PARENT_CONTEXT, new AsyncLocalStorage<RequestContext>())
}

/** Does `work`, whose requests are made of this one. */
export function runWithin<Result>(request: FastifyRequest, work: () => Result): Result {
  return request.server.getDecorator<ParentContext>(PARENT_CONTEXT).run(contextOf(request), work)
}

/** Returns the context of the request that this one was made of, if it was. */
export function parentContextOf({ server }: FastifyRequest): RequestContext | undefined {
  return server.getDecorator<ParentContext>(PARENT_CONTEXT).getStore()
}

/** The longest request id of a client that the emulator takes over. */
const MAX_REQUEST_ID_LENGTH = 200

/** Returns the client's own `X-Request-ID`, if a header may carry it back, else a new id. */
export function requestIdOf(request: Pick<FastifyRequest, 'headers'>, identifiers: Identifiers): string {
  return ownRequestIdOf(request) ?? identifiers.next()
}

/** Returns the client's own `X-Request-ID`; undefined where there is none, or none that a header may carry back. */
export function ownRequestIdOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const sent = headers['x-request-id']
  return typeof sent === 'string' &&
    sent !== '' &&
    sent.length <= MAX_REQUEST_ID_LENGTH &&
    /^[\t\x20-\x7e]*$/.test(sent)
    ? sent
    : undefined
}

/** Returns the token of the header where the document puts it, or `''`. It is known before the body is read. */
export function tokenInHeader({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const token = headers['x-auth-token']
  return typeof token === 'string' ? token : ''
}

/** Returns the `data` of the request body. */
export function dataOf(request: FastifyRequest): JsonObject {
  return (request.body as Envelope).data
}

/**
 * Returns the number in the path. Fastify has decoded it once; the reference implementation decodes twice, so that a client
 * that encodes what its HTTP library encodes again is understood.
 */
export function numberParam(request: FastifyRequest): string {
  const { phone_number } = request.params as { phone_number: string }
  return decodePart(phone_number)
}

/** Returns the numbers that a request names, as it wrote them. */
export function numbersIn(request: FastifyRequest): string[] {
  const { phone_number } = request.params as { phone_number?: string }
  if (phone_number !== undefined) return [numberParam(request)]
  const { numbers, id } = dataOf(request)
  if (Array.isArray(numbers)) return numbers.filter((number) => typeof number === 'string')
  return typeof id === 'string' ? [id] : []
}

/** Tells whether a GET of an account's numbers is a search: its prefix is not empty (reference implementation). */
export function isSearch(query: unknown): boolean {
  return (first(query as Query, 'prefix') ?? '') !== ''
}

/** Returns the operation of a request, by the operation id of its route; undefined where it met no route. */
export function operationOf(request: FastifyRequest): OperationName | undefined {
  const { operationId } = (request.routeOptions.schema ?? {}) as { operationId?: string }
  return operationId === undefined || !isOperation(operationId) ? undefined : chooseOperation(operationId, request)
}

/** Two paths of the document do two things each: a list is a search with a prefix, an update provisions E911 with an address. */
export function chooseOperation(operation: OperationName, { query, body }: FastifyRequest): OperationName {
  if (operation === 'list') return isSearch(query) ? 'search_account' : 'list'
  if (operation === 'update')
    return (body as Partial<Envelope> | undefined)?.data?.e911 === undefined ? 'update' : 'e911'
  return operation
}
