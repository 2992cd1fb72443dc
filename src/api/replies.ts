import type { FastifyRequest } from 'fastify'
import { isEmpty, type JsonObject, type JsonValue } from '../json.js'
import type { PhoneNumber } from '../numbering/phone-number.js'
import type { FoundNumber } from '../../db/search-pages.js'
import { numberDocument, type NumberView, type ViewRules } from '../numbering/views.js'
import type { Caller } from '../operations/rules/permissions.js'
import { forEachNumber, forOne, type CollectionOutcome } from '../operations/rules/collection.js'
import { list, type Listing } from '../operations/list.js'
import { readNumbers } from '../operations/rules/number-list.js'
import { searchAvailable } from '../operations/search.js'
import type { Query } from '../operations/rules/search-query.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { answerAbout, answerOf, type Answer } from './envelope.js'
import { callerOf, dataOf, contextOf, type RequestContext } from './context.js'
import { numberParam } from './number-param.js'

/** What is done to one number. */
export type NumberOperation = (sandbox: Sandbox, caller: Caller, e164: string, data: JsonObject) => PhoneNumber

/** The number of the path, after `verb`, as a success. */
export function answerOne(
  request: FastifyRequest,
  verb: NumberOperation,
  written = numberParam(request)
): Answer<NumberView> {
  return oneAnswerOf(contextOf(request), verb, written, dataOf(request))
}

/** A number, after `verb` with the fields of `data`, as the success of an context. */
export function oneAnswerOf(
  context: RequestContext,
  verb: NumberOperation,
  written: string,
  data: JsonObject
): Answer<NumberView> {
  const { sandbox, caller } = context
  return numberAnswerOf(
    context,
    forOne(sandbox, written, (e164) => verb(sandbox, caller, e164, data))
  )
}

/** The numbers of the body, after `verb` with the fields beside them, as a success. */
export function answerEach(request: FastifyRequest, verb: NumberOperation): Answer<CollectionView> {
  const { sandbox } = contextOf(request)
  const { numbers: _, ...fields } = dataOf(request)
  const work = (e164: string) => verb(sandbox, callerOf(request), e164, fields)
  return collectionAnswer(request, forEachNumber(sandbox, callerOf(request), readNumbers(dataOf(request)), work))
}

/** A number as the success of an context. */
export function numberAnswerOf(context: RequestContext, number: PhoneNumber): Answer<NumberView> {
  return answerAbout(context, number, numberDocument)
}

export interface CollectionView {
  success?: Record<string, NumberView>
  error?: Record<string, JsonValue>
}

/** A collection as a success: the numbers that went well, and those that did not, where the dialect shows them together. */
export function collectionAnswer(request: FastifyRequest, outcome: CollectionOutcome): Answer<CollectionView> {
  return answerAbout(contextOf(request), outcome, collectionView)
}

function collectionView({ success, error }: CollectionOutcome, rules: ViewRules): CollectionView {
  const documents = Object.fromEntries([...success].map(([e164, number]) => [e164, numberDocument(number, rules)]))
  return {
    ...(success.size > 0 ? { success: documents } : {}),
    ...(error.size > 0 ? { error: Object.fromEntries(error) } : {})
  }
}

/** A number as it stands as the success of an context; nobody writes again what has not changed since. */
export function shownAnswerOf(context: RequestContext, number: PhoneNumber): Answer<NumberView> {
  const { sandbox, caller } = context
  const key = caller.account.admin ? `${number.e164}/admin` : number.e164
  const written = sandbox.recent.numbers.of(sandbox.store.numbers, key, () => ({ isLasting: true }))
  return answerAbout(context, number, numberDocument, undefined, written)
}

/** A page of what anybody may buy as a success. */
export function foundAnswerOf(context: RequestContext, query: Query): Answer<FoundNumber[]> {
  const { numbers, written } = searchAvailable(context.sandbox, context.caller, query)
  return answerOf(context, numbers, undefined, written)
}

/** A page of the account's numbers as a success; the one answer that every dialect revises, if anything is on it. */
export function listAnswerOf(context: RequestContext, query: Query): Answer<Listing['data']> {
  const { data, paging, written } = list(context.sandbox, context.caller, query)
  const answer = answerOf(context, data, paging, written)
  answer.isRevised ||= !isEmpty(data.numbers)
  return answer
}
