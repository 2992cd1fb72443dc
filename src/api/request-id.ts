import type { FastifyRequest } from 'fastify'
import type { Identifiers } from '../sandbox/identifiers.js'

/** The longest id of a client that is taken over. */
const LONGEST = 200

/** The id of a request: the client's own `X-Request-ID`, if a header may carry it back, else a new one. */
export function requestIdOf({ headers }: Pick<FastifyRequest, 'headers'>, identifiers: Identifiers): string {
  const sent = headers['x-request-id']
  return typeof sent === 'string' && sent !== '' && sent.length <= LONGEST && /^[\t\x20-\x7e]*$/.test(sent)
    ? sent
    : identifiers.next()
}
