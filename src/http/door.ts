import type { FastifyReply, FastifyRequest } from 'fastify'
import { Ajv, type ErrorObject } from 'ajv'
import { Problem } from '../problems.js'
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
      const [first] = validate.errors ?? []
      return first === undefined ? { value } : { error: said(first) }
    }
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

function said({ instancePath, message, params, keyword }: ErrorObject): DoorProblem {
  const detail: Record<string, unknown> = params
  if (keyword === 'additionalProperties') {
    return invalid(`${instancePath}/${String(detail.additionalProperty)}`, 'is no field of this call')
  }
  const allowed = keyword === 'enum' ? `: ${(detail.allowedValues as unknown[]).join(', ')}` : ''
  return invalid(instancePath, String(message) + allowed)
}

function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = error instanceof DoorProblem ? error : unexpected(error)
  if (problem.status >= 500) request.log.error(error)
  const { status, error: name, message, at } = problem
  return reply.code(status).send({ error: name, message, at })
}

function unexpected(error: unknown): DoorProblem {
  if (error instanceof Problem) return new DoorProblem(error.status, 'invalid', error.title)
  const { statusCode, message } = error as Error & { statusCode?: number }
  // The framework refuses calls as well, with a status of its own.
  return statusCode !== undefined && statusCode < 500
    ? new DoorProblem(statusCode, 'invalid', message)
    : new DoorProblem(500, 'failure', 'the emulator failed; its log says how')
}
