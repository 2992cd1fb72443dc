/** Pages, order, removal, the operators of patterns, exports that run, and events that are replayed. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import t from 'tap'
import { adminFor, at, NUMBERS, rows, text } from '../admin/admin-under-test.js'

const OWN = `${NUMBERS}/%2B14155234712`
const run = promisify(execFile)
const idsOf = (value: unknown) => rows(value as never).map(({ id }) => id)

t.test('The journal is paged, sorted and emptied by a pattern', async (t) => {
  const { admin, api } = await adminFor(t)
  for (const prefix of ['201', '202', '203']) await api('GET', `/v2/phone_numbers?prefix=${prefix}`)
  await api('GET', '/v2/nothing')
  for (const [query, ids] of [
    ['?offset=1&limit=2', ['3', '2']],
    ['?sort=asc&limit=2', ['1', '2']],
    ['?sort=asc&offset=3', ['4']],
    ['?offset=9', []],
    ['/unmatched', ['4']],
    ['?unmatched=true&offset=1', []]
  ] as const) {
    t.strictSame(idsOf((await admin('GET', `/requests${query}`)).body.requests), ids, query)
  }
  t.equal(at((await admin('GET', '/requests?limit=1')).body, 'meta', 'total'), 4)
  t.match(await admin('GET', '/requests?offset=-1'), { status: 400, body: { at: '/offset' } })
  t.match(await admin('GET', '/requests?sort=up'), { status: 400, body: { at: '/sort' } })
  const removed = await admin('POST', '/requests/remove', { queryParameters: { prefix: { equalTo: '202' } } })
  t.strictSame(idsOf(removed.body.requests), ['2'])
  t.strictSame(idsOf((await admin('GET', '/requests')).body.requests), ['4', '3', '1'])
})

t.test('Requests are verified in an order', async (t) => {
  const { admin, api } = await adminFor(t)
  await api('GET', '/v2/phone_numbers?prefix=415')
  await api('GET', OWN)
  await api('DELETE', OWN)
  const verify = (...names: string[]) =>
    admin('POST', '/requests/verify', { in_order: names.map((operation) => ({ operation })) })
  t.match(await verify('search', 'remove'), { status: 202, body: { ids: ['1', '3'] } })
  const { status, body } = await verify('read', 'search', 'remove')
  t.equal(status, 406)
  t.match(
    text(body.message),
    /1\. \{"operation":"read"\}: request 2\n {2}2\. \{"operation":"search"\}: no request after 2\n.*not looked for\nbut these came:\n {2}1\. GET/s
  )
  t.match(await verify('read', 'bye'), { status: 400, body: { at: '/in_order/1/operation' } })
  t.match(await admin('POST', '/requests/verify', { in_order: [{}], exactly: 1 }), { body: { at: '/exactly' } })
})

t.test('Patterns have the operators of WireMock', async (t) => {
  const { admin, api } = await adminFor(t)
  await api('PATCH', OWN, { data: { note: 'kept', list: [{ a: 'x' }, { a: 'y' }], empty: [] } })
  const template = '/v2/accounts/{account}/phone_numbers/{number}'
  for (const [pattern, count] of [
    [{ bodyPatterns: [{ matchesJsonPath: '$.data.note' }] }, 1],
    [{ bodyPatterns: [{ matchesJsonPath: "$.data.list[?(@.a == 'y')]" }] }, 1],
    [{ bodyPatterns: [{ matchesJsonPath: "$.data.list[?(@.a == 'z')]" }] }, 0],
    [{ bodyPatterns: [{ matchesJsonPath: '$.data.empty' }] }, 0],
    [{ bodyPatterns: [{ matchesJsonPath: { expression: '$..a', equalTo: 'y' } }] }, 1],
    [{ bodyPatterns: [{ matchesJsonPath: { expression: '$.data.gone', absent: true } }] }, 1],
    [{ bodyPatterns: [{ doesNotContain: 'kept' }] }, 0],
    [{ headers: { 'x-none': { doesNotContain: 'kept' } } }, 1],
    [{ urlPathTemplate: template, pathParameters: { number: { equalTo: '+14155234712' } } }, 1],
    [{ urlPathTemplate: '/v2/{any}' }, 0]
  ] as const) {
    t.match(await admin('POST', '/requests/count', pattern), { body: { count } }, JSON.stringify(pattern))
  }
  const deep = '/bodyPatterns/0/matchesJsonPath'
  for (const [pattern, pointer] of [
    [{ bodyPatterns: [{ matchesJsonPath: '$.[' }] }, deep],
    [{ bodyPatterns: [{ matchesJsonPath: { expression: '$', equalsTo: 'x' } }] }, `${deep}/equalsTo`],
    [{ bodyPatterns: [{ matchesJsonPath: '$[?@.a == $.b]' }] }, deep],
    [{ bodyPatterns: [{ matchesJsonPath: "$[?match(@.a, '(a+)+')]" }] }, deep],
    [{ bodyPatterns: [{ matchesJsonPath: `$${'[*,*]'.repeat(40)}` }] }, deep],
    [{ urlPathTemplate: '/v2/{a}/{a}' }, '/urlPathTemplate'],
    [{ urlPathTemplate: 'v2' }, '/urlPathTemplate'],
    [{ urlPathTemplate: '/v2/x{a}' }, '/urlPathTemplate'],
    [{ urlPathTemplate: '/v2?a' }, '/urlPathTemplate'],
    [{ urlPathTemplate: template, pathParameters: { numbr: { equalTo: '' } } }, '/pathParameters/numbr'],
    [{ urlPathTemplate: '/v2', pathParameters: { numbr: { equalTo: '' } } }, '/pathParameters/numbr'],
    [{ pathParameters: { number: { equalTo: '' } } }, '/pathParameters']
  ] as const) {
    t.match(await admin('POST', '/requests/count', pattern), { status: 400, body: { at: pointer } }, pointer)
  }
})

t.test('Lines of curl send again what was sent', async (t) => {
  const it = await adminFor(t)
  const port = await it.listen()
  const url = `http://127.0.0.1:${port}`
  const bodies = [
    '{"data":{"note":"it\'s \\"quoted\\" $HOME `x`"}}',
    '{"data":\n\t{"note":"50 % é"}}',
    '@file',
    Buffer.from([0, 1, 0xff, 0x27, 0x5c, 0x25])
  ]
  for (const body of bodies) {
    await fetch(url + OWN, { method: 'PATCH', body, headers: { 'x-auth-token': 'demo-token' } })
  }
  const bodiesOf = async () =>
    rows((await it.admin('GET', '/requests?sort=asc')).body.requests).map((one) => at(one, 'request', 'body'))
  const sent = await bodiesOf()
  const lines = await (await fetch(`${url}/__admin/requests?format=curl`)).text()
  t.equal(lines.split('\n').length, bodies.length + 1)
  await it.admin('DELETE', '/requests')
  await run('bash', ['-ec', lines], { env: { ...process.env, TOKEN: 'demo-token' } })
  t.strictSame(await bodiesOf(), sent)
  t.equal(at((await it.admin('GET', '/requests?sort=asc')).body, 'requests', 0, 'response', 'status'), 200)
})

t.test('Events that are kept are sent again', async (t) => {
  const it = await adminFor(t)
  const port = await it.listen()
  await it.api('DELETE', OWN)
  await it.admin('POST', '/reset')
  const read = async (query: string, until: string, headers: Record<string, string> = {}) => {
    const over = new AbortController()
    const { body } = await fetch(`http://127.0.0.1:${port}/__admin/events${query}`, { signal: over.signal, headers })
    let heard = ''
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
    while (!heard.includes(until)) heard += String((await reader?.read())?.value)
    over.abort()
    return [...heard.matchAll(/^id: (\d+)\nevent: (\w+)$/gm)].map(([, id, name]) => `${id} ${name}`)
  }
  t.strictSame(await read('?since=0', 'reset'), ['1 change', '2 request', '3 reset'])
  t.strictSame(await read('?since=0&types=resets,states', 'reset'), ['1 change', '3 reset'])
  t.strictSame(await read('?since=0', 'reset', { 'last-event-id': '2' }), ['3 reset'])
  t.strictSame(await read('', 'reset', { 'last-event-id': '99' }), ['1 change', '2 request', '3 reset'])
  t.match(await it.admin('GET', '/events?since=4'), { status: 400, body: { at: '/since' } })
  t.match(await it.admin('GET', '/events?types=request'), { status: 400, body: { message: /"requests"/ } })
  const headers = { 'last-event-id': 'x' }
  t.equal((await it.call({ method: 'GET', url: '/__admin/events', headers })).status, 400)
})
