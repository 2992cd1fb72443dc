import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readToken } from '../api/authentication.js'
import { contextOf, operationOf, type Envelope } from '../api/context.js'
import { checkContract, recordContract } from '../api/contract-check.js'
import { failureText } from '../api/envelope.js'
import { addEntry } from '../api/journal-hook.js'
import { setStatus } from '../api/send.js'
import { recogniseEnd } from '../contract/recognise.js'
import { isObject, parseOrKeep } from '../json.js'
import type { JournalEntry } from '../journal/journal-entry.js'
import { redactUrl } from '../journal/redaction.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { assertAllowed, type Allowed } from './permission.js'
import { decodeAnswer, type ReadableBody } from './decode-answer.js'
import { headersForClient, type NoAnswer, type SentRequest, type Service, type ServiceAnswer } from './service.js'

/** What has passed a proxy: a request with the answer of the service. */
export interface Passed {
  sandbox: Sandbox
  entry: JournalEntry
  sent: SentRequest
  /** Where the service has this path. */
  url: string
  /** What the service has answered; undefined where it has not. */
  answer: PassedAnswer | undefined
  /** Why there is no answer, or no whole one. */
  error: string | undefined
}

interface PassedAnswer extends ReadableBody {
  headers: IncomingHttpHeaders
}

export interface ProxyOptions {
  service: Service
  /** What may pass. */
  allowed: Allowed
  /** Keeps what has passed, before the client gets the answer. */
  keep: (passed: Passed) => Promise<void>
}

/** Makes the handler of every call: it asks the service once, reads the answer against the document, and passes it on unchanged. */
export function createPassOn({ service, allowed, keep }: ProxyOptions) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const context = contextOf(request)
    context.operation = operationOf(request)
    context.token = readToken(request, envelopeOf(request))
    assertAllowed(request, allowed)
    checkContract(request)
    const sent = sentRequestOf(request)
    const answer = await service.send(sent)
    const taken = 'reason' in answer ? answerForService(request, reply, answer) : take(request, reply, answer)
    recordContract(request, reply, taken.text)
    const entry = addEntry(request, reply, taken.text, context)
    for (const line of taken.remarks) request.log.warn(`${request.method} ${redactUrl(request.url)}: ${line}`)
    const passed = { sandbox: context.sandbox, entry, sent, url: service.urlOf(sent.url), ...taken }
    // The client gets its answer whatever becomes of the record.
    await keep(passed).catch((failure: unknown) => {
      request.log.error(failure, 'a record cannot be written')
    })
    return reply.send(taken.payload)
  }
}

/** An answer on its way to the client. */
interface Taken {
  /** What the client gets. */
  payload: string | ServiceAnswer['bytes'] | ServiceAnswer['stream']
  /** The body as the journal has it. */
  text: string
  answer: PassedAnswer | undefined
  error: string | undefined
  /** What a person should know of it. */
  remarks: string[]
}

/** Answers where the service does not. */
function answerForService(request: FastifyRequest, reply: FastifyReply, { reason, isLate }: NoAnswer): Taken {
  const context = contextOf(request)
  const problem = new Problem(isLate ? 'late_answer' : 'no_answer', reason)
  context.kind = problem.kind
  setStatus(reply, problem)
  reply.header('content-type', 'application/json').serializer(String)
  const text = failureText(context, problem)
  return { payload: text, text, answer: undefined, error: reason, remarks: [reason] }
}

/** Takes an answer over with its status and headers, and notes how the request has ended. */
function take(request: FastifyRequest, reply: FastifyReply, answer: ServiceAnswer): Taken {
  const context = contextOf(request)
  const { status, headers, bytes, stream } = answer
  reply.code(status).headers(headersForClient(headers))
  const body = decodeAnswer(answer)
  const end = recogniseEnd(context.operation, status, parseOrKeep(body.text))
  context.kind = end?.kind
  context.isUnrecognised = end === undefined
  return {
    payload: stream ?? bytes,
    text: body.text,
    answer: { ...body, headers },
    error: body.error,
    remarks: remarksOn(answer, body)
  }
}

/** Says what no answer of the API is like. */
function remarksOn({ status, headers, bytes }: ServiceAnswer, { error }: ReadableBody): string[] {
  const type = headers['content-type'] ?? 'no content type'
  return [
    ...(status >= 300 && status < 400
      ? [`the service redirects to ${redactUrl(headers.location ?? 'nowhere')}; the proxy does not follow`]
      : []),
    ...(bytes.length > 0 && !type.includes('json')
      ? [`the service answers ${status} with ${type} instead of JSON`]
      : []),
    ...(error === undefined ? [] : [`the record has no answer: ${error}`])
  ]
}

function sentRequestOf(request: FastifyRequest): SentRequest {
  const { requestBody, isUtf8 } = contextOf(request)
  return {
    method: request.method,
    url: request.url,
    rawHeaders: request.raw.rawHeaders,
    body: Buffer.from(requestBody, isUtf8 ? 'utf8' : 'latin1')
  }
}

/** Returns the body of a request where it is an envelope, else an empty one. */
function envelopeOf({ body }: FastifyRequest): Envelope {
  return isObject(body) && isObject(body.data) ? { ...body, data: body.data } : { data: {} }
}
