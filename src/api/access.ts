import type { FastifyReply, FastifyRequest } from 'fastify'
import { first, type Query } from '../operations/rules/search-query.js'
import { Problem } from '../problems.js'
import { identifyCaller, type TokenNeed } from './authentication.js'
import { contextOf } from './context.js'

type Done = () => void

/** For routes whose example in the document sends a token. */
export function wantsToken(request: FastifyRequest, _reply: FastifyReply, done: Done): void {
  admit(request, 'needed')
  done()
}

/** For routes that anybody may call. */
export function wantsNoToken(request: FastifyRequest, _reply: FastifyReply, done: Done): void {
  admit(request, 'optional')
  done()
}

/** For the path that is a search with a prefix and a list without: the document shows a token for the list only. */
export function wantsTokenToList(request: FastifyRequest, _reply: FastifyReply, done: Done): void {
  const { dialect } = contextOf(request).sandbox.behaviour
  const isOpen = isSearch(request) && dialect.account_search_token === 'optional'
  admit(request, isOpen ? 'optional' : 'needed')
  done()
}

/** Whether a GET of an account's numbers is a search (reference implementation: by a prefix that is not empty). */
export function isSearch(request: FastifyRequest): boolean {
  return (first(request.query as Query, 'prefix') ?? '') !== ''
}

function admit(request: FastifyRequest, need: TokenNeed): void {
  identifyCaller(request, need)
  negotiate(request)
}

/** The reference looks at `Accept`, once it knows who asks; answering JSON to whoever asks hurts nobody. */
function negotiate(request: FastifyRequest): void {
  const { accept = '*/*' } = request.headers
  const isChecked = contextOf(request).sandbox.behaviour.dialect.accept === 'checked'
  if (isChecked && !isAcceptable(accept)) throw new Problem('not_acceptable')
}

/** Whether an `Accept` is one that JSON can answer, as the reference sees it. */
export function isAcceptable(accept: string): boolean {
  return /\*\/\*|application\/\*|json|csv/.test(accept)
}
