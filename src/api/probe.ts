import type { FastifyRequest } from 'fastify'

/** Marks the files of a page: a browser opens them without the token, which the page then asks for. */
export const PAGE = { config: { isPage: true } }

export function isPage({ routeOptions }: FastifyRequest): boolean {
  return 'isPage' in routeOptions.config
}

/** Marks the route of a call that tells nothing and changes nothing: load balancers make it, again and again, under any name. */
export const PROBE = { config: { isProbe: true } }

export function isProbe({ routeOptions }: FastifyRequest): boolean {
  return 'isProbe' in routeOptions.config
}
