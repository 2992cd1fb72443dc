import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../problems.js'
import { refuseStaleToken } from './authentication.js'
import { METHODS } from './cors.js'

/** The methods of each path, as the routes have registered them. */
export type MethodTable = Map<string, Set<string>>

/** Notes the methods of every route that is registered after this. */
export function noteMethods(app: FastifyInstance): MethodTable {
  const table: MethodTable = new Map()
  app.addHook('onRoute', ({ url, method }) => {
    const known = table.get(url) ?? new Set()
    for (const one of [method].flat()) known.add(one)
    table.set(url, known)
  })
  return table
}

/** The methods of the path that a request is on; undefined where it is on none. */
export function methodsOf(table: MethodTable, request: FastifyRequest): string[] | undefined {
  const methods = table.get(request.routeOptions.url ?? '')
  return methods === undefined ? undefined : METHODS.filter((method) => methods.has(method))
}

/** Methods that a path answers, be it with a refusal. */
const ANSWERED: readonly string[] = [...METHODS, 'HEAD', 'OPTIONS']

/** Refuses methods that no path has (TRACE, those of WebDAV). */
export function refuseForeignMethod({ method }: FastifyRequest): void {
  if (!ANSWERED.includes(method)) throw new Problem('invalid_method')
}

/** Makes every path answer the methods that it does not have with 405 (reference implementation: without `Allow`). */
export function refuseOtherMethods(app: FastifyInstance, table: MethodTable): void {
  for (const [url, methods] of [...table]) {
    const others = ANSWERED.filter((method) => !methods.has(method))
    const known = METHODS.filter((method) => methods.has(method))
    app.route({
      url,
      method: others,
      handler: (request) => {
        refuseStaleToken(request)
        throw new Problem('invalid_method')
      }
    })
    table.set(url, new Set(known))
  }
}
