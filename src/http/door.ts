import type { FastifyReply, FastifyRequest } from 'fastify'
import { Ajv, type ErrorObject } from 'ajv'
import { isDeepStrictEqual } from 'node:util'
import { escaped } from '../json-pointer.js'
import { Problem } from '../problems.js'
import { nearest } from '../settings.js'
import type { App } from './app-type.js'

/** A wrong call of the control door: what is wrong, where (a JSON pointer into the body), and what would have been right. */
export class DoorProblem extends Error {
  override readonly name = 'DoorProblem'
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

export function notFound(what: string): DoorProblem {
  return new DoorProblem(404, 'not_found', `there is no ${what}`)
}

export function invalid(at: string, message: string): DoorProblem {
  return new DoorProblem(400, 'invalid', message, at)
}

/** What the calls of the door share: strict JSON, plain errors, no envelope, no CORS. */
export function keepDoor(door: App): void {
  door.removeAllContentTypeParsers()
  door.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, parsed(String(body)))
  })
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true })
  door.setValidatorCompiler(({ schema }) => {
    const validate = ajv.compile(schema as object)
    return (value: unknown) => {
      validate(value)
      const errors = validate.errors ?? []
      // A misspelt field explains the one that seems to be missing.
      const worst = errors.find(({ keyword }) => keyword === 'additionalProperties') ?? errors[0]
      return worst === undefined ? { value } : { error: said(worst) }
    }
  })
  door.addHook('preValidation', (request, _reply, done) => {
    refuseWhatIsNotTaken(request)
    done()
  })
  door.setSerializerCompiler(() => JSON.stringify)
  door.addHook('onSend', (_request, reply, payload, done) => {
    if (typeof payload === 'string' && payload !== '') reply.header('content-type', 'application/json')
    done(null, payload)
  })
  door.setErrorHandler(answerProblem)
  door.setNotFoundHandler((request) => {
    throw notFound(`call ${request.method} ${request.url.replace(/\?.*$/s, '')} at this door`)
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
  if (key !== undefined) throw invalid(`/${escaped(key)}`, 'is no query key of this call, which takes none')
  const isNothing = body === undefined || body === null || isDeepStrictEqual(body, {})
  if (fields === undefined && consumes === undefined && !isNothing)
    throw invalid('', 'must not be there: this call takes no body')
}

/** What is wrong, and what would have been right. */
function said({ instancePath, message, params, keyword, parentSchema }: ErrorObject): DoorProblem {
  const detail: Record<string, unknown> = params
  const fields = Object.keys((parentSchema as { properties?: object }).properties ?? {})
  switch (keyword) {
    case 'additionalProperties': {
      const name = String(detail.additionalProperty)
      return invalid(
        `${instancePath}/${escaped(name)}`,
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
  const problem = error instanceof DoorProblem ? error : unexpected(error)
  if (problem.status >= 500) request.log.error(error)
  const { status, error: name, message, at } = problem
  return reply.code(status).send({ error: name, message, at })
}

function unexpected(error: unknown): DoorProblem {
  if (error instanceof Problem) {
    // The one that a call can meet here is about the name of its sandbox, and says what a name is.
    const { message: right } = error.data as { message: string }
    return new DoorProblem(error.status, 'invalid', `${error.title}: ${right}`)
  }
  const { statusCode, message } = error as Error & { statusCode?: number }
  // The framework refuses calls as well, with a status of its own.
  return statusCode !== undefined && statusCode < 500
    ? new DoorProblem(statusCode, 'invalid', message)
    : new DoorProblem(500, 'failure', 'the emulator failed; its log says how')
}
