import { pino } from 'pino'
import t from 'tap'
import { adminFor, at, NUMBERS, text, wireTo, type Admin } from '../admin/admin-under-test.js'
import { sendBytes } from '../harness/raw-connection.js'

const OWN = `${NUMBERS}/%2B14155234712`
const SECRET = 'se-cret-0123456789'

async function lastRequest({ admin }: Admin) {
  return at((await admin('GET', '/requests?limit=1')).body, 'requests', 0)
}

const REDACTED_URLS: readonly [sent: string, shown: string][] = [
  [`?auth_token=${SECRET}&page_size=1`, '?auth_token=[redacted]&page_size=1'],
  [`?auth%5Ftoken=${SECRET}`, '?auth%5Ftoken=[redacted]'],
  [`?%61uth_token=${SECRET}`, '?%61uth_token=[redacted]'],
  [`?authorization=Bearer+${SECRET}`, '?authorization=[redacted]'],
  [`?page_size=1&x-api-key=${SECRET}`, '?page_size=1&x-api-key=[redacted]'],
  [`?API_KEY=${SECRET}`, '?API_KEY=[redacted]'],
  [`?apiKey=${SECRET}`, '?apiKey=[redacted]'],
  [`?password=${SECRET}`, '?password=[redacted]'],
  [`?client%2Dsecret=${SECRET}`, '?client%2Dsecret=[redacted]'],
  [`?access+token=${SECRET}`, '?access+token=[redacted]'],
  [`?token=${SECRET}=${SECRET}`, '?token=[redacted]'],
  [`?100%=x&cookie=${SECRET}`, '?100%=x&cookie=[redacted]'],
  [`?auth_token[]=${SECRET}&tokens%5B12%5D=${SECRET}`, '?auth_token[]=[redacted]&tokens%5B12%5D=[redacted]'],
  [`?page_size=1;auth_token=${SECRET}&x.api.key=${SECRET}`, '?page_size=1;auth_token=[redacted]&x.api.key=[redacted]'],
  [`?token=undefined${SECRET}&jwt=Bearer+${SECRET}`, '?token=[redacted]&jwt=[redacted]'],
  [`?jwt=${SECRET}&session_id=${SECRET}&author=kept`, '?jwt=[redacted]&session_id=[redacted]&author=kept']
]

t.test('A secret in a query is shown nowhere', async (t) => {
  const admin = await adminFor(t)
  for (const [sent, shown] of REDACTED_URLS) {
    await admin.admin('DELETE', '/contract')
    await admin.api('GET', NUMBERS + sent)
    t.equal(at(await lastRequest(admin), 'request', 'url'), NUMBERS + shown, sent)
    t.equal(at(await lastRequest(admin), 'request', 'absoluteUrl'), `http://localhost:80${NUMBERS}${shown}`)
    for (const format of ['json', 'text', 'html', 'markdown', 'junit']) {
      const report = (await admin.app.inject(`/__admin/contract?format=${format}`)).payload
      t.notMatch(report, SECRET, `${format} ${sent}`)
    }
  }
  await admin.api('GET', `/v2/nothing?auth_token=${SECRET}`)
  t.notMatch((await admin.admin('GET', '/contract')).text, SECRET)
})

const REDACTED_BODIES: readonly [sent: string, shown: string][] = [
  [`{"data":{"auth_token":"${SECRET}","note":"kept"}}`, '{"data":{"auth_token":"[redacted]","note":"kept"}}'],
  [`{"data":{"auth\\u005ftoken":"${SECRET}"}}`, '{"data":{"auth\\u005ftoken":"[redacted]"}}'],
  [`{ "authorization" : "Bearer ${SECRET}" , "data":{}}`, '{ "authorization" : "[redacted]" , "data":{}}'],
  [`{"X-Api-Key":"${SECRET}","data":{}}`, '{"X-Api-Key":"[redacted]","data":{}}'],
  [`{"data":{"cookies":["${SECRET}",{"a":"${SECRET}"}],"b":1}}`, '{"data":{"cookies":"[redacted]","b":1}}'],
  [`{"data":{"credentials":{"user":"${SECRET}","x":[1]},"b":1}}`, '{"data":{"credentials":"[redacted]","b":1}}'],
  [`{"data":{"password":123456789,"pass":"kept"}}`, '{"data":{"password":"[redacted]","pass":"kept"}}'],
  [`{"data":{"token":null,"tokens":[]}}`, '{"data":{"token":"[redacted]","tokens":"[redacted]"}}'],
  [`{"data":{"tokens":["undefined","${SECRET}"]}}`, '{"data":{"tokens":"[redacted]"}}'],
  [`{data: {auth_token: undefined ${SECRET}, a: 1}}`, '{data: {auth_token: "[redacted]", a: 1}}'],
  [`auth_token: undefined ${SECRET}`, 'auth_token: [redacted]'],
  [`[{"api_key":"${SECRET}"},2]`, '[{"api_key":"[redacted]"},2]'],
  [`{"data":{"auth_token":"${SECRET.slice(0, 9)}\\"${SECRET}"}}`, '{"data":{"auth_token":"[redacted]"}}'],
  // JSON in JSON: a client that encodes twice.
  [
    `{"data":{"note":"{\\"auth_token\\":\\"${SECRET}\\"}","other":"[\\"kept\\"]"}}`,
    '{"data":{"note":"{\\"auth_token\\":\\"[redacted]\\"}","other":"[\\"kept\\"]"}}'
  ],
  [JSON.stringify(`{"pwd":"${SECRET}"}`), JSON.stringify('{"pwd":"[redacted]"}')],
  // Cut or broken JSON.
  [`{"data":{"auth_token":"${SECRET}`, '{"data":{"auth_token":"[redacted]"'],
  [`{"data":{"auth_token":"${SECRET}", "note":"kept",}`, '{"data":{"auth_token":"[redacted]", "note":"kept",}'],
  [`{"data":{"token":{"a":"${SECRET}"`, '{"data":{"token":"[redacted]"'],
  [`{'data': {'auth_token': 'Bearer ${SECRET}', 'a': 1}}`, `{'data': {'auth_token': "[redacted]", 'a': 1}}`],
  [`{data: {auth_token: ${SECRET}, a: 1}}`, '{data: {auth_token: "[redacted]", a: 1}}'],
  [`{"auth_token"="${SECRET}"}`, '{"auth_token"=[redacted]'],
  ['{"data":{"token":}', '{"data":{"token":[redacted]'],
  // Forms, lines and other languages.
  [`note=a&auth_token=${SECRET}&b=c`, 'note=a&auth_token=[redacted]&b=c'],
  [`auth%5Ftoken=${SECRET}`, 'auth%5Ftoken=[redacted]'],
  [`data={"auth_token":"${SECRET}","a":1}`, 'data={"auth_token":"[redacted]","a":1}'],
  [`Cookie: a=${SECRET}; b=${SECRET}\r\nAccept: x`, 'Cookie: [redacted]\r\nAccept: x'],
  [`note: kept, password: ${SECRET}`, 'note: kept, password: [redacted]'],
  [`<data>\n<auth_token>${SECRET}</auth_token>\n</data>`, '<data>\n<auth_token>[redacted]\n</data>'],
  [
    `--b\r\nContent-Disposition: form-data; name="auth_token"\r\n\r\n${SECRET}\r\n--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nkept\r\n--b--`,
    '--b\r\nContent-Disposition: form-data; name="auth_token"\r\n\r\n[redacted]\n--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nkept\r\n--b--'
  ],
  [
    '--b\r\nContent-Disposition: form-data\r\n\r\nkept\r\n--b--',
    '--b\r\nContent-Disposition: form-data\r\n\r\nkept\r\n--b--'
  ]
]

t.test('A secret in a body is shown nowhere, and the rest of it stays as it was sent', async (t) => {
  const admin = await adminFor(t)
  for (const [sent, shown] of REDACTED_BODIES) {
    await admin.api('POST', OWN, sent)
    const last = await lastRequest(admin)
    t.equal(at(last, 'request', 'body'), shown, sent)
    t.notMatch(text(at(last, 'response', 'body')), SECRET, sent)
  }
})

const KEPT = [
  // A secret that is missing: what is wrong with the client is shown.
  '{"data":{"auth_token":"","note":"kept"},"auth_token":"undefined"}',
  '{"data":{"note":"{\\"auth_token\\":\\"undefined\\"}"}}',
  '{"authorization":"Bearer undefined"}',
  '{"data":{"token":',
  'note=a&auth_token=undefined',
  'password:\r\nauth-token: undefined\r\nAuthorization: Bearer undefined\r\nnote: kept',
  '--b\r\nContent-Disposition: form-data; name="auth_token"\r\n\r\nundefined\r\n--b--',
  '{"data":{"note":"auth_token=x&password=y: z"}}',
  '{ "data" :\n\t{ "b":1.0e2, "a":[ 1,2 , {} ], "A":"\\u00e9" , "tokenizer":1, "key":"k" } }',
  '{"data":{"zero":-0,"large":123456789012345678901234567890}}',
  'plain text, with a colon: here',
  'a=b&c=d&=e&f',
  '[]',
  '"text"',
  '  '
]

t.test('A body without secrets stays byte for byte', async (t) => {
  const admin = await adminFor(t)
  for (const sent of KEPT) {
    await admin.api('POST', OWN, sent)
    t.equal(at(await lastRequest(admin), 'request', 'body'), sent, sent)
  }
  for (const query of ['start_key=%2B1415&page_size=1&100%', 'auth_token=&page_size=1', 'auth_token=undefined']) {
    await admin.api('GET', `${NUMBERS}?${query}`)
    t.equal(at(await lastRequest(admin), 'request', 'url'), `${NUMBERS}?${query}`)
  }
})

t.test('The headers of secrets are shown without their values', async (t) => {
  const admin = await adminFor(t)
  const names = ['x-auth-token', 'authorization', 'x-api-key', 'cookie', 'proxy-authorization', 'x-password', 'apikey']
  await admin.api('GET', OWN, undefined, {
    ...Object.fromEntries(names.map((name) => [name, SECRET])),
    accept: 'application/json'
  })
  const headers = at(await lastRequest(admin), 'request', 'headers')
  for (const name of names) t.equal(at(headers, name), '[redacted]', name)
  t.equal(at(headers, 'accept'), 'application/json')
  for (const missing of ['', 'undefined', 'Bearer undefined']) {
    await admin.api('GET', OWN, undefined, { 'x-auth-token': missing, authorization: missing })
    const shown = at(await lastRequest(admin), 'request', 'headers')
    t.same([at(shown, 'x-auth-token'), at(shown, 'authorization')], [missing, missing], 'where there is one')
  }
})

t.test('A response that repeats a secret of the request is shown without it', async (t) => {
  const admin = await adminFor(t)
  const quoted = `${SECRET}"quoted`
  for (const [path, body] of [
    ['/v2/api_auth', { data: { api_key: [SECRET] } }],
    ['/v2/user_auth', { data: { credentials: { hash: SECRET }, account_name: 'nobody' } }],
    ['/v2/user_auth', { data: { credentials: quoted, account_name: 'nobody' } }],
    [`${OWN}?password=${SECRET}`, { data: { numbers: SECRET } }]
  ] as const) {
    await admin.api('PUT', path, body)
    const last = await lastRequest(admin)
    t.notMatch(text(at(last, 'response', 'body')), SECRET, path)
  }
  const many = Array.from({ length: 101 }, (_, i) => `${SECRET}${i}`)
  await admin.api('PUT', '/v2/api_auth', { data: { api_key: many } })
  t.equal(at(await lastRequest(admin), 'response', 'body'), '[redacted]', 'more secrets than are looked for')
})

t.test('The user of an absolute target is a secret', async (t) => {
  const subject = await adminFor(t)
  const { port } = await wireTo(subject)
  await sendBytes(port, `GET http://me:${SECRET}@localhost/v2/phone_numbers?prefix=415 HTTP/1.0\r\n\r\n`)
  t.notMatch(JSON.stringify(await lastRequest(subject)), SECRET)
})

t.test('The events and the log have no secret', async (t) => {
  const lines: string[] = []
  const { composeEmulator } = await import('../../src/emulator.js')
  const { readSettings } = await import('../../src/text/read-settings.js')
  const logger = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) })
  const emulator = await composeEmulator(readSettings({}, {}), logger)
  t.teardown(emulator.close)
  const heard: string[] = []
  emulator.sandboxes.default.events.listen(
    (event) => heard.push(JSON.stringify(event)),
    () => undefined
  )
  for (const [sent] of REDACTED_URLS) await emulator.app.inject(NUMBERS + sent)
  for (const [payload] of REDACTED_BODIES) await emulator.app.inject({ method: 'POST', url: OWN, payload })
  t.equal(heard.length, REDACTED_URLS.length + REDACTED_BODIES.length)
  t.notMatch(heard.join('\n'), SECRET)
  t.ok(lines.length >= heard.length)
  t.notMatch(lines.join('\n'), SECRET)
})

t.test('A warning about a body that has a secret tells nothing of it', async (t) => {
  const admin = await adminFor(t)
  const e911 = {
    street_address: '911 MULTIPLE TEST ST',
    locality: 'SAN FRANCISCO',
    region: 'CA',
    postal_code: '94105',
    caller_name: 'Ann',
    auth_token: SECRET
  }
  for (let times = 0; times < 2; times++) {
    await admin.api('POST', OWN, { data: { used_by: 'callflow', id: '+14155234712', e911 } })
  }
  const report = await admin.admin('GET', '/contract')
  t.match(report.text, 'same_address_again')
  t.notMatch(report.text, SECRET)
})

t.test('Long bodies without an end are shown at once', async (t) => {
  const admin = await adminFor(t)
  const length = 250_000
  for (const part of [
    'a',
    '[',
    '"',
    'name=',
    'token',
    '"token":',
    'a=',
    ' ',
    '\\',
    'Content-Disposition: name=',
    '{"a":'
  ]) {
    await admin.api('POST', OWN, part.repeat(length / part.length))
    await admin.api('POST', OWN, `{${part.repeat(length / part.length)}`)
  }
  t.equal((await admin.admin('GET', '/requests')).status, 200)
})

t.test('A secret of a URL in a header, and of a pattern in a message, is not shown', async (t) => {
  const it = await adminFor(t)
  await it.api('GET', OWN, undefined, { referer: `http://localhost/?page=1&auth_token=${SECRET}` })
  t.equal(at(await lastRequest(it), 'request', 'headers', 'referer'), 'http://localhost/?page=1&auth_token=[redacted]')
  const { body } = await it.admin('POST', '/requests/verify', { headers: { 'x-auth-token': { equalTo: SECRET } } })
  t.match(body, { message: 'expected at least 1 request like {"headers":{"x-auth-token":"[redacted]"}} but was 0' })
})
