import type { FastifyReply, FastifyRequest } from 'fastify'
import { reportUrl, type LostOutcome } from '../contract/coverage.js'
import { outcomeOf, type OperationName } from '../contract/outcomes.js'
import {
  checkRequest,
  isPurchase,
  NO_WARNINGS,
  namedNumbers,
  submissionOf,
  type ContractRequest
} from '../contract/rules.js'
import { WARNINGS, type WarningCode } from '../contract/warnings.js'
import { isObject, type JsonValue } from '../json.js'
import { Problem } from '../problems.js'
import { isDataKey } from './body.js'
import { contextOf, operationOf, type RequestContext } from './context.js'
import { comesAfter, describeEnding, NO_STATUS, outcomeName } from './ending.js'
import { describeInteraction } from './interaction.js'
import { isMistake } from './not-found.js'
import { findUnknownPreference } from './prefer.js'
import { logDefect } from './request-log.js'
import { coercedPaths } from './validation.js'
import { pathOf, type Query } from '../text/url.js'

/**
 * Checks a request against the document before its operation begins. Throws `contract_violation` where the settings want
 * requests with warnings refused; a request that is refused for another reason keeps that response.
 */
export function checkContract(request: FastifyRequest): void {
  const warnings = findWarnings(request)
  const { contract } = contextOf(request).sandbox.behaviour
  if (warnings.size > 0 && contract === 'strict') throw new Problem('contract_violation', describeWarnings(warnings))
}

/** Finds the warnings of a request, once. */
function findWarnings(request: FastifyRequest): ReadonlyMap<WarningCode, string> {
  const context = contextOf(request)
  if (context.operation === undefined || context.sandbox.behaviour.contract === 'off') return NO_WARNINGS
  // An error in the check is reported once, and not again when the request is recorded.
  context.warnings = NO_WARNINGS
  const warnings = checkRequest(contractRequestOf(request, context.operation))
  context.warnings = warnings
  return warnings
}

/** Counts how a request has ended, and names its warnings in the response. */
export function recordContract(request: FastifyRequest, reply: FastifyReply, body = ''): void {
  const context = contextOf(request)
  if (context.isForwarded || request.method === 'OPTIONS') return
  context.operation ??= operationOf(request)
  // A request that was refused before its check, such as one without a token, is checked all the same.
  if (context.warnings === undefined) checkRefused(request)
  if (context.sandbox.isReplacement) warnOfReplacement(context)
  const { operation, requestId, sandbox, warnings = NO_WARNINGS } = context
  if (warnings.size > 0) reply.header('x-emulator-warning', [...warnings.keys()].join(', '))
  updateHistory(request, context, reply)
  const { method, url } = request
  sandbox.clientHistory.coverage.add({
    operation,
    outcome: seenOutcome(context),
    lost: lostAnswerOf(context),
    warnings,
    unmatched: isUnmatched(request, context) ? `${method} ${reportUrl(pathOf(url))}` : undefined,
    hint: context.hint,
    request_id: requestId,
    method,
    url,
    status: reply.sent ? NO_STATUS : reply.statusCode,
    interaction: {
      length: url.length + context.requestBody.length,
      at: Date.now(),
      describe: () => describeInteraction(request, reply, body)
    }
  })
}

/** Says once that the sandbox is a new one. It is no fault of the request, so that no setting refuses it or keeps it silent. */
function warnOfReplacement(context: RequestContext): void {
  const { sandbox, warnings = NO_WARNINGS } = context
  sandbox.isReplacement = false
  context.warnings = new Map([...warnings, ['sandbox_dropped', sandbox.name]])
}

/** The response is on its way already: an error in the check must not replace it. */
function checkRefused(request: FastifyRequest): void {
  try {
    findWarnings(request)
  } catch (error) {
    logDefect(request, error)
  }
}

/** Returns the name of the outcome that the client saw: coverage counts what a client has met, not what happened behind it. */
function seenOutcome(context: RequestContext): string | undefined {
  const { answered } = context
  return answered === undefined ? outcomeName(context) : (answered ?? undefined)
}

/** Returns what the operation did where the client did not see it. */
function lostAnswerOf(context: RequestContext): LostOutcome | undefined {
  const { outcome, fault, answered } = describeEnding(context)
  if (outcome === undefined || answered === undefined || answered === outcome) return undefined
  return { outcome, fault: fault ?? null }
}

function isUnmatched(request: FastifyRequest, { kind }: RequestContext): boolean {
  return (kind === 'invalid_method' || request.is404) && isMistake(request)
}

/** Remembers what later requests are checked against: when the client may come back, and which addresses it may choose from. */
function updateHistory(
  request: FastifyRequest,
  { operation, kind, sandbox }: RequestContext,
  reply: FastifyReply
): void {
  if (operation === undefined || sandbox.behaviour.contract === 'off') return
  const { clientHistory, clock } = sandbox
  const retryAfter = Number(reply.getHeader('retry-after') ?? 0)
  if (retryAfter > 0) clientHistory.setRetryAfter(identityOf(request), retryAfter * 1000, Date.now(), clock.nowMs())
  updateLostPurchases(request, operation)
  if (operation !== 'e911' && operation !== 'patch') return
  const submission = submissionOf(contractRequestOf(request, operation))
  if (submission === undefined) return
  if (outcomeOf(operation, kind)?.name === 'multiple_choice') {
    clientHistory.rememberChoice(submission.number, submission.address)
  } else if (kind === undefined) clientHistory.clearChoice(submission.number)
}

/** Remembers a purchase whose answer the client has not seen, and forgets one that the client has asked about. */
function updateLostPurchases(request: FastifyRequest, operation: OperationName): void {
  const { kind, fault, answered, sandbox } = contextOf(request)
  const { lostPurchases } = sandbox.clientHistory
  // A fault "before" with a body of its own is the answer of a proxy, which has sent nothing on.
  const isBroken = answered === null && (fault?.body === undefined || comesAfter(fault))
  const isUnseen = isBroken || kind === 'connection_closed'
  const isReplaced = fault?.phase === 'after' && kind === undefined && answered !== undefined
  const isLost = isPurchase(operation) && (isUnseen || isReplaced)
  if (!isLost && lostPurchases.isEmpty) return
  const called = contractRequestOf(request, operation)
  const numbers = namedNumbers(called)
  if (isLost) lostPurchases.remember(called.account, numbers)
  else if (operation === 'list') lostPurchases.forgetAccount(called.account)
  else if (!isPurchase(operation)) lostPurchases.forget(called.account, numbers)
  else if (kind === undefined) lostPurchases.forgetAreas(called.account, numbers)
}

function contractRequestOf(request: FastifyRequest, operation: OperationName): ContractRequest {
  const { sandbox, token, isUtf8, requestBody } = contextOf(request)
  const { account_id = '', phone_number } = request.params as { account_id?: string; phone_number?: string }
  // The envelope of a request without a body is the emulator's own.
  const body: unknown = requestBody === '' ? undefined : request.body
  return {
    sandbox,
    operation,
    url: request.url,
    query: request.query as Query,
    account: account_id,
    rawNumber: phone_number,
    data: isObject(body) && isObject(body.data) ? body.data : {},
    isDataMissing: isObject(body) && !Object.keys(body).some((key) => isDataKey(key) && body[key] !== null),
    token: token === '' ? readUncheckedToken(request) : token,
    isUtf8,
    body: body as JsonValue | undefined,
    coerced: coercedPaths(body),
    unknownPreference: findUnknownPreference(request),
    identity: () => identityOf(request)
  }
}

/** Reads the token of a request that was refused before its token was read. */
function readUncheckedToken({ headers }: FastifyRequest): string {
  return String(headers['x-auth-token'] ?? headers.authorization ?? '')
}

/** Method, path, token and body: a request with the same ones is a repetition. */
function identityOf(request: FastifyRequest): string {
  const { token, requestBody } = contextOf(request)
  return [request.method, request.url, token, requestBody].join('\n')
}

function describeWarnings(warnings: ReadonlyMap<WarningCode, string>) {
  return Object.fromEntries(
    [...warnings].map(([code, about]) => {
      const { source, description, advice } = WARNINGS[code]
      return [code, { message: description, cause: about, section: source, advice }]
    })
  )
}
