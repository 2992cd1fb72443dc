/** Who may use the admin API: calls by name and from pages, with a token, and probes. */
import { hostname } from 'node:os'
import t from 'tap'
import { sendBytes } from '../harness/raw-connection.js'
import { adminFor } from './admin-under-test.js'

const RESET = { method: 'POST', url: '/__admin/reset' } as const

t.test('Pages of other origins and unknown hosts may not use the admin API', async (t) => {
  const { call } = await adminFor(t, { adminHosts: 'emulator, *.ci.example' })
  for (const [name, headers, status] of [
    ['this machine', { host: '127.0.0.1:8000' }, 200],
    ['this machine by name', { host: 'localhost' }, 200],
    ['this machine by its own name', { host: `${hostname()}:8000` }, 200],
    ['this machine in IPv6', { host: '[::1]:8000' }, 200],
    ['an address of a container', { host: '10.1.2.3:8000' }, 200],
    ['an address of a container in IPv6', { host: '[fd00::1:2]' }, 200],
    ['a name of --admin-hosts', { host: 'Emulator:8000' }, 200],
    ['a name of a pattern in --admin-hosts', { host: 'job-7.ci.example' }, 200],
    ['a name with a dot at its end', { host: 'job-7.ci.example.:8000' }, 200],
    ['a page of the emulator', { host: 'localhost:8000', origin: 'http://localhost:8000' }, 200],
    ['a page of the emulator behind TLS', { host: 'emulator', origin: 'https://emulator' }, 200],
    ['a service that no one named', { host: 'oneuc:8000' }, 403],
    ['a name below the pattern', { host: 'a.b.ci.example' }, 403],
    ['a name that only points here (DNS rebinding)', { host: 'evil.example' }, 403],
    ['a name that ends like one from here', { host: 'notlocalhost' }, 403],
    ['a name that has one from here in it', { host: 'emulator.evil.example' }, 403],
    ['a name that looks like an address', { host: '127.0.0.1.evil.example' }, 403],
    ['a page on another port', { host: 'localhost:8000', origin: 'http://localhost:3000' }, 403],
    ['a page from elsewhere', { host: 'localhost', origin: 'https://evil.example' }, 403],
    ['a page from nowhere', { host: 'localhost', origin: 'null' }, 403],
    ['a page that hides where it is from', { host: 'localhost', origin: '' }, 403]
  ] as const) {
    await t.test(name, async (t) => {
      const { status: answered, headers: sent } = await call({ ...RESET, headers })
      t.equal(answered, status)
      t.notOk(Object.keys(sent).some((header) => header.startsWith('access-control')))
    })
  }
})

t.test('In a compose file or a cluster, the emulator is called by the name of its service', async (t) => {
  const { call } = await adminFor(t, { adminHosts: '*' })
  for (const [host, status] of [
    ['oneuc:8000', 200],
    ['my_emulator-1', 200],
    ['localhost', 200],
    ['evil.example', 403]
  ] as const) {
    t.equal((await call({ ...RESET, headers: { host } })).status, status, host)
  }
})

t.test('A call without a Host header is refused, since it may be meant for any server', async (t) => {
  const { listen } = await adminFor(t)
  const port = await listen()
  const reset = 'POST /__admin/reset HTTP/1.0\r\nContent-Length: 0\r\n'
  t.match(await sendBytes(port, `${reset}\r\n`), { status: 403, body: { message: /^send the header Host: / } })
  t.match(await sendBytes(port, `${reset}Host:\r\n\r\n`), { status: 403, body: { message: /^the host "" / } })
  t.match(await sendBytes(port, `${reset}Host: 127.0.0.1:${port}\r\n\r\n`), { status: 200 })
  t.match(await sendBytes(port, 'GET /__admin/ready HTTP/1.0\r\n\r\n'), { status: 200 }, 'a probe needs none')
})

t.test('With --admin-token the admin API wants it', async (t) => {
  const { call } = await adminFor(t, { adminToken: 'open sesame' })
  for (const [authorization, status] of [
    ['Bearer open sesame', 200],
    ['bearer open sesame', 200],
    ['BEARER  open sesame', 200],
    ['Bearer close', 401],
    ['Bearer Open Sesame', 401],
    ['Bearer', 401],
    ['open sesame', 401],
    ['Basic open sesame', 401],
    ['', 401]
  ] as const) {
    t.equal((await call({ ...RESET, headers: { authorization } })).status, status, authorization)
  }
  t.equal((await call(RESET)).status, 401)
})

t.test('A load balancer asks whether the emulator is there, whatever it is called', async (t) => {
  const { call } = await adminFor(t, { adminToken: 'open sesame' })
  for (const method of ['GET', 'HEAD'] as const) {
    for (const url of ['/__admin/health', '/__admin/ready', '/__admin/ready/', '/__admin/ready?x']) {
      for (const headers of [{ host: 'evil.example' }, { host: '10.0.0.1', origin: 'https://evil.example' }, {}]) {
        const status = url.endsWith('?x') ? 400 : 200
        t.equal((await call({ method, url, headers: headers })).status, status, url)
      }
    }
  }
  t.equal((await call({ method: 'GET', url: '/__admin/nothing' })).status, 401, 'and nothing else')
})
