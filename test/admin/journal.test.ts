import t from 'tap'
import { at, adminFor, NUMBERS, rows, text } from './admin-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`

t.test('A client developer asks what the client has sent', async (t) => {
  const { admin, api } = await adminFor(t)
  await api('GET', '/v2/phone_numbers?prefix=415&quantity=2&auth_token=secret-in-query')
  await api('PUT', `${NUMBERS}/%2B14152338421/activate`, { data: { auth_token: 'secret-in-body', my_own: 'field' } })
  await api('GET', `${NUMBERS}/%2B19999999999`, undefined, { authorization: 'Bearer secret-in-header' })
  await api('PUT', '/v2/api_auth', { data: { api_key: 'k'.repeat(64) } })
  await api('PUT', '/v2/user_auth', {
    data: { credentials: 'c'.repeat(32), account_name: 'nobody', password: 'pass-word' }
  })
  await api('GET', '/v2/nothing/here')
  await api('POST', OWN, '{"broken')

  await t.test('and sees every request with its answer, the newest first', async (t) => {
    const { body } = await admin('GET', '/requests')
    t.equal(at(body, 'meta', 'total'), 7)
    t.strictSame(
      rows(body.requests).map(({ id, operation, outcome, wasMatched }) => [id, operation, outcome, wasMatched]),
      [
        ['7', 'update', 'validation_error', true],
        ['6', null, 'not_found', false],
        ['5', 'log_in_by_user', 'success', true],
        ['4', 'log_in_by_key', 'success', true],
        ['3', 'read', 'not_on_account', true],
        ['2', 'buy', 'success', true],
        ['1', 'search', 'success', true]
      ]
    )
  })
  await t.test('and sees one by its id, in the words of WireMock', async (t) => {
    const { body } = await admin('GET', '/requests/2')
    t.match(body, {
      id: '2',
      sandbox: 'default',
      request: {
        method: 'PUT',
        url: `${NUMBERS}/%2B14152338421/activate`,
        absoluteUrl: `http://localhost:80${NUMBERS}/%2B14152338421/activate`,
        clientIp: '127.0.0.1',
        body: '{"data":{"auth_token":"[redacted]","my_own":"field"}}',
        headers: { 'x-auth-token': '[redacted]' },
        loggedDateString: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/
      },
      response: {
        status: 201,
        headers: { 'content-type': 'application/json', 'x-request-id': /^[0-9a-f]{32}$/ },
        body: /"state":"in_service"/,
        duration_ms: Number
      },
      changes: [{ e164: '+14152338421', from: null, to: 'in_service' }],
      warnings: [],
      fault: null
    })
  })
  await t.test('and sees no secret anywhere', async (t) => {
    const shown = (await admin('GET', '/requests')).text + (await admin('POST', '/requests/find', {})).text
    for (const secret of ['demo-token', 'secret-in', 'k'.repeat(64), 'c'.repeat(32), 'pass-word']) {
      t.notMatch(shown, new RegExp(secret), secret)
    }
    t.match(shown, /prefix=415&quantity=2&auth_token=\[redacted\]/)
  })
  await t.test('and sees only those that met no route', async (t) => {
    t.strictSame(
      rows((await admin('GET', '/requests?unmatched=true')).body.requests).map(({ id }) => id),
      ['6']
    )
    t.match(await admin('GET', '/requests?unmatched=yes'), { status: 400, body: { at: '/unmatched' } })
  })
  await t.test('and exports them as an HTTP Archive, the oldest first, without secrets', async (t) => {
    const { body, text } = await admin('GET', '/requests?format=har')
    const entries = rows(at(body, 'log', 'entries'))
    t.equal(entries.length, 7)
    t.match(entries[1], {
      request: {
        method: 'PUT',
        url: `http://localhost:80${NUMBERS}/%2B14152338421/activate`,
        headers: [{ name: 'x-auth-token', value: '[redacted]' }],
        postData: { text: /my_own/ }
      },
      response: { status: 201, content: { mimeType: 'application/json', text: /in_service/ } },
      timings: { wait: Number },
      _operation: 'buy'
    })
    t.match(at(entries[0], 'request', 'queryString', 0), { name: 'prefix', value: '415' })
    t.notMatch(text, /demo-token|secret-in/)
  })
  await t.test('and finds the trace that a request belongs to', async (t) => {
    const trace = '0af7651916cd43dd8448eb211c80319c'
    for (const [traceparent, expected] of [
      [`00-${trace}-b7ad6b7169203331-01`, trace],
      ['not a trace', undefined]
    ] as const) {
      await api('GET', '/v2/phone_numbers?prefix=415', undefined, { traceparent })
      const [last] = rows((await admin('GET', '/requests?limit=1')).body.requests)
      t.equal(last?.trace_id, expected, traceparent)
      await admin('DELETE', `/requests/${text(last?.id)}`)
    }
  })
  await t.test('and sees the last ones, or those since a time', async (t) => {
    t.strictSame(
      rows((await admin('GET', '/requests?limit=2')).body.requests).map(({ id }) => id),
      ['7', '6']
    )
    t.strictSame((await admin('GET', '/requests?since=2999-01-01')).body.requests, [])
    t.match(await admin('GET', '/requests?limit=few'), { status: 400, body: { at: '/limit' } })
    t.match(await admin('GET', '/requests?since=then'), { status: 400, body: { at: '/since' } })
  })

  for (const [name, pattern, ids] of [
    ['any', {}, ['1', '2', '3', '4', '5', '6', '7']],
    ['of a method', { method: 'get' }, ['1', '3', '6']],
    ['of whatever method', { method: 'ANY', urlPath: '/v2/api_auth' }, ['4']],
    ['to a path with its query', { url: '/v2/phone_numbers?prefix=415&quantity=2&auth_token=secret-in-query' }, ['1']],
    ['to a path', { urlPath: '/v2/phone_numbers' }, ['1']],
    ['to a path and query like this', { urlPattern: '/v2/.*prefix=\\d{3}.*' }, ['1']],
    ['to a path like this', { urlPathPattern: '/v2/(api|user)_auth' }, ['4', '5']],
    ['to a path that is only the beginning of one', { urlPathPattern: '/v2' }, []],
    ['with a header', { headers: { Authorization: { contains: 'secret' } } }, ['3']],
    [
      'with a token of this value',
      { headers: { 'X-Auth-Token': { equalTo: 'demo-token' } }, method: 'PUT' },
      ['2', '4', '5']
    ],
    ['without a header', { headers: { authorization: { absent: true } }, operation: 'read' }, []],
    ['with a header, whatever it says', { headers: { authorization: { absent: false } } }, ['3']],
    ['with a query key', { queryParameters: { prefix: { equalTo: '415' }, quantity: { matches: '\\d' } } }, ['1']],
    ['without a query key', { method: 'GET', queryParameters: { prefix: { absent: true } } }, ['3', '6']],
    [
      'with this JSON, keys in any order',
      { bodyPatterns: [{ equalToJson: { data: { my_own: 'field', auth_token: 'secret-in-body' } } }] },
      ['2']
    ],
    [
      'with this JSON, as a text',
      { bodyPatterns: [{ equalToJson: '{"data":{"my_own":"field","auth_token":"secret-in-body"}}' }] },
      ['2']
    ],
    ['with this in the body', { bodyPatterns: [{ contains: 'my_own' }, { matches: '.*field.*' }] }, ['2']],
    ['with this as the body', { bodyPatterns: [{ equalTo: '{"broken' }] }, ['7']],
    ['of an operation', { operation: 'buy' }, ['2']],
    ['that ended like this', { outcome: 'not_on_account' }, ['3']],
    ['that ended like this in an operation', { operation: 'search', outcome: 'success' }, ['1']]
  ] as const) {
    await t.test(`and finds and counts those ${name}`, async (t) => {
      const { body } = await admin('POST', '/requests/find', pattern)
      t.strictSame(
        rows(body.requests).map(({ id }) => id),
        ids
      )
      t.strictSame((await admin('POST', '/requests/count', pattern)).body, { count: ids.length })
    })
  }

  for (const [name, pattern, pointer] of [
    ['a field that no pattern has', { path: '/' }, '/path'],
    ['a field that no text pattern has', { headers: { accept: { is: 'x' } } }, '/headers/accept/is'],
    ['a text pattern that says nothing', { headers: { accept: {} } }, '/headers/accept'],
    ['an operation that is none', { operation: 'bye' }, '/operation'],
    ['an outcome that is none', { outcome: 'sucess' }, '/outcome'],
    ['an outcome of another operation', { operation: 'list', outcome: 'multiple_choice' }, '/outcome'],
    ['an expression that is none', { urlPattern: '(' }, '/urlPattern'],
    ['an expression beyond all measure', { urlPattern: 'x'.repeat(1001) }, '/urlPattern'],
    [
      'an expression that is none, for a header',
      { headers: { 'x/y~z': { matches: '(' } } },
      '/headers/x~1y~0z/matches'
    ],
    ['JSON that is none', { bodyPatterns: [{ contains: 'x' }, { equalToJson: '{' }] }, '/bodyPatterns/1/equalToJson'],
    ['no JSON at all', '{', '']
  ] as const) {
    await t.test(`and is told where the pattern is wrong: ${name}`, async (t) => {
      for (const call of ['find', 'count', 'wait', 'verify']) {
        t.match(
          await admin('POST', `/requests/${call}`, pattern),
          { status: 400, body: { error: 'invalid', at: pointer } },
          call
        )
      }
    })
  }

  for (const [name, expectation, status, message] of [
    ['at least once, where nothing is said', {}, 202, ''],
    ['exactly so often', { exactly: 1 }, 202, ''],
    ['never', { exactly: 0 }, 406, 'expected exactly 0 requests like {"operation":"buy"} but was 1'],
    ['more often', { exactly: 2 }, 406, 'expected exactly 2 requests like {"operation":"buy"} but was 1'],
    ['at least so often', { at_least: 2 }, 406, 'expected at least 2 requests like {"operation":"buy"} but was 1'],
    ['at most so often', { at_most: 1 }, 202, ''],
    [
      'within bounds',
      { at_least: 2, at_most: 3 },
      406,
      'expected at least 2 requests and at most 3 requests like {"operation":"buy"} but was 1'
    ]
  ] as const) {
    await t.test(`and has it verified: bought ${name}`, async (t) => {
      const { status: answered, body } = await admin('POST', '/requests/verify', { operation: 'buy', ...expectation })
      t.equal(answered, status)
      t.match(body, status === 202 ? { status: 'verified', count: 1 } : { error: 'not_verified', message })
    })
  }

  await t.test('and has one forgotten, then all', async (t) => {
    t.strictSame((await admin('DELETE', '/requests/3')).body, { removed: '3' })
    t.match(await admin('GET', '/requests/3'), { status: 404, body: { message: 'there is no request 3' } })
    t.match(await admin('DELETE', '/requests/3'), { status: 404 })
    t.equal(at((await admin('GET', '/requests')).body, 'meta', 'total'), 6)
    await admin('DELETE', '/requests')
    t.strictSame((await admin('GET', '/requests')).body, { requests: [], meta: { total: 0 } })
    t.strictSame((await admin('POST', '/requests/verify', { operation: 'buy', exactly: 0 })).status, 202)
  })
})

t.test('Whichever way a request finds its operation, the journal has it once, as it was sent', async (t) => {
  const { admin, call } = await adminFor(t)
  const number = '4155234712'
  const own = `/v2/phone_numbers/${number}`
  for (const [method, url, body, operation, outcome] of [
    ['POST', `${NUMBERS}/${number}?verb=GET`, { data: {} }, 'read', 'success'],
    ['POST', `${NUMBERS}/${number}`, { verb: 'PATCH', data: { note: 'kept' } }, 'patch', 'success'],
    ['GET', `${own}/identify`, undefined, 'identify', 'success'],
    ['POST', `${own}/identify?verb=GET`, { data: {} }, 'identify', 'success'],
    ['POST', `${NUMBERS}/%2B19999999999?verb=DELETE`, { data: {} }, 'remove', 'not_on_account'],
    ['POST', `${NUMBERS}/5005550599/activate?verb=PUT`, { data: {} }, 'buy', 'connection_closed'],
    ['POST', `${NUMBERS}/${number}?verb=DELETE`, { data: {} }, 'remove', 'success']
  ] as const) {
    await t.test(`${method} ${url}`, async (t) => {
      await admin('DELETE', '/requests')
      const headers = { 'x-auth-token': 'master-token', 'x-emulator-outer': '1' }
      await call({ method, url, headers, ...(body === undefined ? {} : { body }) }).catch(() => undefined)
      const { body: found } = await admin('GET', '/requests')
      t.match(found, {
        requests: [{ request: { method, url }, operation, outcome, wasMatched: true }],
        meta: { total: 1 }
      })
      const released = [{ e164: '+14155234712', from: 'in_service', to: 'available' }]
      if (url.endsWith(`${number}?verb=DELETE`)) t.match(found, { requests: [{ changes: released }] })
    })
  }
})

t.test('The journal keeps the last ones, as many as --journal-size says', async (t) => {
  const { admin, api } = await adminFor(t, { journalSize: 3 })
  for (const prefix of ['201', '202', '203', '204']) await api('GET', `/v2/phone_numbers?prefix=${prefix}`)
  const { body } = await admin('GET', '/requests')
  t.strictSame(
    rows(body.requests).map(({ id }) => id),
    ['4', '3', '2']
  )
  await admin('DELETE', '/requests/3')
  for (const prefix of ['205', '206']) await api('GET', `/v2/phone_numbers?prefix=${prefix}`)
  t.strictSame(
    rows((await admin('GET', '/requests')).body.requests).map(({ id }) => id),
    ['6', '5', '4']
  )

  const none = await adminFor(t, { journalSize: 0 })
  await none.api('GET', '/v2/phone_numbers?prefix=201')
  t.strictSame((await none.admin('GET', '/requests')).body.requests, [])
  t.equal((await none.admin('DELETE', '/requests/1')).status, 404)
})
