import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { AdminProblem } from './problems.js'

/** The host names of this machine. */
const LOCAL = /^(?:localhost|(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)$/i

/**
 * Rejects calls from pages of other origins, calls under foreign host names that resolve to this machine (DNS rebinding), and
 * calls without the token, if there is one. `hosts` are further host names of the emulator.
 */
export function guardAdmin(request: FastifyRequest, token: string | undefined, hosts: readonly string[]): void {
  const { host = '', origin } = request.headers
  if (!isLocal(host, hosts)) throw forbidden(`the host ${host} is not this emulator; name it in --admin-hosts`)
  if (origin !== undefined && !isLocal(origin.replace(/^https?:\/\//, ''), hosts)) {
    throw forbidden(`the origin ${origin} may not use the admin API`)
  }
  if (token !== undefined && !isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
    throw new AdminProblem(401, 'unauthorized', 'send Authorization: Bearer with the token of --admin-token')
  }
}

function forbidden(message: string): AdminProblem {
  return new AdminProblem(403, 'forbidden', message)
}

function isLocal(host: string, hosts: readonly string[]): boolean {
  const name = host.replace(/:\d+$/, '')
  return LOCAL.test(name) || hosts.includes(name)
}

/** Compares in constant time, so that a caller cannot guess the token character by character. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
