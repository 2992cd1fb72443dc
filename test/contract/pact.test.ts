import { isDeepStrictEqual } from 'node:util'
import t, { type Test } from 'tap'
import { OPERATION_NAMES, OPERATIONS, type Operation } from '../../src/contract/outcomes.js'
import type { Matcher } from '../../src/contract/volatile.js'
import type { JsonObject, JsonValue } from '../../src/json.js'
import { emulatorFor, type Call, type Subject } from '../harness/emulator-under-test.js'
import { JOURNEY, REQUESTS } from './pact.cases.js'

type Rules = Record<string, { matchers: Matcher[] }>

/** A contract of Pact, as far as these tests read it. */
interface Pact {
  interactions: {
    description: string
    providerStates: { name: string; params: JsonObject }[]
    request: {
      method: Call['method']
      path: string
      query?: Record<string, string[]>
      headers: Record<string, string[]>
      body?: { content: JsonObject }
      generators?: Record<'header' | 'body', Record<string, { expression: string }> | undefined>
    }
    response: { status: number; body?: { content: JsonValue }; matchingRules: { body?: Rules } }
  }[]
}
type Interaction = Pact['interactions'][number]

const token = 'demo-token'

async function pactOf({ call }: Subject): Promise<Pact> {
  const { status, body } = await call({ method: 'GET', url: '/__admin/contract?format=pact&consumer=shop' })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body as unknown as Pact
}

async function travel({ call }: Subject): Promise<void> {
  for (const one of JOURNEY) await call({ token, ...one })
}

/** Verifies an interaction as Pact does. Returns a sentence for each difference. */
async function verify({ call }: Subject, { providerStates, request, response }: Interaction): Promise<string[]> {
  const values: Record<string, unknown> = {}
  for (const { name, params } of providerStates) {
    const { status, body } = await call({
      method: 'POST',
      url: '/__admin/pact-states',
      body: { state: name, params, action: 'setup' }
    })
    if (status !== 200) return [`${name}: ${JSON.stringify(body)}`]
    Object.assign(values, body)
  }
  const generated = (expression: string) =>
    expression.replace(/\$\{(\w+)\}/g, (_, name: string) => String(values[name]))
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, [value = '']]) => [name, value]))
  for (const [name, { expression }] of Object.entries(request.generators?.header ?? {}))
    headers[name] = generated(expression)
  const body = structuredClone(request.body?.content)
  for (const [path, { expression }] of Object.entries(request.generators?.body ?? {})) {
    ;(body?.data as JsonObject)[path.replace('$.data.', '')] = generated(expression)
  }
  const query = new URLSearchParams(
    Object.entries(request.query ?? {}).flatMap(([name, all]) => all.map((one): [string, string] => [name, one]))
  )
  const reply = await call({
    method: request.method,
    url: `${request.path.replaceAll('+', '%2B')}${query.size > 0 ? `?${query.toString()}` : ''}`,
    headers,
    ...(body === undefined ? {} : { body })
  })
  return [
    ...(reply.status === response.status
      ? []
      : [`status ${reply.status} instead of ${response.status}: ${reply.text}`]),
    ...(response.body === undefined
      ? []
      : differences(response.body.content, reply.body, response.matchingRules.body ?? {}, '$', []))
  ]
}

/** Compares as Pact does: keys that are not expected do not matter, and the closest matcher above a value counts. */
function differences(
  expected: JsonValue,
  actual: JsonValue | undefined,
  rules: Rules,
  path: string,
  inherited: Matcher[]
): string[] {
  const own = rules[path]?.matchers ?? starred(rules, path)
  const matchers = own ?? inherited
  const [matcher] = matchers
  const wrong = [`${path} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`]
  if (actual === undefined) return wrong
  if (matcher?.match === 'integer') return Number.isInteger(actual) ? [] : wrong
  if (matcher?.match === 'regex')
    return new RegExp(matcher.regex).test(typeof actual === 'string' ? actual : JSON.stringify(actual)) ? [] : wrong
  const passedOn = matcher?.match === 'type' ? matchers : []
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return wrong
    const isLike = matcher?.match === 'type'
    if (isLike ? actual.length < (matcher.min ?? 0) : actual.length !== expected.length) return wrong
    return actual.flatMap((item, i) =>
      differences(expected[isLike ? 0 : i] ?? null, item, rules, `${path}[${i}]`, passedOn)
    )
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return wrong
    return Object.entries(expected).flatMap(([key, inner]) =>
      differences(
        inner,
        (actual as JsonObject)[key],
        rules,
        /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}['${key}']`,
        passedOn
      )
    )
  }
  if (matcher?.match === 'type') return typeof actual === typeof expected ? [] : wrong
  return isDeepStrictEqual(expected, actual) ? [] : wrong
}

/** Finds the rule for all items of a list, or for all numbers of an object. */
function starred(rules: Rules, path: string): Matcher[] | undefined {
  return rules[path.replace(/\[\d+\]/g, '[*]').replace(/\['\+\d+'\]/g, '.*')]?.matchers
}

async function differencesOf(t: Test, pact: Pact): Promise<Record<string, string[]>> {
  const provider = await emulatorFor(t)
  const found: Record<string, string[]> = {}
  for (const interaction of pact.interactions) {
    const different = await verify(provider, interaction)
    if (different.length > 0) found[interaction.description] = different
  }
  return found
}

t.test('The contract of what my client did holds for a new emulator', async (t) => {
  const client = await emulatorFor(t)
  await travel(client)
  const pact = await pactOf(client)
  t.match(pact, {
    consumer: { name: 'shop' },
    provider: { name: 'OneUC Phone Number API' },
    metadata: { pactSpecification: { version: '4.0' } }
  })
  t.ok(pact.interactions.length >= 20, String(pact.interactions.length))
  t.same(await differencesOf(t, pact), {})
})

t.test('Every outcome that a fault can make is an interaction that holds', async (t) => {
  const client = await emulatorFor(t)
  const wanted: string[] = []
  for (const operation of OPERATION_NAMES) {
    const { outcomes }: Operation = OPERATIONS[operation]
    for (const { name } of outcomes) {
      // A fault lets an operation succeed only where it would; the journey has successes.
      if (name === 'connection_closed' || name === 'success') continue
      wanted.push(`${operation}: ${name}`)
      await client.call({ token, ...REQUESTS[operation], headers: { prefer: `example=${name}` } })
    }
  }
  const pact = await pactOf(client)
  t.same(pact.interactions.map(({ description }) => description).sort(), wanted.sort())
  t.same(await differencesOf(t, pact), {})
})

t.test('An answer that was changed does not hold', async (t) => {
  const client = await emulatorFor(t)
  await travel(client)
  const pact = await pactOf(client)
  const changes: [description: string, change: (body: JsonObject) => void][] = [
    ['buy: success', (body) => ((body.data as JsonObject).state = 'reserved')],
    ['buy: missing_provider_url', (body) => (body.message = 'another message')],
    ['read: success', (body) => ((body.data as JsonObject).id = '+14155550100')],
    ['e911: success', (body) => (((body.data as JsonObject).e911 as JsonObject).status = 'PENDING')],
    [
      'list: success',
      (body) => delete (body.data as JsonObject).cascade_quantity && ((body.data as JsonObject).total = 1)
    ]
  ]
  for (const [description, change] of changes) {
    const altered = structuredClone(pact)
    altered.interactions = altered.interactions.filter((one) => one.description === description)
    change(altered.interactions[0]?.response.body?.content as JsonObject)
    t.same(Object.keys(await differencesOf(t, altered)), [description], description)
  }
})

t.test('A contract shows no secret of mine', async (t) => {
  const client = await emulatorFor(t)
  await travel(client)
  await client.call({ method: 'GET', url: `${REQUESTS.read.url}?auth_token=my-secret-token` })
  const { text } = await client.call({
    method: 'GET',
    url: '/__admin/contract?format=pact&consumer=shop&provider=OneUC'
  })
  t.match(JSON.parse(text), { provider: { name: 'OneUC' } })
  for (const secret of [token, 'my-secret-token', 'dcf7f815251380ea', 'c'.repeat(32)]) t.notMatch(text, secret)
})

t.test('A contract of all sandboxes has what each of them has seen', async (t) => {
  const client = await emulatorFor(t)
  await client.call(REQUESTS.search)
  await client.call({ ...REQUESTS.search, url: '/sandboxes/other/v2/phone_numbers' })
  const { body } = await client.call({
    method: 'GET',
    url: '/__admin/contract?format=pact&consumer=shop&sandboxes=all'
  })
  t.same(
    (body as unknown as Pact).interactions.map(({ description }) => description),
    ['search: success', 'search: validation_error']
  )
})

t.test('A contract has no answer that I did not see, and asks for no fault where none made the answer', async (t) => {
  const client = await emulatorFor(t)
  const lose = (rule: object) =>
    client.call({ method: 'PUT', url: '/__admin/faults', body: { faults: [{ operation: 'buy', ...rule }] } })
  const buy = () => client.call({ token, ...REQUESTS.buy }).catch(() => undefined)
  const seen = async () => {
    const { interactions } = await pactOf(client)
    return Object.fromEntries(
      interactions.map(({ description, providerStates }) => [
        description,
        providerStates.flatMap(({ name }) => (name.includes('ends in') ? [name] : []))
      ])
    )
  }
  await client.call(REQUESTS.search)
  for (const rule of [
    { fault: 'EMPTY_RESPONSE', phase: 'after' },
    { truncate_bytes: 9 },
    { status: 502, body: 'down' }
  ]) {
    await lose(rule)
    await buy()
  }
  t.same(await seen(), { 'search: success': [] })
  await lose({ status: 503, phase: 'after' })
  await buy()
  const unreachable = { 'buy: datastore_unreachable': ['buy ends in datastore_unreachable'] }
  t.same(await seen(), { 'search: success': [], ...unreachable })
  for (const phase of ['before', 'after']) {
    await client.call({ method: 'POST', url: '/__admin/reset' })
    await client.call({ method: 'DELETE', url: '/__admin/contract' })
    await client.call(REQUESTS.search)
    await lose({ delay_ms: 1, phase })
    await buy()
    t.same(await seen(), { 'search: success': [], 'buy: success': [] }, `late, ${phase}`)
    t.same(await differencesOf(t, await pactOf(client)), {})
  }
})

t.test('A body that is too long is no part of a contract', async (t) => {
  const client = await emulatorFor(t)
  await client.call({ ...REQUESTS.update, token, body: { data: { note: 'x'.repeat(64_000) } } })
  t.same((await pactOf(client)).interactions, [])
})

t.test('Every wrong state says what is wrong', async (t) => {
  const { call } = await emulatorFor(t)
  const account = 'f'.repeat(32)
  const cases: [state: unknown, at: string, message: string][] = [
    ['something is there', '/state', 'is no state; there are'],
    ['12 was found by a search', '/state', 'names 12, which is no number of any plan'],
    ['+14152338397 is lost on no account', '/state', 'must be'],
    [`account ${account} has an API key`, '/state', 'which the fixtures do not describe'],
    ['buy ends in triumph', '/state', 'is no outcome of buy'],
    ['bye ends in success', '/state', 'is no operation; did you mean "buy"?'],
    [undefined, '', 'the field state']
  ]
  for (const [state, at, message] of cases) {
    const { status, body } = await call({ method: 'POST', url: '/__admin/pact-states', body: { state } })
    t.match({ status, ...body }, { status: 400, at, message }, String(state))
  }
  const { status } = await call({ method: 'GET', url: '/__admin/contract?format=pact' })
  t.equal(status, 400, 'a contract has a consumer')
})

t.test('A teardown puts numbers and faults back to the fixtures', async (t) => {
  const subject = await emulatorFor(t)
  const before = subject.find('+14155234712')
  const change = (state: string, action: string) =>
    subject.call({ method: 'POST', url: '/__admin/pact-states', body: { state, action } })
  await change('+14155234712 has no record', 'setup')
  await change('read ends in not_on_account', 'setup')
  t.equal(subject.find('+14155234712'), undefined)
  t.equal((await change('read ends in not_on_account', 'teardown')).status, 200)
  t.same(subject.find('+14155234712'), before)
  t.equal(subject.sandbox.faults.rules.length, 0)
})
