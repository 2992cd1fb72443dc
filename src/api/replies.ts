import type { JsonObject, JsonValue } from '../json.js'
import type { PhoneNumber } from '../numbering/phone-number.js'
import { numberDocument, viewRules, type NumberView, type ViewRules } from '../numbering/views.js'
import type { Listing } from '../operations/list.js'
import { forEachNumber, forOne, type CollectionOutcome } from '../operations/rules/collection.js'
import { readNumbers } from '../operations/rules/number-list.js'
import type { Caller } from '../operations/rules/permissions.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { RequestContext } from './context.js'
import type { Input } from './endpoint.js'
import type { Success } from './envelope.js'
import type { Query } from '../text/url.js'

/** An operation on one number. */
export type NumberOperation = (
  sandbox: Sandbox,
  caller: Caller,
  e164: string,
  data: JsonObject,
  query: Query
) => PhoneNumber

/** A collection as the API shows it: the numbers that went well, and those that did not, where the dialect shows both. */
interface CollectionView {
  success?: Record<string, NumberView>
  error?: Record<string, JsonValue>
}

/** Shows a number. */
export function numberReply(context: RequestContext, number: PhoneNumber): Success<NumberView> {
  return { data: numberDocument(number, viewRulesOf(context)) }
}

/** Carries `operation` out on one number, and shows it. */
export function replyForOne(
  context: RequestContext,
  operation: NumberOperation,
  { number, data, query }: Input
): Success<NumberView> {
  const { sandbox, caller } = context
  return numberReply(
    context,
    forOne(sandbox, number, (e164) => operation(sandbox, caller, e164, data, query))
  )
}

/** Shows a collection. */
export function collectionReply(
  context: RequestContext,
  { success, error }: CollectionOutcome
): Success<CollectionView> {
  const rules = viewRulesOf(context)
  const documents = [...success].map(([e164, number]): [string, NumberView] => [e164, numberDocument(number, rules)])
  return {
    data: {
      ...(success.size > 0 ? { success: Object.fromEntries(documents) } : {}),
      ...(error.size > 0 ? { error: Object.fromEntries(error) } : {})
    }
  }
}

/** Carries `operation` out on each number of the body, with the fields beside them, and shows the collection. */
export function replyForEach(
  context: RequestContext,
  operation: NumberOperation,
  { data, query }: Input
): Success<CollectionView> {
  const { sandbox, caller } = context
  const { numbers: _, ...fields } = data
  return collectionReply(
    context,
    forEachNumber(sandbox, caller, readNumbers(data), (e164) => operation(sandbox, caller, e164, fields, query))
  )
}

/** Shows a page of numbers; every dialect revises it, unless it is empty (reference implementation). */
export function listReply({ count, data, paging }: Listing): Success<Listing['data']> {
  return { data, paging, isRevised: count > 0 }
}

function viewRulesOf({ sandbox, caller }: RequestContext): ViewRules {
  return viewRules(sandbox.behaviour.dialect, caller.account.admin)
}
