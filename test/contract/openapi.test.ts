import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import t from 'tap'
import { OPERATION_NAMES, OPERATIONS, type Operation } from '../../src/contract/outcomes.js'
import { DIALECT_NAMES } from '../../src/dialect.js'
import { isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import { packageRoot } from '../../src/package.js'
import { rows } from '../admin/admin-under-test.js'
import { outside } from '../harness/built-program.js'
import { type Call, DEMO, emulatorFor, type Subject } from '../harness/emulator-under-test.js'

const PATHS = ['/openapi.json', '/__admin/openapi.json'] as const
const token = 'demo-token'
const NUMBERS = '/v2/accounts/{account_id}/phone_numbers'

async function described({ call }: Subject, url: string): Promise<JsonObject> {
  return (await call({ method: 'GET', url })).body
}

function at(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((place, key) => (isObject(place) ? place[key] : undefined), value)
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

for (const dialect of DIALECT_NAMES) {
  for (const path of PATHS) {
    t.test(`${path} is valid OpenAPI 3.1 in ${dialect}`, async (t) => {
      const document = await described(await emulatorFor(t, { dialect }), path)
      const { valid, errors } = await new Validator().validate(document)
      t.ok(valid, JSON.stringify(errors))
      t.equal(document.openapi, '3.1.0')
    })
  }
}

t.test('Every documented outcome is an example under its name', async (t) => {
  const text = JSON.stringify(await described(await emulatorFor(t), '/openapi.json'))
  const document = JSON.parse(text) as JsonObject
  const names = new Set(
    Object.values(isObject(document.paths) ? document.paths : {}).flatMap((calls) =>
      Object.values(isObject(calls) ? calls : {}).flatMap((call) =>
        Object.values(at(call, 'responses') ?? {}).flatMap((response) =>
          Object.keys(at(response as JsonValue, 'content', 'application/json', 'examples') ?? {}).map(
            (name) => `${textOf(at(call, 'operationId'))}.${name}`
          )
        )
      )
    )
  )
  const within: Readonly<Record<string, string>> = { search_account: 'list.search_account' }
  for (const operation of OPERATION_NAMES) {
    const { outcomes }: Operation = OPERATIONS[operation]
    for (const { name, isDocumented } of outcomes) {
      if (isDocumented) t.ok(names.has(`${within[operation] ?? operation}.${name}`), `${operation}.${name}`)
    }
  }
})

t.test('A reader of the description tries each call of an account with its examples', async (t) => {
  const subject = await emulatorFor(t, { auth: 'strict', accounts: 'known' })
  const document = await described(subject, '/openapi.json')
  const exampleOf = (holder: JsonValue) => textOf(at(holder, 'example'))
  for (const [path, calls] of Object.entries(at(document, 'paths') ?? {})) {
    for (const [method, call] of Object.entries(calls as JsonObject)) {
      if (!JSON.stringify(at(call, 'security')).startsWith('[{"token"')) continue
      const parameters = rows(at(call, 'parameters'))
      const url = path.replace(/\{(\w+)\}/g, (_, name) =>
        encodeURIComponent(exampleOf(parameters.find((one) => one.name === name) ?? {}))
      )
      const body = at(call, 'requestBody', 'content', 'application/json', 'example')
      const sent = isObject(body) ? { body } : {}
      const { status, body: response } = await subject.call({
        method: method.toUpperCase() as Call['method'],
        url,
        token,
        ...sent
      })
      t.not(status, 401, `${method} ${path}`)
      t.notMatch(JSON.stringify(response), /validation error|invalid account_id/, `${method} ${path}`)
    }
  }
})

/** Uses what a client developer would: a body, an answer, a query. */
const CLIENT = `
import type { paths } from './api.js'
import type { paths as AdminPaths } from './admin.js'

type Buy = paths['${NUMBERS}/{phone_number}/activate']['put']
type Bought = Buy['responses'][201]['content']['application/json']
type Failed = Buy['responses'][500]['content']['application/json']
type Found = paths['/v2/phone_numbers']['get']['parameters']['query']
export const query: Found = { prefix: '415', quantity: 2 }
export const state = (bought: Bought): string => bought.data.state
export const message = (failed: Failed): string => failed.message
export type Clock = AdminPaths['/__admin/clock']['put']
`

t.test('A generated client compiles', async (t) => {
  const subject = await emulatorFor(t)
  const folder = t.testdir({ 'client.ts': CLIENT })
  for (const [path, file] of [
    [PATHS[0], 'api.ts'],
    [PATHS[1], 'admin.ts']
  ] as const) {
    const document = (await described(subject, path)) as unknown as OpenAPI3
    writeFileSync(join(folder, file), astToString(await openapiTS(document)))
  }
  const compiler = join(packageRoot(), 'node_modules/typescript/bin/tsc')
  const compilerOptions = { noEmit: true, strict: true, module: 'nodenext', target: 'es2023', types: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['client.ts'] }))
  t.doesNotThrow(() => execFileSync(...outside(process.execPath, [compiler, '-p', folder]), { stdio: 'pipe' }))
})

const own = NUMBERS.replace('{account_id}', DEMO)
const FIRST = '%2B14152338397'
const E911 = { street_address: '116 NATOMA ST', locality: 'SAN FRANCISCO', region: 'CA', postal_code: '94105' }

/** Requests with the path of their description. */
const JOURNEY: readonly (Call & { path: string })[] = [
  { path: '/v2/phone_numbers', method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=3' },
  { path: '/v2/phone_numbers', method: 'GET', url: '/v2/phone_numbers' },
  { path: `${NUMBERS}/{phone_number}/activate`, method: 'PUT', url: `${own}/${FIRST}/activate`, token },
  { path: `${NUMBERS}/{phone_number}/activate`, method: 'PUT', url: `${own}/%2B14155550199/activate`, token },
  { path: `${NUMBERS}/{phone_number}/activate`, method: 'PUT', url: `${own}/${FIRST}/activate` },
  {
    path: `${NUMBERS}/collection/activate`,
    method: 'PUT',
    url: `${own}/collection/activate`,
    token,
    body: { data: { numbers: ['+14152338421'] } }
  },
  {
    path: `${NUMBERS}/collection/activate`,
    method: 'PUT',
    url: `${own}/collection/activate`,
    token,
    body: { data: { numbers: ['+14155550199'] } }
  },
  { path: NUMBERS, method: 'GET', url: `${own}?prefix=415&quantity=3`, token },
  { path: NUMBERS, method: 'GET', url: `${own}?page_size=2`, token },
  { path: `${NUMBERS}/{phone_number}`, method: 'POST', url: `${own}/${FIRST}`, token, body: { data: { e911: E911 } } },
  {
    path: `${NUMBERS}/{phone_number}`,
    method: 'POST',
    url: `${own}/${FIRST}`,
    token,
    body: { data: { e911: { ...E911, street_address: '911 INVALID TEST ST' } } }
  },
  { path: `${NUMBERS}/{phone_number}`, method: 'GET', url: `${own}/${FIRST}`, token },
  {
    path: `${NUMBERS}/{phone_number}`,
    method: 'PATCH',
    url: `${own}/${FIRST}`,
    token,
    body: { data: { cnam: { inbound_lookup: true } } }
  },
  { path: `${NUMBERS}/{phone_number}`, method: 'DELETE', url: `${own}/${FIRST}`, token },
  { path: `${NUMBERS}/{phone_number}`, method: 'DELETE', url: `${own}/%2B14155550199`, token },
  { path: `${NUMBERS}/classifiers`, method: 'GET', url: `${own}/classifiers`, token },
  { path: `${NUMBERS}/carriers_info`, method: 'GET', url: `${own}/carriers_info`, token },
  { path: '/v2/accounts/{account_id}', method: 'GET', url: `/v2/accounts/${DEMO}`, token },
  { path: '/v2/user_auth', method: 'PUT', url: '/v2/user_auth', body: { data: { credentials: 'x' } } }
]

for (const dialect of DIALECT_NAMES) {
  t.test(`Every answer is as its description says, in ${dialect}`, async (t) => {
    const subject = await emulatorFor(t, { dialect })
    const document = await described(subject, '/openapi.json')
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({ $id: 'api', ...document })
    for (const { path, ...call } of JOURNEY) {
      const { status, body } = await subject.call(call)
      const responses = at(document, 'paths', path, call.method.toLowerCase(), 'responses')
      const key = at(responses, String(status)) === undefined ? '2XX' : String(status)
      const pointer = [
        'paths',
        path,
        call.method.toLowerCase(),
        'responses',
        key,
        'content',
        'application/json',
        'schema'
      ]
      const place = pointer
        .map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
        .join('/')
      const validate: ValidateFunction = ajv.compile({ $ref: `api#/${place}` })
      t.ok(validate(body), `${call.method} ${call.url} ${status} ${JSON.stringify(validate.errors)}`)
    }
  })
}

t.test('The page shows both descriptions without the network', async (t) => {
  const { app } = await emulatorFor(t)
  for (const url of ['/docs', '/docs/', '/docs?api=admin']) {
    const { statusCode, payload: page } = await app.inject({ url })
    t.equal(statusCode, 200, url)
    t.match(page, /aria-current="page"[^>]*data-description="(?:\/__admin)?\/openapi\.json"/, url)
    const parts = [...page.matchAll(/(?:src|href)="(.*?)"/g)].map(([, part = '']) => part)
    t.ok(parts.length > 8)
    for (const part of parts) {
      t.match(part, /^\/[^/]/, 'all of it is here')
      t.match((await app.inject({ url: part })).statusCode, 200, part)
    }
  }
})

t.test('The page leaves out an admin API that has a port of its own', async (t) => {
  const { app } = await emulatorFor(t, { adminPort: 0 })
  for (const url of ['/docs', '/docs?api=admin']) {
    const { payload } = await app.inject({ url })
    t.match(payload, 'data-description="/openapi.json"')
    t.notMatch(payload, '/__admin')
  }
})
