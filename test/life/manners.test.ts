import t from 'tap'
import { NEIGHBOURS, PLUMBING, SEARCHES, TOKENS } from './manners.cases.js'
import { tell } from './story.js'
import { ACCOUNTS, worldFor } from './world.js'

t.test('who may ask', (t) => tell(t, TOKENS))
t.test('what a request meets first', (t) => tell(t, PLUMBING))
t.test('what is beside the numbers', (t) => tell(t, NEIGHBOURS))
t.test('what is found', (t) => tell(t, SEARCHES))

const IDENTIFY = `/v2/accounts/${ACCOUNTS.demo}/phone_numbers/4155558921/identify`

t.test('an answer looks as the query wants it, whichever way it came', async (t) => {
  const { app } = await worldFor(t)
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

t.test('a connection that closes without an answer closes whichever way the request came', async (t) => {
  const { app } = await worldFor(t)
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
