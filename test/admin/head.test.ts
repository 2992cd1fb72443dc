/** HEAD answers as GET does, without the body: wait-on, start-server-and-test, `wget --spider` and load balancers ask with it. */
import t from 'tap'
import type { App } from '../../src/api/app-type.js'
import { sendBytes } from '../harness/raw-connection.js'
import { adminFor } from './admin-under-test.js'

/** Returns the paths of an app that have GET, outside of the emulated API, with a value for each parameter. */
function pathsWithGet(app: App): string[] {
  const places: string[] = []
  const paths = app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = /^(.*?── )(\S+) \((.*)\)$/.exec(line) ?? []
      const depth = indent.length / '├── '.length
      places.splice(depth - 1, Infinity, part)
      return methods.includes('GET') ? [places.join('').replaceAll(/:\w+/g, 'one')] : []
    })
  return paths.filter((path) => !path.startsWith('/v2'))
}

/** Removes what differs between any two answers. */
function withoutTime({ date: _, 'x-request-id': _id, ...headers }: Record<string, unknown>) {
  return headers
}

t.test('HEAD has the status and the headers of GET, and no body', async (t) => {
  const { app, admin } = await adminFor(t)
  await admin('PUT', '/snapshots/one')
  const paths = pathsWithGet(app).filter((path) => path !== '/__admin/events')
  for (const path of ['/docs', '/docs/start.js', '/openapi.json', '/__admin/openapi.json', '/__admin/requests/one']) {
    t.ok(paths.includes(path), `${path} is one of ${paths.length}`)
  }
  for (const path of [
    ...paths,
    '/__admin/contract?format=html',
    '/__admin/requests?limit=x',
    '/__admin/snapshots/none'
  ]) {
    const get = await app.inject(path)
    const head = await app.inject({ method: 'HEAD', url: path })
    t.ok(get.payload.length > 0 || get.statusCode === 302, `GET ${path} has a body, or leads to one`)
    t.strictSame(
      [head.statusCode, withoutTime(head.headers), head.payload],
      [get.statusCode, withoutTime(get.headers), ''],
      `HEAD ${path}`
    )
  }
})

t.test('With a port of its own, the admin API answers HEAD there', async (t) => {
  const { adminApp } = await adminFor(t, { adminPort: 0 })
  t.equal((await adminApp?.inject({ method: 'HEAD', url: '/__admin/ready' }))?.statusCode, 200)
})

t.test('HEAD of an event stream is answered at once, and leaves no stream open', async (t) => {
  const { listen, sandbox } = await adminFor(t)
  const port = await listen()
  const head = `HEAD /__admin/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`
  t.match(await sendBytes(port, head), {
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    text: ''
  })
  t.equal(sandbox.events.listeners, 0)
})
