import type { FastifyRequest } from 'fastify'

/** Marks the route of a call that tells nothing and changes nothing: load balancers make it, again and again, under any name. */
export const PROBE = { config: { isProbe: true } }

export function isProbe({ routeOptions }: FastifyRequest): boolean {
  return 'isProbe' in routeOptions.config
}
