/**
 * The yardstick: the stand-in for the API that a test author would write with Fastify in an hour. It keeps bought numbers in a map
 * and serialises objects by response schemas. It checks no token and knows no rules, so a real emulator can hardly cost less.
 */
import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'

const VERSION = '0.1.0'
const REVISION = '9ad375b7441b9936ee2151ada612984c'
/** When each number was bought, in Gregorian seconds. */
const BOUGHT_AT = 63_963_104_635

const text = { type: 'string' }
const integer = { type: 'integer' }
const object = (properties: object) => ({ type: 'object', properties })
const record = (additionalProperties: object | true) => ({ type: 'object', additionalProperties })
const list = (items: object) => ({ type: 'array', items })
const responses = (data: object) => ({
  '2xx': object({ auth_token: text, data, request_id: text, revision: text, status: text })
})

const FOUND = object({
  e164: text,
  formatted_number: text,
  npa_nxx: text,
  number: text,
  number_id: text,
  rate_center: object({ lata: text, name: text, state: text }),
  status: text,
  ten_digit: text
})
const DOCUMENT = {
  ...object({ _read_only: object({ created: integer, modified: integer, state: text }), id: text, state: text }),
  additionalProperties: true
}
const LISTED = object({ assigned_to: text, created: integer, features: list(text), state: text, updated: integer })
const SEARCH_SCHEMA = {
  querystring: object({ prefix: text, quantity: integer, offset: integer }),
  response: responses(list(FOUND))
}
const LIST_SCHEMA = {
  querystring: object({ page_size: integer }),
  response: responses(object({ cascade_quantity: integer, numbers: record(LISTED) }))
}
const NUMBER_SCHEMA = { response: responses(DOCUMENT) }

interface OneNumber {
  Params: { account: string; number: string }
}

/** The fields that users gave each bought number. */
const owned = new Map<string, object>()
const app = Fastify({ genReqId: () => randomUUID().replaceAll('-', '') })

app.addHook('onRequest', (request, reply, done) => {
  reply.headers({ 'content-type': 'application/json', 'x-emulator': VERSION, 'x-request-id': request.id })
  done()
})

function success(request: FastifyRequest, data: object) {
  const auth_token = request.headers['x-auth-token']
  return { auth_token, data, request_id: request.id, revision: REVISION, status: 'success' }
}

function documentOf(id: string, fields: object = {}, state = 'in_service') {
  return { _read_only: { created: BOUGHT_AT, modified: BOUGHT_AT, state }, id, state, ...fields }
}

function found(digits: string) {
  const [npa, nxx, line] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)]
  return {
    e164: `+1${digits}`,
    formatted_number: `1-${npa}-${nxx}-${line}`,
    npa_nxx: npa + nxx,
    number: `+1${digits}`,
    number_id: '3760B090-ABF6-4253-A746-D6110B545D05',
    rate_center: { lata: '730', name: 'LOS ANGELES', state: 'CA' },
    status: 'Available',
    ten_digit: digits
  }
}

function sendNumber(request: FastifyRequest<OneNumber>, reply: FastifyReply, fields: object | undefined): void {
  if (fields === undefined) reply.code(404).send({ status: 'error', message: 'bad_identifier' })
  else reply.send(success(request, documentOf(request.params.number, fields)))
}

const NUMBERS = '/v2/accounts/:account/phone_numbers'
const NUMBER = `${NUMBERS}/:number`

app.get<{ Querystring: { prefix: string; quantity: number; offset: number } }>(
  '/v2/phone_numbers',
  { schema: SEARCH_SCHEMA },
  (request, reply) => {
    const { prefix, quantity, offset } = request.query
    const first = Number(`${prefix}2000000`) + offset * quantity
    const data = Array.from({ length: quantity }, (_, i) => found(String(first + i)))
    reply.send(success(request, data))
  }
)

app.get<{ Params: { account: string }; Querystring: { page_size: number } }>(
  NUMBERS,
  { schema: LIST_SCHEMA },
  (request, reply) => {
    const assigned_to = request.params.account
    const numbers: Record<string, object> = {}
    let left = request.query.page_size
    for (const e164 of owned.keys()) {
      if (left-- === 0) break
      numbers[e164] = { assigned_to, created: BOUGHT_AT, features: [], state: 'in_service', updated: BOUGHT_AT }
    }
    reply.send(success(request, { cascade_quantity: 0, numbers }))
  }
)

app.get<OneNumber>(NUMBER, { schema: NUMBER_SCHEMA }, (request, reply) => {
  sendNumber(request, reply, owned.get(request.params.number))
})

app.post<OneNumber & { Body: { data: object } }>(NUMBER, { schema: NUMBER_SCHEMA }, (request, reply) => {
  const { number } = request.params
  if (owned.has(number)) owned.set(number, request.body.data)
  sendNumber(request, reply, owned.get(number))
})

app.put<OneNumber>(`${NUMBER}/activate`, { schema: NUMBER_SCHEMA }, (request, reply) => {
  owned.set(request.params.number, {})
  reply.code(201)
  sendNumber(request, reply, {})
})

app.delete<OneNumber>(NUMBER, { schema: NUMBER_SCHEMA }, (request, reply) => {
  const { number } = request.params
  if (owned.delete(number)) reply.send(success(request, documentOf(number, {}, 'available')))
  else sendNumber(request, reply, undefined)
})

app.post('/__admin/reset', (_request, reply) => {
  owned.clear()
  reply.send({ status: 'reset', sandbox: 'default' })
})

const url = await app.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`bare is listening on ${url}\n`)
