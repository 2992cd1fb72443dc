import type { OperationName } from '../contract/outcomes.js'
import type { Query } from '../operations/rules/search-query.js'
import type { TokenNeed } from '../api/authentication.js'
import type { Answer } from '../api/envelope.js'
import type { RequestContext } from '../api/context.js'
import type { PlainAnswer } from './plain-answer.js'
import type { PlainPlace } from './plain-request.js'

/** What a call asks for beside its account. */
export interface Wanted {
  /** The number of the path, decoded; undefined where it has none. */
  number: string | undefined
  query: Query
}

/** A call that the short road knows. */
export interface ShortCall {
  operation: OperationName
  method: string
  /** The route whose answers it gives: method and path as they are registered. */
  route: string
  need: TokenNeed
  status: PlainAnswer['status']
  /**
   * Whether it changes nothing: clients ask it over and over, and the reading against the document looks at nothing but the
   * line and the token.
   */
  isQuestion: boolean
  /** Does it. Throws as the operation does; nothing has happened then. */
  work: (exchange: RequestContext, wanted: Wanted) => Answer<unknown>
}

/** The call that a plain request is; undefined where it is not one of the short ones. */
export type CallOf = (method: string, place: PlainPlace, number: string | undefined) => ShortCall | undefined
