import type { Static, TSchema } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import type { OperationName } from '../contract/outcomes.js'
import type { JsonObject } from '../json.js'
import { admit, type TokenNeed } from './authentication.js'
import { chooseOperation, contextOf, dataOf, numberParam, type RequestContext } from './context.js'
import { checkContract } from './contract-check.js'
import { moveOn } from './due-changes.js'
import { successText, type Success } from './envelope.js'
import { applyFault, findLostAnswer } from './faults.js'
import { applyHostileMode } from './hostile-mode.js'
import { limitRate } from './rate-limit.js'
import { sendText } from './send.js'
import type { Query } from '../text/url.js'

/** What a call asks for, beside its account. */
export interface Input {
  /** The number of the path, decoded; `''` where the path has none. */
  number: string
  data: JsonObject
  query: Query
}

/** One call of the API; `Envelope` is the schema of its success. */
interface Endpoint<Envelope extends TSchema> {
  /** The operation that the route is; its outcomes stand in `src/contract/outcomes.ts`. */
  operation: OperationName
  token: TokenNeed | ((request: FastifyRequest, context: RequestContext) => TokenNeed)
  schema: Omit<FastifySchema, 'response'> & { response: Readonly<Record<string, Envelope>> }
  /** Does what the call is for. Throws a Problem where it fails. */
  work: (context: RequestContext, input: Input) => Static<Envelope> | Promise<Static<Envelope>>
}

type AnyEndpoint = Omit<Endpoint<TSchema>, 'work'> & {
  work: (context: RequestContext, input: Input) => Success<unknown> | Promise<Success<unknown>>
}

/** Makes the route options of a call: its schema, and the handler that every call shares. */
export function endpoint<Envelope extends TSchema>(call: Endpoint<Envelope>) {
  return {
    schema: { operationId: call.operation, ...call.schema },
    // HEAD is none of the methods that the API allows (reference implementation); all other calls of the app answer it.
    exposeHeadRoute: false,
    // The token comes first: a bad body without one is answered 401 (reference implementation).
    attachValidation: true,
    handler: (request: FastifyRequest, reply: FastifyReply) => answer(call as AnyEndpoint, request, reply)
  }
}

/** Takes a call through the steps that all calls share. None of them waits unless a fault or a magic number makes it wait. */
function answer(call: AnyEndpoint, request: FastifyRequest, reply: FastifyReply): void | Promise<void> {
  const context = contextOf(request)
  const operation = chooseOperation(call.operation, request)
  context.operation = operation
  admit(request, context, typeof call.token === 'string' ? call.token : call.token(request, context))
  if (request.validationError !== undefined) throw request.validationError
  const { sandbox } = context
  if (sandbox.behaviour.hostile) applyHostileMode(request, reply, context)
  checkContract(request)
  if (sandbox.behaviour.rateLimit !== false) limitRate(request, context)
  moveOn(request, sandbox, request.method === 'GET')
  return andThen(wantsFault(request, context) && applyFault(request, reply, context, operation), (isOver) => {
    if (isOver) return undefined
    return andThen(call.work(context, inputOf(request)), (success) => {
      context.changes = sandbox.drainChanges()
      context.fault = findLostAnswer(operation, context.changes) ?? context.fault
      return sendText(request, reply, successText(context, success))
    })
  })
}

function inputOf(request: FastifyRequest): Input {
  const { phone_number } = request.params as { phone_number?: string }
  return {
    number: phone_number === undefined ? '' : numberParam(request),
    data: dataOf(request),
    query: request.query as Query
  }
}

/** Tells whether a rule or the request itself may ask for a fault. */
function wantsFault({ headers }: FastifyRequest, { sandbox, queryPreferences }: RequestContext): boolean {
  return sandbox.faults.rules.length > 0 || headers.prefer !== undefined || queryPreferences !== undefined
}

/** Continues with a value, at once where it is there already. */
export function andThen<Value, Result>(
  value: Value | Promise<Value>,
  next: (value: Value) => Result | Promise<Result>
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(next) : next(value)
}
