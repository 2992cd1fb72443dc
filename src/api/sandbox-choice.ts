import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { Sandbox } from '../sandbox/sandbox.js'
import { Problem } from '../problems.js'
import { isSandboxName, type Sandboxes } from '../sandbox/sandboxes.js'

/** The header that names a sandbox, for clients whose base URL cannot. */
export const SANDBOX_HEADER = 'x-emulator-sandbox'

/** What a path that begins with `prefix` and the name of a sandbox says; undefined for any other. */
function sandboxIn(url: string, prefix: string): { name: string; rest: string } | undefined {
  if (!url.startsWith(prefix)) return undefined
  const named = url.slice(prefix.length)
  const end = named.search(/[/?]|$/)
  const rest = named.slice(end)
  return { name: named.slice(0, end), rest: rest.startsWith('/') ? rest : `/${rest}` }
}

/** The host before the path, which clients behind a proxy setting send (RFC 9112, absolute form). */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i

/** The path and query of a request target, whether or not the host stands before them. */
function originForm(target: string): string {
  const path = target.replace(ORIGIN, '')
  return path === target || path.startsWith('/') ? path : `/${path}`
}

/**
 * Takes the sandbox out of a path that begins with `prefix` and its name, and remembers it where the header would have
 * been; a path says more than a header. Returns the rest of the path.
 */
export function takeSandbox(request: IncomingMessage, prefix: string): string {
  // What a server receives has one.
  const url = originForm(String(request.url))
  const found = sandboxIn(url, prefix)
  if (found === undefined) return url
  request.headers[SANDBOX_HEADER] = found.name
  return found.rest
}

/** The sandbox that a request names, made on first use. Throws where the name is none, or none is given and one has to be. */
export function chooseSandbox(
  sandboxes: Sandboxes,
  { headers }: Pick<FastifyRequest, 'headers'>,
  isRequired: boolean
): Sandbox {
  const name = headers[SANDBOX_HEADER]
  if (name === undefined) {
    if (isRequired) throw new Problem('sandbox_required')
    return sandboxes.default
  }
  if (typeof name !== 'string' || !isSandboxName(name)) throw new Problem('sandbox_malformed', String(name))
  return sandboxes.obtain(name)
}
