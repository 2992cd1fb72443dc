import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import type { FastifyRequest } from 'fastify'
import { isPage, isProbe } from '../api/probe.js'
import { AdminProblem } from './problems.js'
import { namesIn } from '../text/kinds.js'

/** What a call of the admin API has to show. */
interface Guard {
  /** The bearer token that every call needs, if there is one. */
  token: string | undefined
  /** Further host names of the emulator, separated by commas; a `*` stands for letters, digits and dashes. */
  hosts: string | undefined
}

/**
 * Makes the check of the calls. It rejects calls from pages of other origins, calls under foreign host names that resolve to
 * this machine (DNS rebinding), and calls without the token, if there is one.
 */
export function createGuard({ token, hosts = '' }: Guard): (request: FastifyRequest) => void {
  const names = ['localhost', '*.localhost', hostname(), ...namesIn(hosts)]
  const patterns = names.filter((name) => name !== '').map(toPattern)
  const ownNames = new RegExp(`^(?:${patterns.join('|')})$`, 'i')
  return (request) => {
    if (isProbe(request)) return
    const { host, origin, authorization = '' } = request.headers
    if (host === undefined) throw forbidden('send the header Host: a call without it could be meant for any server')
    if (!isOwn(host, ownNames)) throw forbidden(`the host "${host}" is not this emulator; name it in --admin-hosts`)
    if (origin !== undefined && ![`http://${host}`, `https://${host}`].includes(origin)) {
      throw forbidden(`the origin "${origin}" may not use the admin API`)
    }
    const [, sent = ''] = /^bearer +(.+)$/i.exec(authorization) ?? []
    if (token !== undefined && !isPage(request) && !isSameToken(sent, token)) {
      throw new AdminProblem(401, 'unauthorized', 'send Authorization: Bearer with the token of --admin-token')
    }
  }
}

function forbidden(message: string): AdminProblem {
  return new AdminProblem(403, 'forbidden', message)
}

/** Names may have a dot at their end, as those of a cluster do. */
function toPattern(name: string): string {
  return `${name.replaceAll(/[^\w*]/g, '\\$&').replaceAll('*', '[\\w-]+')}\\.?`
}

/** A page cannot bind an address to another machine as it can a name, so every IP address is allowed. */
function isOwn(host: string, ownNames: RegExp): boolean {
  const name = host.replace(/:\d*$/, '')
  return isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0 || ownNames.test(name)
}

/** Compares in constant time, so that a caller cannot guess the token character by character. */
function isSameToken(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
