import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { AdminProblem } from './plugin.js'

/** Names by which this machine calls itself; whatever else a browser thinks it talks to is none of ours. */
const LOCAL = /^(?:localhost|(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)$/i

/**
 * Turns away who has no business at the admin API: pages of other origins, names that only point here (DNS rebinding), and
 * callers without the token, if there is one. `hosts` are further names under which the emulator is known.
 */
export function guardAdmin(request: FastifyRequest, token: string | undefined, hosts: readonly string[]): void {
  const { host = '', origin } = request.headers
  if (!isLocal(host, hosts)) throw refused(`the host ${host} is not this emulator; name it in --admin-hosts`)
  if (origin !== undefined && !isLocal(origin.replace(/^https?:\/\//, ''), hosts)) {
    throw refused(`the origin ${origin} may not use the admin API`)
  }
  if (token !== undefined && !same(request.headers.authorization ?? '', `Bearer ${token}`)) {
    throw new AdminProblem(401, 'unauthorized', 'send Authorization: Bearer with the token of --admin-token')
  }
}

function refused(message: string): AdminProblem {
  return new AdminProblem(403, 'forbidden', message)
}

function isLocal(host: string, hosts: readonly string[]): boolean {
  const name = host.replace(/:\d+$/, '')
  return LOCAL.test(name) || hosts.includes(name)
}

/** Compares without telling by the time it takes how much was right. */
function same(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
