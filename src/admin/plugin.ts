import type { FastifyReply, FastifyRequest } from 'fastify'
import { Ajv, type ErrorObject } from 'ajv'
import { isDeepStrictEqual } from 'node:util'
import { escapePointer } from '../json.js'
import { Problem } from '../problems.js'
import { nearest } from '../settings.js'
import type { App } from '../api/app-type.js'

/** A wrong call of the control admin: what is wrong, where (a JSON pointer into the body), and what would have been right. */
export class AdminProblem extends Error {
  override readonly name = 'AdminProblem'
  readonly status: number
  readonly error: string
  readonly at: string

  constructor(status: number, error: string, message: string, at = '') {
    super(message)
    this.status = status
    this.error = error
    this.at = at
  }
}

export function notFound(what: string): AdminProblem {
  return new AdminProblem(404, 'not_found', `there is no ${what}`)
}

export function invalid(at: string, message: string): AdminProblem {
  return new AdminProblem(400, 'invalid', message, at)
}

/** What the calls of the admin API share: strict JSON, plain errors, no envelope, no CORS. */
export function adminPlugin(admin: App): void {
  admin.removeAllContentTypeParsers()
  admin.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, parsed(String(body)))
  })
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true })
  admin.setValidatorCompiler(({ schema }) => {
    const validate = ajv.compile(schema as object)
    return (value: unknown) => {
      validate(value)
      const errors = validate.errors ?? []
      // A misspelt field explains the one that seems to be missing.
      const worst = errors.find(({ keyword }) => keyword === 'additionalProperties') ?? errors[0]
      return worst === undefined ? { value } : { error: said(worst) }
    }
  })
  admin.addHook('preValidation', (request, _reply, done) => {
    refuseWhatIsNotTaken(request)
    done()
  })
  admin.setSerializerCompiler(() => JSON.stringify)
  admin.addHook('onSend', (_request, reply, payload, done) => {
    if (typeof payload === 'string' && payload !== '') reply.header('content-type', 'application/json')
    done(null, payload)
  })
  admin.setErrorHandler(answerProblem)
  admin.setNotFoundHandler((request) => {
    throw notFound(`call ${request.method} ${request.url.replace(/\?.*$/s, '')} in the admin API`)
  })
}

function parsed(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    throw invalid('', `the body is not JSON: ${(error as SyntaxError).message}`)
  }
}

/** A body or a query key that a call does not take is a mistake: whoever sends it expects something of it. */
function refuseWhatIsNotTaken({ body, query, routeOptions, is404 }: FastifyRequest): void {
  if (is404) return
  const { body: fields, consumes, querystring } = routeOptions.schema ?? {}
  const [key] = querystring === undefined ? Object.keys(query as object) : []
  if (key !== undefined) throw invalid(`/${escapePointer(key)}`, 'is no query key of this call, which takes none')
  const isNothing = body === undefined || body === null || isDeepStrictEqual(body, {})
  if (fields === undefined && consumes === undefined && !isNothing)
    throw invalid('', 'must not be there: this call takes no body')
}

/** What is wrong, and what would have been right. */
function said({ instancePath, message, params, keyword, parentSchema }: ErrorObject): AdminProblem {
  const detail: Record<string, unknown> = params
  const fields = Object.keys((parentSchema as { properties?: object }).properties ?? {})
  switch (keyword) {
    case 'additionalProperties': {
      const name = String(detail.additionalProperty)
      return invalid(
        `${instancePath}/${escapePointer(name)}`,
        `is no field of this call; did you mean ${nearest(name, fields)}?`
      )
    }
    case 'minProperties':
      return invalid(instancePath, `must have at least one of ${fields.join(', ')}`)
    case 'maxProperties':
      return invalid(instancePath, `must have only one of ${fields.join(', ')}`)
    case 'enum':
      return invalid(instancePath, `must be one of ${(detail.allowedValues as unknown[]).join(', ')}`)
    case 'type':
      return invalid(instancePath, String(message) + (fields.length === 0 ? '' : ` with ${fields.join(', ')}`))
    default:
      return invalid(instancePath, String(message))
  }
}

function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = error instanceof AdminProblem ? error : unexpected(error)
  if (problem.status >= 500) request.log.error(error)
  const { status, error: name, message, at } = problem
  return reply.code(status).send({ error: name, message, at })
}

function unexpected(error: unknown): AdminProblem {
  if (error instanceof Problem) {
    // The one that a call can meet here is about the name of its sandbox, and says what a name is.
    const { message: right } = error.data as { message: string }
    return new AdminProblem(error.status, 'invalid', `${error.title}: ${right}`)
  }
  const { statusCode, message } = error as Error & { statusCode?: number }
  // The framework refuses calls as well, with a status of its own.
  return statusCode !== undefined && statusCode < 500
    ? new AdminProblem(statusCode, 'invalid', message)
    : new AdminProblem(500, 'failure', 'the emulator failed; its log says how')
}
