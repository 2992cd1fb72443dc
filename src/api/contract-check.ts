import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Again } from '../again.js'
import { outcomeOf, type OperationName } from '../contract/outcomes.js'
import { checkRequest, submissionOf, type ContractRequest } from '../contract/rules.js'
import { WARNINGS, type WarningCode } from '../contract/warnings.js'
import type { Course } from '../journal/journal-entry.js'
import { isObject } from '../json.js'
import type { Query } from '../operations/rules/search-query.js'
import { Problem } from '../problems.js'
import { shownUrl } from '../contract/coverage.js'
import { contextOf, type RequestContext } from './context.js'
import { operationOf } from './operation-name.js'
import type { Coercions } from './coercions.js'

const NOTHING: ReadonlyMap<WarningCode, string> = new Map()

/**
 * Reads a request against the document before its operation begins. Throws `contract_violation` where the settings want
 * strays refused; what has been refused already for another reason keeps that answer.
 */
export function checkContract(request: FastifyRequest, repairs: Coercions): void {
  const found = strayed(request, repairs)
  const { contract } = contextOf(request).sandbox.behaviour
  if (found.size > 0 && contract === 'strict') throw new Problem('contract_violation', named(found))
}

/** Where a request strays from the document, noted in its context. */
function strayed(request: FastifyRequest, repairs: Coercions): ReadonlyMap<WarningCode, string> {
  const context = contextOf(request)
  if (context.operation === undefined || context.sandbox.behaviour.contract === 'off') return NOTHING
  // Whatever breaks on the way, it is read once.
  context.strayed = NOTHING
  const found = checkRequest(readingOf(request, context.operation, repairs))
  context.strayed = found
  context.warnings = [...found.keys()]
  return found
}

/** Notes how a request has ended, and says in the answer where it strayed. Called before the answer leaves. */
export function recordContract(request: FastifyRequest, reply: FastifyReply, repairs: Coercions): void {
  const context = contextOf(request)
  if (context.isRelayed || request.method === 'OPTIONS') return
  context.operation ??= operationOf(request)
  // A request that was refused before its reading, such as one without a token, is read all the same.
  if (context.strayed === undefined) readRefused(request, repairs)
  if (context.warnings.length > 0) reply.header('x-emulator-warning', context.warnings.join(', '))
  remember(request, context, reply, repairs)
  const unmatched = isUnmatched(request, context) ? `${request.method} ${shownUrl(pathOf(request.url))}` : undefined
  const { method, url } = request
  count(context, url, { method, status: reply.statusCode, outcome: outcomeNameOf(context) }, unmatched)
}

/** Counts how an context has ended; `unmatched` is method and path where it met no route. */
export function count(
  context: RequestContext,
  url: string | Again,
  { method, status, outcome }: Pick<Course, 'method' | 'status' | 'outcome'>,
  unmatched?: string
): void {
  const { operation, strayed: warnings = NOTHING, requestId, sandbox } = context
  sandbox.clientHistory.coverage.add({
    operation,
    outcome,
    warnings,
    unmatched,
    request_id: requestId,
    method,
    url,
    status
  })
}

/** The answer is on its way already: what breaks in the reading must not replace it. */
function readRefused(request: FastifyRequest, repairs: Coercions): void {
  try {
    strayed(request, repairs)
  } catch (error) {
    request.log.error(error)
  }
}

/** The name of the way in which the operation has ended for the client; undefined where it saw no whole answer. */
export function outcomeNameOf({ operation, kind, fault }: RequestContext): string | undefined {
  const isBroken = fault?.fault !== undefined || fault?.truncate_bytes !== undefined
  return isBroken ? undefined : outcomeOf(operation, kind)?.name
}

function isUnmatched(request: FastifyRequest, { kind }: RequestContext): boolean {
  return request.is404 || kind === 'invalid_method'
}

/** What later requests are read in the light of. */
function remember(request: FastifyRequest, context: RequestContext, reply: FastifyReply, repairs: Coercions): void {
  const { operation, kind, sandbox } = context
  if (operation === undefined || sandbox.behaviour.contract === 'off') return
  const wait = Number(reply.getHeader('retry-after') ?? 0)
  if (wait > 0) {
    sandbox.clientHistory.tellToWait(identityOf(request), wait * 1000, Date.now(), sandbox.clock.nowMs())
  }
  if (operation !== 'e911' && operation !== 'patch') return
  const submission = submissionOf(readingOf(request, operation, repairs))
  if (submission === undefined) return
  if (outcomeOf(operation, kind)?.name === 'multiple_choice') {
    sandbox.clientHistory.offerChoice(submission.number, submission.address)
  } else if (kind === undefined) sandbox.clientHistory.settleChoice(submission.number)
}

function readingOf(request: FastifyRequest, operation: OperationName, repairs: Coercions): ContractRequest {
  const { sandbox, token } = contextOf(request)
  const { account_id = '', phone_number } = request.params as { account_id?: string; phone_number?: string }
  const body: unknown = request.body
  const data = isObject(body) && isObject(body.data) ? body.data : {}
  return {
    sandbox,
    operation,
    url: request.url,
    query: request.query as Query,
    account: account_id,
    written: phone_number,
    data,
    isDataMissing:
      isObject(body) && !Object.entries(body).some(([key, value]) => key.toLowerCase() === 'data' && value !== null),
    token: token === '' ? tokenOf(request) : token,
    repaired: repairs.of(body),
    identity: () => identityOf(request)
  }
}

/** The token of a request that was refused before anybody asked for it. */
function tokenOf({ headers }: FastifyRequest): string {
  return String(headers['x-auth-token'] ?? headers.authorization ?? '')
}

function identityOf(request: FastifyRequest): string {
  const { token, bodyText } = contextOf(request)
  return [request.method, request.url, token, bodyText].join('\n')
}

function pathOf(url: string): string {
  return url.replace(/\?.*$/s, '')
}

function named(found: ReadonlyMap<WarningCode, string>) {
  return Object.fromEntries(
    [...found].map(([code, about]) => {
      const { section, means, advice } = WARNINGS[code]
      return [code, { message: means, cause: about, section, advice }]
    })
  )
}
