import type { FastifyRequest } from 'fastify'
import { first, type Query } from '../operations/rules/search-query.js'

/** Names that a script may call: no client chooses what else runs in a page. */
const FUNCTION_NAME = /^[\w$.]{1,100}$/

const INDENT = 2

/** Formats a body as the query asks: indented (`pretty_print`), or as a script (`jsonp`), both as the reference implementation. */
export function formatBody(request: FastifyRequest, payload: string): string {
  if (payload === '') return payload
  const query = request.query as Query
  const isPretty = first(query, 'pretty_print') === 'true' || request.headers['x-pretty-print'] === 'true'
  const text = isPretty ? JSON.stringify(JSON.parse(payload), null, INDENT) : payload
  const callback = first(query, 'jsonp')
  return callback !== undefined && FUNCTION_NAME.test(callback) ? `${callback}(${text});` : text
}
