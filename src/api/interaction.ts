import type { FastifyReply, FastifyRequest } from 'fastify'
import { MAX_INTERACTION_LENGTH, TOKEN_EXAMPLE, type Interaction, type NumberBefore } from '../contract/interaction.js'
import { isMissing, redactBody, redactResponse, redactUrl } from '../journal/redaction.js'
import { isPhoneNumber, toE164 } from '../numbering/e164.js'
import type { State } from '../numbering/number-state.js'
import type { Kind } from '../problems.js'
import { pathOf, queryOf } from '../text/url.js'
import { contextOf, numbersIn, type RequestContext } from './context.js'

/** The headers in which the API reads a token. */
export const TOKEN_HEADERS: readonly string[] = ['x-auth-token', 'authorization']

/** The headers of a response that say something about the API. */
const RESPONSE_HEADERS = ['content-type', 'retry-after']

/** Describes a request and its response for a contract; undefined where they are too long to be kept. */
export function describeInteraction(
  request: FastifyRequest,
  reply: FastifyReply,
  body: string
): Interaction | undefined {
  const context = contextOf(request)
  const { caller, fault, requestBody } = context
  if (body.length + requestBody.length > MAX_INTERACTION_LENGTH) return undefined
  const url = redactUrl(request.url)
  const { account_id = caller.path } = request.params as { account_id?: string }
  return {
    request: {
      method: request.method,
      path: pathOf(url),
      query: queryOf(url),
      headers: requestHeaders(request),
      body: redactBody(requestBody)
    },
    response: {
      status: reply.statusCode,
      headers: Object.fromEntries(
        RESPONSE_HEADERS.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : []))
      ),
      body: redactResponse(body, request.url, requestBody)
    },
    account: account_id,
    numbers: isKnown(context) ? numbersBefore(request, context, body) : [],
    isForced: fault !== undefined && (fault.outcome ?? fault.status) !== undefined
  }
}

function requestHeaders({ headers }: FastifyRequest): Record<string, string> {
  const shown: Record<string, string> = {}
  if (headers['content-type'] !== undefined) shown['content-type'] = headers['content-type']
  for (const name of TOKEN_HEADERS) {
    const value = headers[name]
    if (value !== undefined) shown[name] = isMissing(String(value)) ? String(value) : TOKEN_EXAMPLE
  }
  return shown
}

/** The failures after which the database may not be there. */
const WITHOUT_DATABASE: ReadonlySet<Kind> = new Set(['sandbox_dropped', 'sandbox_unusable', 'unspecified_fault'])

/** Tells whether the database was asked for the numbers: it is not for a caller who is refused. */
function isKnown({ caller, kind }: RequestContext): boolean {
  return caller.path !== '' && (kind === undefined || !WITHOUT_DATABASE.has(kind))
}

function numbersBefore(request: FastifyRequest, context: RequestContext, body: string): NumberBefore[] {
  // A list names no numbers itself, and its failure may have no body.
  const numbers =
    context.operation !== 'list'
      ? numbersIn(request).map(toE164).filter(isPhoneNumber)
      : context.kind === undefined
        ? listedIn(body)
        : []
  return numbers.map((e164) => describeBefore(e164, context))
}

/** Returns the numbers of a page, and the one that the next page begins with. */
function listedIn(body: string): string[] {
  const { data, next_start_key } = JSON.parse(body) as { data: { numbers?: object }; next_start_key?: string }
  return [...Object.keys(data.numbers ?? {}), ...(next_start_key === undefined ? [] : [next_start_key])]
    .map(toE164)
    .filter(isPhoneNumber)
}

/** Describes a number as it was: its record as it is now, in the state from which the request has taken it. */
function describeBefore(e164: string, { sandbox, changes, caller }: RequestContext): NumberBefore {
  const { store } = sandbox
  const isOffered = store.discoveries.has(e164.slice('+1'.length))
  const found = store.numbers.find(e164)
  const change = changes.find((one) => one.e164 === e164)
  const state = change === undefined ? found?.state : change.from
  if (state == null) return { e164, isOffered }
  const { owner = null, carrier = 'external', document = {}, usedBy = null } = found ?? {}
  const ownerBefore = change === undefined ? owner : ownerIn(state, caller.path)
  return { e164, isOffered, record: { state, owner: ownerBefore, carrier, document, usedBy } }
}

/** The states in which a number is on no account. */
const UNOWNED: ReadonlySet<State> = new Set(['available', 'discovery', 'released', 'deleted', 'aging'])

/** Returns the owner of a number before the account changed it. */
function ownerIn(state: State, account: string): string | null {
  return UNOWNED.has(state) ? null : account
}
