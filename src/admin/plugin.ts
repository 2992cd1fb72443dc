import { isDeepStrictEqual } from 'node:util'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DatabaseError } from '../../db/connection.js'
import type { App } from '../api/app-type.js'
import { logDefect } from '../api/request-log.js'
import { chooseSandbox } from '../api/sandbox-choice.js'
import { escapePointer, parseJson } from '../json.js'
import { VERSION } from '../package.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { Sandboxes } from '../sandbox/sandboxes.js'
import { MAX_STATE_LEVELS } from '../state/schema.js'
import { createGuard } from './guard.js'
import { AdminProblem, invalidAt, notFound, refuseFindings } from './problems.js'
import { pathOf } from '../text/url-path.js'
import { compileSchema } from './validation.js'

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

/** Returns the sandbox that a call names, or the default one. */
export function sandboxOf({ sandboxes }: AdminOptions, request: FastifyRequest): Sandbox {
  return chooseSandbox(sandboxes, request, false)
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
  admin.setValidatorCompiler(compileSchema)
  admin.setSerializerCompiler(() => JSON.stringify)
  admin.addHook('onSend', (_request, reply, payload, done) => {
    if (typeof payload === 'string' && payload !== '') reply.header('content-type', 'application/json')
    done(null, payload)
  })
  admin.setErrorHandler(sendProblem)
  admin.setNotFoundHandler((request) => {
    throw notFound(`call ${request.method} ${pathOf(request.url)} in the admin API`)
  })
}

function parseAdminBody(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return parseJson(text, MAX_STATE_LEVELS)
  } catch (error) {
    throw invalidAt('', `the body cannot be read: ${(error as SyntaxError).message}`)
  }
}

/** Rejects a body or a query key that a call does not take: the client expects something of it. */
function rejectUnusedInput({ body, query, routeOptions, is404 }: FastifyRequest): void {
  if (is404) return
  const { body: fields, consumes, querystring } = routeOptions.schema ?? {}
  const keys = querystring === undefined ? Object.keys(query as object) : []
  const message = 'is no query key of this call, which takes none'
  refuseFindings(keys.map((key) => ({ at: `/${escapePointer(key)}`, message })))
  const isNothing = body === undefined || body === null || isDeepStrictEqual(body, {})
  if (fields === undefined && consumes === undefined && !isNothing)
    throw invalidAt('', 'must not be there: this call takes no body')
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = error instanceof AdminProblem ? error : toAdminProblem(error)
  if (problem.status >= 500 && !(error instanceof Problem)) logDefect(request, error)
  const { status, error: name, message, at, problems } = problem
  return reply.code(status).send({ error: name, message, at, ...(problems.length > 0 && { problems }) })
}

/** Answers a path that Fastify's router cannot read, as every call of the admin API is answered. */
export function sendPathProblem({ code }: { code: string }, request: FastifyRequest, reply: FastifyReply): void {
  const problem =
    code === 'FST_ERR_MAX_PARAM_LENGTH'
      ? notFound('such call in the admin API: a part of its path is too long')
      : invalidAt('', 'the path cannot be read: a percent sign must begin the encoding of a character in UTF-8')
  reply.headers({ 'x-emulator': VERSION, 'x-request-id': request.id, 'content-type': 'application/json' })
  reply.serializer(JSON.stringify)
  sendProblem(problem, request, reply)
}

function toAdminProblem(error: unknown): AdminProblem {
  // A file that cannot be deleted: one that cannot be opened is a Problem.
  if (error instanceof DatabaseError) {
    return new AdminProblem(409, 'file', `the file of the sandbox ${error.reason}; remove it by hand`)
  }
  if (error instanceof Problem) {
    // The Problems of a call are about its sandbox: its name is malformed, it is dropped, or it cannot be opened.
    const { message: expected } = error.data as { message: string }
    return new AdminProblem(error.status, error.status < 500 ? 'invalid' : 'failure', `${error.title}: ${expected}`)
  }
  const { statusCode, message } = error as Error & { statusCode?: number }
  // Fastify refuses requests too, with a status of its own.
  return statusCode !== undefined && statusCode < 500
    ? new AdminProblem(statusCode, 'invalid', message)
    : new AdminProblem(500, 'failure', 'the emulator failed; its log says how')
}
