/** The description of the admin API: texts for each call, and examples that the emulator itself takes and gives. */
import { Ajv } from 'ajv'
import openapiTS, { astToString } from 'openapi-typescript'
import t from 'tap'
import { ADMIN_EXAMPLES, PATH_EXAMPLES } from '../../src/contract/openapi/admin-examples.js'
import { ADMIN_OPERATIONS } from '../../src/contract/openapi/admin-operations.js'
import { escapePointer, isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import { at, inSandbox, NUMBERS, text, type Admin } from '../admin/admin-under-test.js'
import { emulatorFor, type Call, type Subject } from '../harness/emulator-under-test.js'

interface Described {
  /** Method and path, as in the tables. */
  name: string
  method: Call['method']
  path: string
  call: JsonObject
}

async function describedCalls({ call }: Subject): Promise<Described[]> {
  const { paths } = (await call({ method: 'GET', url: '/__admin/openapi.json' })).body
  return Object.entries(isObject(paths) ? paths : {}).flatMap(([whole, calls]) =>
    Object.entries(isObject(calls) ? calls : {}).map(([lower, one]) => {
      const [method, path] = [lower.toUpperCase() as Call['method'], whole.replace('/__admin', '')]
      return { name: `${method} ${path}`, method, path, call: isObject(one) ? one : {} }
    })
  )
}

/** Verbs with which the name of a call may begin. */
const VERB =
  /^(?:add|advance|check|clear|count|create|describe|download|drop|export|find|get|import|list|put|release|remove|replace|reset|restore|save|set|stream|verify|wait)(?:[A-Z]|$)/

t.test('Every call of the admin API is named by a verb, summed up, described and shown by an example', async (t) => {
  const calls = await describedCalls(await emulatorFor(t))
  const names = calls.map(({ name }) => name).sort()
  t.strictSame(Object.keys(ADMIN_OPERATIONS).sort(), names, 'the texts are those of the calls')
  t.strictSame(Object.keys(ADMIN_EXAMPLES).sort(), names, 'the examples are those of the calls')
  for (const { name, call } of calls) {
    t.match(text(call.operationId), VERB, `${name} is named by a verb`)
    t.match(call.tags, [/^[A-Z]/], `${name} belongs to a group`)
    t.match(text(call.summary), /^[A-Z][^.]{5,50}$/, `${name} is summed up`)
    t.match(text(call.description), /^[A-Z][^]{20,}\.$/, `${name} is described`)
    const responses = isObject(call.responses) ? Object.entries(call.responses) : []
    const [[, good] = []] = responses.filter(([status]) => status.startsWith('2'))
    const content = at(good, 'content')
    const [response] = Object.values(isObject(content) ? content : {})
    t.not(at(response, 'example'), undefined, `${name} shows a response`)
    t.match(Object.fromEntries(responses), { '4XX': {}, '5XX': {} }, `${name} describes its failures`)
    if (call.requestBody !== undefined) {
      t.ok(at(call, 'requestBody', 'content', 'application/json', 'example'), `${name} shows a body`)
    }
    const parameters = Array.isArray(call.parameters) ? call.parameters : []
    for (const one of parameters.filter((parameter) => at(parameter, 'in') === 'path')) {
      t.ok(at(one, 'example') && at(one, 'description'), `${name} explains {${text(at(one, 'name'))}}`)
    }
  }
  const ids = calls.map(({ call }) => text(call.operationId))
  t.strictSame(ids, [...new Set(ids)], 'no two have one name')
})

/** Two numbers were bought, one of them ages, a rule, a snapshot and a sandbox are there. */
async function prepare({ admin, api }: Pick<Admin, 'admin' | 'api'>): Promise<void> {
  await api('GET', '/v2/phone_numbers?prefix=415&quantity=2')
  for (const number of ['%2B14152338397', '%2B14152338421']) await api('PUT', `${NUMBERS}/${number}/activate`)
  await api('DELETE', `${NUMBERS}/%2B14152338421`)
  await admin('POST', '/faults', ADMIN_EXAMPLES['POST /faults']?.body)
  await admin('PUT', '/snapshots/checkout')
  await admin('POST', '/sandboxes/checkout')
}

/** The parts of an example that a response lacks. */
function missing(example: JsonValue, response: JsonValue | undefined, path = ''): string[] {
  if (Array.isArray(example)) return example.slice(0, 1).flatMap((item) => missing(item, at(response, 0), `${path}/0`))
  if (!isObject(example)) return typeof example === typeof response || response === null ? [] : [path]
  return Object.entries(example).flatMap(([key, value]) => missing(value, at(response, key), `${path}/${key}`))
}

/** Compiles the schemas of the description. No response may have a field that its schema lacks. */
function responseSchemas(
  description: JsonObject
): (name: string, status: number, body: JsonValue | undefined) => string[] {
  const ajv = new Ajv({ strict: false, allErrors: true })
  ajv.addSchema(closed(description) as JsonObject, 'admin')
  return (name, status, body) => {
    const [method = '', path = ''] = name.split(' ')
    const pointer = ['paths', `/__admin${path}`, method.toLowerCase(), 'responses', String(status)]
    const inContent = [...pointer, 'content', 'application/json', 'schema']
    const validate = ajv.compile({ $ref: `admin#/${inContent.map(escapePointer).map(encodeURIComponent).join('/')}` })
    validate(body)
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [status, instancePath, message, JSON.stringify(params)].join(' ')
    )
  }
}

/** Forbids fields that a schema of an object does not name. */
function closed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(closed)
  if (!isObject(value)) return value
  const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closed(one)]))
  return isObject(value.properties) && !('additionalProperties' in value)
    ? { ...inner, additionalProperties: false }
    : inner
}

t.test('openapi-typescript makes types of the admin API without a hole', async (t) => {
  const { call } = await emulatorFor(t)
  const { body } = await call({ method: 'GET', url: '/__admin/openapi.json' })
  const types = astToString(await openapiTS(JSON.stringify(body)))
  // It writes this line for the headers of every response.
  const lines = types.split('\n').filter((line) => line.trim() !== '[name: string]: unknown;')
  t.strictSame(
    lines.filter((line) => /\b(?:unknown|any)\b/.test(line.replace(/"[^"]*"|\/\*.*\*\/|^\s*\*.*/, ''))),
    []
  )
  t.match(types, 'addFault')
})

t.test('What the examples of the admin API show is what it takes and answers', async (t) => {
  const subject = await emulatorFor(t, { agingSeconds: 60 })
  const problemsOf = responseSchemas((await subject.call({ method: 'GET', url: '/__admin/openapi.json' })).body)
  for (const [i, { name, method, path }] of (await describedCalls(subject)).entries()) {
    const one = inSandbox(subject, `example-${i}`)
    await prepare(one)
    const { body, response, contentType } = ADMIN_EXAMPLES[name] ?? { response: null }
    const url = path.replaceAll(/\{(\w+)\}/g, (_, key: string) =>
      encodeURIComponent(PATH_EXAMPLES[key]?.example ?? key)
    )
    // A stream does not end; its head says that it begins.
    const reply = await one.admin(contentType === undefined ? method : 'HEAD', url, body)
    t.ok(reply.status >= 200 && reply.status < 300, `${name}: ${reply.text.slice(0, 200)}`)
    if (contentType === undefined) {
      t.strictSame(missing(response, reply.body), [], name)
      t.strictSame(problemsOf(name, reply.status, reply.body), [], `${name} answers as its schema says`)
    } else t.match(reply.headers['content-type'], contentType, name)
  }
})
