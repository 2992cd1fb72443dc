import type { FastifyRequest } from 'fastify'
import { isEmpty, type JsonObject, type JsonValue } from '../json.js'
import type { PhoneNumber } from '../numbering/phone-number.js'
import type { FoundNumber } from '../../db/found.js'
import { numberDocument, type NumberView, type ViewRules } from '../numbering/views.js'
import type { Caller } from '../operations/caller.js'
import { withEach, withOne, type CollectionOutcome } from '../operations/collection.js'
import { list, type Listing } from '../operations/list.js'
import { readNumbers } from '../operations/number-list.js'
import { searchAvailable } from '../operations/search.js'
import type { Query } from '../operations/search-query.js'
import type { Sandbox } from '../sandbox.js'
import { answerAbout, answerOf, type Answer } from './envelope.js'
import { callerOf, dataOf, exchangeOf, type Exchange } from './exchange.js'
import { numberParam } from './number-param.js'

/** What is done to one number. */
export type Verb = (sandbox: Sandbox, caller: Caller, e164: string, data: JsonObject) => PhoneNumber

/** The number of the path, after `verb`, as a success. */
export function answerOne(request: FastifyRequest, verb: Verb, written = numberParam(request)): Answer<NumberView> {
  return oneAnswerOf(exchangeOf(request), verb, written, dataOf(request))
}

/** A number, after `verb` with the fields of `data`, as the success of an exchange. */
export function oneAnswerOf(exchange: Exchange, verb: Verb, written: string, data: JsonObject): Answer<NumberView> {
  const { sandbox, caller } = exchange
  return numberAnswerOf(
    exchange,
    withOne(sandbox, written, (e164) => verb(sandbox, caller, e164, data))
  )
}

/** The numbers of the body, after `verb` with the fields beside them, as a success. */
export function answerEach(request: FastifyRequest, verb: Verb): Answer<CollectionView> {
  const { sandbox } = exchangeOf(request)
  const { numbers: _, ...fields } = dataOf(request)
  const work = (e164: string) => verb(sandbox, callerOf(request), e164, fields)
  return collectionAnswer(request, withEach(sandbox, callerOf(request), readNumbers(dataOf(request)), work))
}

/** A number as the success of an exchange. */
export function numberAnswerOf(exchange: Exchange, number: PhoneNumber): Answer<NumberView> {
  return answerAbout(exchange, number, numberDocument)
}

export interface CollectionView {
  success?: Record<string, NumberView>
  error?: Record<string, JsonValue>
}

/** A collection as a success: the numbers that went well, and those that did not, where the dialect shows them together. */
export function collectionAnswer(request: FastifyRequest, outcome: CollectionOutcome): Answer<CollectionView> {
  return answerAbout(exchangeOf(request), outcome, collectionView)
}

function collectionView({ success, error }: CollectionOutcome, rules: ViewRules): CollectionView {
  const documents = Object.fromEntries([...success].map(([e164, number]) => [e164, numberDocument(number, rules)]))
  return {
    ...(success.size > 0 ? { success: documents } : {}),
    ...(error.size > 0 ? { error: Object.fromEntries(error) } : {})
  }
}

/** A number as it stands as the success of an exchange; nobody writes again what has not changed since. */
export function shownAnswerOf(exchange: Exchange, number: PhoneNumber): Answer<NumberView> {
  const { sandbox, caller } = exchange
  const key = caller.account.admin ? `${number.e164}/admin` : number.e164
  const written = sandbox.recent.numbers.of(sandbox.store.numbers, key, () => ({ isLasting: true }))
  return answerAbout(exchange, number, numberDocument, undefined, written)
}

/** A page of what anybody may buy as a success. */
export function foundAnswerOf(exchange: Exchange, query: Query): Answer<FoundNumber[]> {
  const { numbers, written } = searchAvailable(exchange.sandbox, exchange.caller, query)
  return answerOf(exchange, numbers, undefined, written)
}

/** A page of the account's numbers as a success; the one answer that every dialect revises, if anything is on it. */
export function listAnswerOf(exchange: Exchange, query: Query): Answer<Listing['data']> {
  const { data, paging, written } = list(exchange.sandbox, exchange.caller, query)
  const answer = answerOf(exchange, data, paging, written)
  answer.isRevised ||= !isEmpty(data.numbers)
  return answer
}
