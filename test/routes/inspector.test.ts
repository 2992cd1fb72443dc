import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../src/package.js'
import { emulatorFor } from '../harness/emulator-under-test.js'

t.test('The files of the inspector are served as they stand, and nothing else is', async (t) => {
  const { app } = await emulatorFor(t, { adminToken: 'secret' })
  const cases: [url: string, accept: string, status: number, part: string | RegExp][] = [
    ['/', 'text/html,*/*', 302, '/__admin/ui/'],
    ['/', 'application/json', 404, /"not_found"/],
    ['/__admin/ui', 'text/html', 302, '/__admin/ui/'],
    ['/__admin/ui?sandbox=a', 'text/html', 302, '/__admin/ui/?sandbox=a'],
    ['/sandboxes/a/__admin/ui', 'text/html', 302, '/__admin/ui/?sandbox=a'],
    ['/__admin/ui/', 'text/html', 200, /<!doctype html>/],
    ['/__admin/ui/main.js', '*/*', 200, /import /],
    ['/__admin/ui/none.js', '*/*', 404, /there is no file none\.js/],
    ['/__admin/ui/..%2Fpackage.json', '*/*', 404, /there is no file/],
    ['/__admin/requests', 'application/json', 401, /unauthorized/]
  ]
  for (const [url, accept, status, part] of cases) {
    const { statusCode, headers, payload } = await app.inject({ url, headers: { accept } })
    t.equal(statusCode, status, url)
    if (status === 302) t.equal(headers.location, part, url)
    else t.match(payload, part, url)
    if (status === 200) t.match(headers['content-security-policy'], /default-src 'self'/, url)
  }
})

t.test('Where the admin API has a port of its own, the root of the API leads nowhere', async (t) => {
  const { app } = await emulatorFor(t, { adminPort: 0 })
  t.equal((await app.inject({ url: '/', headers: { accept: 'text/html' } })).statusCode, 404)
})

t.test('The files of the inspector are under 80 kB together', async (t) => {
  const folder = join(packageRoot(), 'src/inspector')
  const sizes = readdirSync(folder).map((file) => statSync(join(folder, file)).size)
  t.ok(sizes.reduce((sum, size) => sum + size, 0) < 80_000, sizes.join(' + '))
})
