import type { FastifyReply, FastifyRequest } from 'fastify'

/** Cross-origin rules of the reference implementation; browsers of any origin may call. */
// prettier-ignore
const ALLOWED_HEADERS = [
  'content-type', 'depth', 'user-agent', 'x-http-method-override', 'x-file-size', 'x-requested-with', 'if-modified-since',
  'x-file-name', 'cache-control', 'x-auth-token', 'x-kazoo-cluster-id', 'if-match',
  // Beside the reference, so that a page can use what the emulator adds to the API.
  'x-emulator-sandbox', 'prefer'
].join(', ')
// prettier-ignore
const EXPOSED_HEADERS = [
  'content-type', 'x-auth-token', 'x-request-id', 'x-kazoo-cluster-id', 'location', 'etag',
  'retry-after', 'x-emulator', 'x-emulator-fault', 'x-emulator-warning', 'x-emulator-hint',
  'preference-applied'
].join(', ')
const DAY = '86400'

export const METHODS = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'] as const

/** Tells whether a request is a preflight: a browser asks whether a page may send another request. */
export function isPreflight(request: FastifyRequest): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
}

/** Whether the answer needs the headers although it is a success. */
export function isCrossOrigin({ headers }: FastifyRequest): boolean {
  return (
    headers.origin !== undefined ||
    headers['access-control-request-method'] !== undefined ||
    headers['access-control-request-headers'] !== undefined
  )
}

/** Adds the headers; `methods` are those of the path, all where it is not known. */
export function allowOrigins(reply: FastifyReply, methods: readonly string[] = METHODS): void {
  reply.headers({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': ['OPTIONS', ...methods].join(', '),
    'access-control-allow-headers': ALLOWED_HEADERS,
    'access-control-expose-headers': EXPOSED_HEADERS,
    'access-control-max-age': DAY
  })
}
