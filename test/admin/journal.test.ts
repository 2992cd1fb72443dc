import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { VERSION } from '../../src/package.js'
import { at, adminFor, NUMBERS, rows, text, wireTo } from './admin-under-test.js'
import { exchange } from '../harness/raw-connection.js'

const OWN = `${NUMBERS}/%2B14155234712`

/** Does something again and again until `result` is there: it must have begun before it can be met. */
async function meanwhile<Result>(result: Promise<Result>, poke: () => Promise<unknown>): Promise<Result> {
  const state = { isOver: false }
  const over = result.finally(() => (state.isOver = true))
  await begun()
  while (!state.isOver) {
    await poke()
    await setImmediate()
  }
  return over
}

/** Turns that a call takes at most until it is being served. */
const TURNS = 10

async function begun(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await setImmediate()
}

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
      'expected at least 2 and at most 3 requests like {"operation":"buy"} but was 1'
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

t.test('A test waits for a request instead of sleeping', async (t) => {
  const { admin, api } = await adminFor(t)
  const waited = (body: object) => admin('POST', '/requests/wait', body)
  const search = (prefix: string) => api('GET', `/v2/phone_numbers?prefix=${prefix}`)

  await t.test('and goes on at once where it is there already', async (t) => {
    await search('415')
    t.match(await waited({ operation: 'search' }), { status: 200, body: { meta: { total: 1 } } })
  })
  await t.test('and goes on when enough of them have come', async (t) => {
    const waiting = waited({ operation: 'search', count: 12 })
    const both = () => Promise.all([search('212'), api('GET', OWN)])
    const { status, body } = await meanwhile(waiting, both)
    t.equal(status, 200)
    t.ok(rows(body.requests).length >= 12, 'one more may come before the answer is sent')
  })
  await t.test('and hears what was there when the time is up', async (t) => {
    t.match(await waited({ operation: 'search', count: 99, timeout_ms: 1 }), {
      status: 408,
      body: { requests: [{ operation: 'search' }] }
    })
  })
  await t.test('and is let go when the sandbox is reset', async (t) => {
    const waiting = waited({ operation: 'buy', timeout_ms: 600_000 })
    t.match(await meanwhile(waiting, () => admin('POST', '/reset')), {
      status: 408,
      body: { requests: [], meta: { total: 0 } }
    })
  })
  await t.test('and is told what is wrong with the call', async (t) => {
    t.match(await waited({ count: 0 }), { status: 400, body: { at: '/count' } })
    t.match(await waited({ timeout_ms: 600_001 }), { status: 400, body: { at: '/timeout_ms' } })
  })
})

t.test('A fault on the wire is what the socket sees', async (t) => {
  const subject = await adminFor(t, { randomSeed: 1 })
  const { send } = await wireTo(subject)
  const read = `GET ${OWN} HTTP/1.1`
  const whole = (await send(`${read}\r\nconnection: close`)).text
  const [head = '', body = ''] = whole.split('\r\n\r\n')

  for (const [name, fault, end, heard] of [
    ['is reset', { fault: 'CONNECTION_RESET_BY_PEER' }, 'reset', /^$/],
    ['closes without an answer', { fault: 'EMPTY_RESPONSE' }, 'closed', /^$/],
    [
      'carries a chunk that is none',
      { fault: 'MALFORMED_RESPONSE_CHUNK' },
      'closed',
      /^HTTP\/1.1 200 OK\r\n.*transfer-encoding: chunked\r\n\r\n[0-9a-f]{32}$/s
    ],
    ['carries noise', { fault: 'RANDOM_DATA_THEN_CLOSE' }, 'closed', /^[0-9a-f]{32}$/]
  ] as const) {
    await t.test(`the connection ${name}`, async (t) => {
      await subject.admin('PUT', '/faults', { faults: [{ ...fault, operation: 'read', times: 1 }] })
      const answer = await send(read)
      t.equal(answer.end, end)
      t.match(answer.text, heard)
      t.match(at((await subject.admin('GET', '/requests?limit=1')).body, 'requests', 0), {
        operation: 'read',
        outcome: null,
        fault: fault.fault,
        response: { status: 0, body: '' }
      })
      t.match(await send(`${read}\r\nconnection: close`), { end: 'closed', text: /^HTTP\/1.1 200/ }, 'and works again')
    })
  }
  for (const bytes of [0, 1, 40, body.length - 1, body.length + 9]) {
    await t.test(`the answer ends after ${bytes} bytes of its body, though the head promises all of it`, async (t) => {
      await subject.admin('PUT', '/faults', { faults: [{ operation: 'read', truncate_bytes: bytes, times: 1 }] })
      const answer = await send(read)
      const [heardHead = '', ...rest] = answer.text.split('\r\n\r\n')
      t.match(heardHead, `content-length: ${body.length}`)
      t.match(heardHead, 'x-emulator-fault: truncated')
      t.match(head, `content-length: ${body.length}`)
      t.equal(rest.join('').length, Math.min(bytes, body.length))
      t.equal(answer.end, 'closed')
    })
  }
  await t.test('a magic number closes the connection', async (t) => {
    t.match(await send(`PUT ${NUMBERS}/%2B15005550599/activate HTTP/1.1`), { text: '', end: 'closed' })
    t.match(await subject.admin('POST', '/requests/count', { outcome: 'connection_closed' }), { body: { count: 1 } })
  })
})

t.test('A client that says little, or leaves early, does no harm', async (t) => {
  const subject = await adminFor(t)
  const { port } = await wireTo(subject)
  await t.test('a request that names no host is shown as one to localhost', async (t) => {
    t.equal((await exchange(port, 'GET /v2/phone_numbers?prefix=415 HTTP/1.0\r\n\r\n')).status, 200)
    t.match(at((await subject.admin('GET', '/requests?limit=1')).body, 'requests', 0, 'request'), {
      absoluteUrl: 'http://localhost/v2/phone_numbers?prefix=415'
    })
  })
  await t.test('a connection that is reset in the middle of a request is forgotten', async (t) => {
    const reset = once(subject.app.server, 'clientError')
    const socket = connect(port, '127.0.0.1')
    const met = once(subject.app.server, 'connection')
    socket.write('GET /v2/phone')
    await met
    socket.resetAndDestroy()
    await reset
    t.equal((await subject.api('GET', OWN)).status, 200)
  })
})

t.test('Injected requests meet the faults of the wire as an answer that breaks off', async (t) => {
  const { admin, app } = await adminFor(t)
  for (const fault of [{ fault: 'CONNECTION_RESET_BY_PEER' }, { fault: 'EMPTY_RESPONSE' }, { truncate_bytes: 3 }]) {
    await admin('PUT', '/faults', { faults: [{ ...fault, operation: 'search' }] })
    await t.rejects(app.inject({ url: '/v2/phone_numbers?prefix=415' }), JSON.stringify(fault))
  }
})

t.test('A client that listens to the events', async (t) => {
  const subject = await adminFor(t)
  const { port } = await wireTo(subject)
  const listen = async (path = '') => {
    const over = new AbortController()
    const { headers, body } = await fetch(`http://127.0.0.1:${port}${path}/__admin/events`, { signal: over.signal })
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
    const next = async (part: string) => {
      let text = ''
      while (!text.includes(part)) {
        const piece = await reader?.read()
        if (piece?.done !== false) throw new Error(`the stream ended without ${part}`)
        text += piece.value
      }
      return text
    }
    await next(': listening')
    return {
      headers,
      next,
      end: () => {
        over.abort()
      },
      ended: async () => (await reader?.read())?.done
    }
  }
  const events = await listen()
  t.equal(events.headers.get('content-type'), 'text/event-stream')
  t.equal(events.headers.get('x-emulator'), VERSION)

  await t.test('hears of requests, and of what they change', async (t) => {
    await subject.api('DELETE', OWN)
    const text = await events.next('event: request')
    t.match(text, /^id: 1\nevent: change\ndata: \{"e164":"\+14155234712","from":"in_service","to":"available"\}\n\n/)
    t.match(text, '"x-auth-token":"[redacted]"')
  })
  await t.test('hears of faults', async (t) => {
    await subject.api('GET', OWN, undefined, { prefer: 'code=500' })
    t.match(await events.next('event: request'), 'event: fault\ndata: {"name":"status 500","request":"2"}')
  })
  await t.test('hears of resets', async (t) => {
    await subject.admin('POST', '/reset?only=faults,clock')
    t.match(await events.next('event: reset'), '{"parts":["faults","clock"],"to":"fixtures"}')
    await subject.admin('POST', '/reset?to=empty')
    t.match(await events.next('event: reset'), '{"parts":["everything"],"to":"empty"}')
  })
  await t.test('is let go when the sandbox is dropped', async (t) => {
    const other = await listen('/sandboxes/other')
    await subject.call({ method: 'DELETE', url: '/__admin/sandboxes/other' })
    t.equal(await other.ended(), true)
  })
  await t.test('is one of at most a hundred, and leaves room when it goes', async (t) => {
    const crowd = await Promise.all(Array.from({ length: 99 }, () => listen()))
    t.match(await subject.admin('GET', '/events'), { status: 429, body: { error: 'too_many_streams' } })
    crowd.forEach((one) => {
      one.end()
    })
    let room = false
    while (!room) {
      await setImmediate()
      room = await listen().then(
        () => true,
        () => false
      )
    }
    t.ok(room)
  })
  await t.test('hears how much it has lost where it does not read', async (t) => {
    const silent = connect(port, '127.0.0.1')
    silent.write(`GET /sandboxes/full/__admin/events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`)
    await new Promise((resolve) => silent.once('readable', resolve))
    const note = 'x'.repeat(200_000)
    for (let i = 0; i < 100; i++) {
      await subject.call({
        method: 'POST',
        url: `/sandboxes/full${OWN}`,
        token: 'demo-token',
        body: { data: { note } }
      })
    }
    let text = ''
    while (!text.includes('event: lost')) {
      const [piece] = (await once(silent, 'data')) as [Buffer]
      text = text.slice(-20) + piece.toString('latin1')
    }
    silent.destroy()
    t.match(text, /id: \d+\nevent: lost\ndata: \{"events":\d+\}/)
  })
})

t.test('A wait is told that its sandbox is dropped, however short a time ago it began', async (t) => {
  const { call } = await adminFor(t)
  for (let turns = 0; turns < TURNS; turns++) {
    const sandbox = `dropped-${turns}`
    const waiting = call({
      method: 'POST',
      url: `/sandboxes/${sandbox}/__admin/requests/wait`,
      body: { urlPattern: '/v2/.*', timeout_ms: 600_000 }
    })
    const state = { isOver: false }
    const over = waiting.finally(() => (state.isOver = true))
    for (let turn = 0; turn < turns; turn++) await setImmediate()
    // Its first use makes the sandbox, which may come after this.
    while (!state.isOver) {
      await call({ method: 'DELETE', url: `/__admin/sandboxes/${sandbox}` })
      await setImmediate()
    }
    const { status, body } = await over
    t.match([status, body], [503, { message: /sandbox/ }], `${turns}`)
  }
})
