import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Again } from '../again.js'
import { outcomeOf, type OperationName } from '../contract/outcomes.js'
import { readRequest, submissionOf, type Reading } from '../contract/reading.js'
import { WARNINGS, type WarningCode } from '../contract/warnings.js'
import type { Course } from '../journal-entry.js'
import { isObject } from '../json.js'
import type { Query } from '../operations/search-query.js'
import { Problem } from '../problems.js'
import { shownUrl } from '../tally.js'
import { exchangeOf, type Exchange } from './exchange.js'
import { operationOf } from './operation-name.js'
import type { Repairs } from './repairs.js'

const NOTHING: ReadonlyMap<WarningCode, string> = new Map()

/**
 * Reads a request against the document before its operation begins. Throws `contract_violation` where the settings want
 * strays refused; what has been refused already for another reason keeps that answer.
 */
export function readContract(request: FastifyRequest, repairs: Repairs): void {
  const found = strayed(request, repairs)
  const { contract } = exchangeOf(request).sandbox.manners
  if (found.size > 0 && contract === 'strict') throw new Problem('contract_violation', named(found))
}

/** Where a request strays from the document, noted in its exchange. */
function strayed(request: FastifyRequest, repairs: Repairs): ReadonlyMap<WarningCode, string> {
  const exchange = exchangeOf(request)
  if (exchange.operation === undefined || exchange.sandbox.manners.contract === 'off') return NOTHING
  // Whatever breaks on the way, it is read once.
  exchange.strayed = NOTHING
  const found = readRequest(readingOf(request, exchange.operation, repairs))
  exchange.strayed = found
  exchange.warnings = [...found.keys()]
  return found
}

/** Notes how a request has ended, and says in the answer where it strayed. Called before the answer leaves. */
export function noteContract(request: FastifyRequest, reply: FastifyReply, repairs: Repairs): void {
  const exchange = exchangeOf(request)
  if (exchange.isRelayed || request.method === 'OPTIONS') return
  exchange.operation ??= operationOf(request)
  // A request that was refused before its reading, such as one without a token, is read all the same.
  if (exchange.strayed === undefined) readRefused(request, repairs)
  if (exchange.warnings.length > 0) reply.header('x-emulator-warning', exchange.warnings.join(', '))
  remember(request, exchange, reply, repairs)
  const unmatched = isUnmatched(request, exchange) ? `${request.method} ${shownUrl(pathOf(request.url))}` : undefined
  const { method, url } = request
  count(exchange, url, { method, status: reply.statusCode, outcome: outcomeNameOf(exchange) }, unmatched)
}

/** Counts how an exchange has ended; `unmatched` is method and path where it met no route. */
export function count(
  exchange: Exchange,
  url: string | Again,
  { method, status, outcome }: Pick<Course, 'method' | 'status' | 'outcome'>,
  unmatched?: string
): void {
  const { operation, strayed: warnings = NOTHING, requestId, sandbox } = exchange
  sandbox.conduct.tally.add({
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
function readRefused(request: FastifyRequest, repairs: Repairs): void {
  try {
    strayed(request, repairs)
  } catch (error) {
    request.log.error(error)
  }
}

/** The name of the way in which the operation has ended for the client; undefined where it saw no whole answer. */
export function outcomeNameOf({ operation, kind, fault }: Exchange): string | undefined {
  const isBroken = fault?.fault !== undefined || fault?.truncate_bytes !== undefined
  return isBroken ? undefined : outcomeOf(operation, kind)?.name
}

function isUnmatched(request: FastifyRequest, { kind }: Exchange): boolean {
  return request.is404 || kind === 'invalid_method'
}

/** What later requests are read in the light of. */
function remember(request: FastifyRequest, exchange: Exchange, reply: FastifyReply, repairs: Repairs): void {
  const { operation, kind, sandbox } = exchange
  if (operation === undefined || sandbox.manners.contract === 'off') return
  const wait = Number(reply.getHeader('retry-after') ?? 0)
  if (wait > 0) {
    sandbox.conduct.tellToWait(identityOf(request), wait * 1000, Date.now(), sandbox.clock.nowMilliseconds())
  }
  if (operation !== 'e911' && operation !== 'patch') return
  const submission = submissionOf(readingOf(request, operation, repairs))
  if (submission === undefined) return
  if (outcomeOf(operation, kind)?.name === 'multiple_choice') {
    sandbox.conduct.offerChoice(submission.number, submission.address)
  } else if (kind === undefined) sandbox.conduct.settleChoice(submission.number)
}

function readingOf(request: FastifyRequest, operation: OperationName, repairs: Repairs): Reading {
  const { sandbox, token } = exchangeOf(request)
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
  const { token, bodyText } = exchangeOf(request)
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
