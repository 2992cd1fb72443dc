import t from 'tap'
import { ACCOUNTS } from '../harness/calls.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { playerFor } from '../harness/play.js'
import { AUTHENTICATION } from './authentication.cases.js'
import { BAD_INPUT } from './bad-input.cases.js'
import { HTTP_CLIENTS } from './http-clients.cases.js'
import { REQUESTS } from './requests.cases.js'
import { TOKEN_CASES } from './tokens.cases.js'

const { play, walk } = playerFor(t)

t.test('I need a token as the document shows it', (t) => play(t, TOKEN_CASES, ['oneuc']))
t.test('I log in, and show a token, in both dialects', (t) => play(t, AUTHENTICATION))
t.test('What a request meets before it reaches a number', (t) => play(t, REQUESTS))

t.test('My HTTP client works as it is', async (t) => {
  for (const [title, cases] of Object.entries(HTTP_CLIENTS)) await t.test(title, (t) => play(t, cases, ['oneuc']))
})

t.test('Whatever I send by mistake gets an answer that says so', async (t) => {
  for (const [title, cases] of Object.entries(BAD_INPUT)) await t.test(title, (t) => play(t, cases, ['oneuc']))
})

t.test('Every answer has a named outcome in the other dialect too', async (t) => {
  for (const cases of [TOKEN_CASES, ...Object.values(HTTP_CLIENTS), ...Object.values(BAD_INPUT)]) {
    await walk(t, cases, 'kazoo-4.3')
  }
})

t.test('I ask for an answer with indents, or as a script', async (t) => {
  const { app } = await emulatorFor(t)
  const url = '/v2/phone_numbers?prefix=4152338397'
  const plain = await app.inject(`${url}&pretty_print=true`)
  t.match(plain.payload, '{\n  "auth_token": "",\n  "data": [\n    {\n      "e164"', 'with indents')
  const header = await app.inject({ url, headers: { 'x-pretty-print': 'true' } })
  t.match(header.payload, '{\n  "auth_token"', 'with indents by a header')
  const script = await app.inject(`${url}&jsonp=window.show`)
  t.match(script.payload, /^window\.show\(\{.*\}\);$/, 'as a script')
  const foreign = await app.inject(`${url}&jsonp=alert(1)//`)
  t.match(foreign.payload, /^\{/, 'as no script that a name cannot be')
})

const IDENTIFY = `/v2/accounts/${ACCOUNTS.demo}/phone_numbers/4155558921/identify`

t.test('A forwarded request is indented or wrapped as its query says', async (t) => {
  const { app } = await emulatorFor(t)
  const textOf = async (method: 'GET' | 'POST', url: string, more: Record<string, string> = {}) => {
    const headers = { 'x-auth-token': 'master-token', 'x-request-id': 'mine', ...more }
    const answer = await app.inject({ method, url, headers })
    t.equal(answer.headers['content-type'], 'application/json')
    return answer.payload
  }
  const plain = await textOf('GET', IDENTIFY)
  const pretty = JSON.stringify(JSON.parse(plain), null, 2)
  for (const [method, url] of [
    ['GET', `${IDENTIFY}?`],
    ['POST', `${IDENTIFY}?verb=GET&`],
    ['GET', '/v2/phone_numbers/4155558921/identify?'],
    ['POST', '/v2/phone_numbers/4155558921/identify?verb=GET&']
  ] as const) {
    t.equal(await textOf(method, `${url}jsonp=app.then`), `app.then(${plain});`, `${method} ${url} as a script`)
    t.equal(await textOf(method, `${url}pretty_print=true`), pretty, `${method} ${url} indented`)
    t.equal(await textOf(method, url, { 'x-pretty-print': 'true' }), pretty, `${method} ${url} indented by a header`)
    t.equal(await textOf(method, `${url}pretty_print=true&jsonp=f`), `f(${pretty});`, `${method} ${url} as both`)
    t.equal(await textOf(method, `${url}jsonp=alert(1)//`), plain, `${method} ${url} with a script of its own`)
  }
  t.match(await textOf('GET', '/v2/bogus?jsonp=f'), /^f\(\{.*"error":"404".*\}\);$/, 'a failure')
})

t.test('0599 closes the connection of a forwarded request too', async (t) => {
  const { app } = await emulatorFor(t)
  const headers = { 'x-auth-token': 'master-token' }
  const activate = '/v2/phone_numbers/5005550599/activate'
  for (const [method, url] of [
    ['PUT', `/v2/accounts/${ACCOUNTS.demo}/phone_numbers/5005550599/activate`],
    ['PUT', activate],
    ['POST', `${activate}?verb=PUT`]
  ] as const) {
    await t.rejects(app.inject({ method, url, headers }), `${method} ${url}`)
  }
})
