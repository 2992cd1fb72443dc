import { isDeepStrictEqual } from 'node:util'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../api/app-type.js'
import { moveOn } from '../api/due-changes.js'
import { collectMethods } from '../api/not-found.js'
import { logDefect } from '../api/request-log.js'
import { chooseSandbox } from '../api/sandbox-choice.js'
import { assertNone } from '../findings/findings-error.js'
import { escapePointer, parseJson } from '../json.js'
import { VERSION } from '../package.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { Sandboxes } from '../sandbox/sandboxes.js'
import { MAX_STATE_LEVELS } from '../state/schema.js'
import { createGuard } from './guard.js'
import { invalidCall, notFound, toAdminProblem } from './problems.js'
import { pathOf } from '../text/url.js'
import { findNearest } from '../text/nearest.js'

/** What the calls of the admin API work on. */
export interface AdminOptions {
  sandboxes: Sandboxes
  /** Unix milliseconds of the start of the process. */
  startedAt: number
  /** The folder of the snapshots, which are kept in memory where it is undefined. */
  snapshots: string | undefined
  /** The bearer token that every call needs, if there is one. */
  adminToken: string | undefined
  /** The port of the API, where the admin API has another one. */
  apiPort: () => number | undefined
  /** Further host names of this emulator, separated by commas. */
  adminHosts: string | undefined
}

/** Returns the sandbox that a call names, or the default one, with everything done that is due by its clock. */
export function sandboxOf({ sandboxes }: AdminOptions, request: FastifyRequest): Sandbox {
  const sandbox = chooseSandbox(sandboxes, request, false)
  moveOn(request, sandbox, true)
  return sandbox
}

/** Everything that the calls of the admin API share: the guard, strict JSON, plain errors. There is no envelope and no CORS. */
export function adminPlugin(admin: App, { adminToken, adminHosts }: AdminOptions): void {
  const guard = createGuard({ token: adminToken, hosts: adminHosts })
  admin.addHook('onRequest', (request, _reply, done) => {
    guard(request)
    done()
  })
  admin.removeAllContentTypeParsers()
  admin.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, parseAdminBody(String(body)))
  })
  admin.addHook('preValidation', (request, _reply, done) => {
    rejectUnusedInput(request)
    done()
  })
  // The calls check their input by themselves, to tell all that is wrong at once; schemas describe it.
  admin.setValidatorCompiler(() => () => true)
  admin.setSerializerCompiler(() => JSON.stringify)
  admin.addHook('onSend', (_request, reply, payload, done) => {
    if (typeof payload === 'string' && payload !== '') reply.header('content-type', 'application/json')
    done(null, payload)
  })
  admin.setErrorHandler(sendProblem)
  const calls = collectMethods(admin)
  admin.setNotFoundHandler((request) => {
    const path = pathOf(request.url)
    const near = findNearest(path.slice(admin.prefix.length), [...calls.keys()])
    const hint = near === undefined ? '' : `; did you mean "${admin.prefix}${near}"?`
    throw notFound(`call ${request.method} ${path} in the admin API${hint}`)
  })
}

function parseAdminBody(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return parseJson(text, MAX_STATE_LEVELS)
  } catch (error) {
    throw invalidCall(`the body cannot be read: ${(error as SyntaxError).message}`)
  }
}

/** Rejects a body or a query key that a call does not take: the client expects something of it. */
function rejectUnusedInput({ body, query, routeOptions, is404 }: FastifyRequest): void {
  if (is404) return
  const { body: fields, consumes, querystring } = routeOptions.schema ?? {}
  const keys = querystring === undefined ? Object.keys(query as object) : []
  const message = 'is no query key of this call, which takes none'
  assertNone(keys.map((key) => ({ at: `/${escapePointer(key)}`, message })))
  const isNothing = body === undefined || body === null || isDeepStrictEqual(body, {})
  if (fields === undefined && consumes === undefined && !isNothing)
    throw invalidCall('must not be there: this call takes no body')
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toAdminProblem(error)
  if (problem.status >= 500 && !(error instanceof Problem)) logDefect(request, error)
  const { status, error: name, message, at, problems } = problem
  return reply.code(status).send({ error: name, message, at, ...(problems.length > 0 && { problems }) })
}

/** Answers a path that Fastify's router cannot read, as every call of the admin API is answered. */
export function sendPathProblem({ code }: { code: string }, request: FastifyRequest, reply: FastifyReply): void {
  const problem =
    code === 'FST_ERR_MAX_PARAM_LENGTH'
      ? notFound('such call in the admin API: a part of its path is too long')
      : invalidCall('the path cannot be read: a percent sign must begin the encoding of a character in UTF-8')
  reply.headers({ 'x-emulator': VERSION, 'x-request-id': request.id, 'content-type': 'application/json' })
  reply.serializer(JSON.stringify)
  sendProblem(problem, request, reply)
}
