import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import t from 'tap'
import { healthcheck } from '../../src/cli/healthcheck.js'
import { readSettings } from '../../src/text/read-settings.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { listenFor } from '../harness/listen.js'
import { runInProcess } from '../harness/run-in-process.js'

t.test('A health check returns 0 for a ready emulator and 1 for all else', async (t) => {
  const { listen } = await emulatorFor(t)
  const ready = await listen()
  t.same(await runInProcess(['healthcheck', '--port', String(ready)]), { code: 0, stdout: '', stderr: '' })
  for (const host of ['0.0.0.0', '::']) {
    t.equal(
      (await runInProcess(['healthcheck', '--host', host], { PORT: String(ready) })).code,
      0,
      `${host} is asked at the loopback address`
    )
  }
  const { adminApp } = await emulatorFor(t, { adminPort: 0, adminToken: 'open sesame' })
  const admin = await adminApp?.listen({ host: '127.0.0.1', port: 0 })
  const { port: adminPort } = new URL(String(admin))
  const flags = ['healthcheck', '--admin-token', 'open sesame']
  t.match(await runInProcess([...flags, '--admin-port', adminPort]), { code: 0 }, 'with a token, and a port of its own')
  const portFile = join(t.testdir(), 'ports')
  const chosen = ['--port-file', portFile]
  t.match(await runInProcess([...flags, ...chosen]), {
    code: 1,
    stderr: `not ready: there is no port in ${portFile}\n`
  })
  writeFileSync(portFile, `${ready}\n${adminPort}\n`)
  t.match(await runInProcess([...flags, ...chosen]), { code: 0 }, 'with the port that the emulator has written')
  t.match(
    await runInProcess([...flags, ...chosen, '--port', '0', '--admin-port', '0']),
    { code: 0 },
    'as it was started'
  )
  t.match(await runInProcess([...flags, '--admin-port', '0']), { code: 2, stderr: /name its --port-file$/m })
  const unready = createServer((_request, response) => {
    response.writeHead(503).end()
  })
  const busy = await listenFor(t, unready)
  t.same(await runInProcess(['healthcheck', '--port', String(busy)]), {
    code: 1,
    stdout: '',
    stderr: `not ready: status 503 from 127.0.0.1:${busy}\n`
  })
  const other = createServer((_request, response) => {
    response.writeHead(200).end()
  })
  writeFileSync(portFile, `${await listenFor(t, other)}\n`)
  t.match(
    await runInProcess(['healthcheck', '--port', '0', '--port-file', portFile]),
    { code: 1, stderr: /^not ready: an answer of another program from 127\.0\.0\.1:\d+$/m },
    'a port that another program has taken'
  )
  const gone = createServer()
  const free = await listenFor(t, gone)
  gone.close()
  await once(gone, 'close')
  t.same(await runInProcess(['healthcheck', '--port', String(free)]), {
    code: 1,
    stdout: '',
    stderr: `not ready: no answer from 127.0.0.1:${free}\n`
  })
  const silent = await listenFor(
    t,
    createServer(() => undefined)
  )
  const terminal = { stdout: process.stdout, stderr: { write: () => undefined }, env: {}, exit: () => undefined }
  const code = await healthcheck({ ...readSettings({}, {}), port: silent }, terminal, 50)
  t.equal(code, 1, 'a silent server is not waited for')
})

t.test('A health check waits until the emulator is ready, and not for ever', async (t) => {
  let asked = 0
  const statuses = [503, 503, 200]
  const slow = createServer((_request, response) =>
    response.writeHead(statuses[asked++] ?? 500, { 'x-emulator': '0.0.0' }).end()
  )
  const port = await listenFor(t, slow)
  const wait = (seconds: string, where: string[]) => runInProcess(['healthcheck', '--wait', seconds, ...where])
  t.same(await wait('600', ['--port', String(port)]), { code: 0, stdout: '', stderr: '' })
  t.equal(asked, 3)
  const file = join(t.testdir(), 'port')
  const late = wait('600', ['--port', '0', '--port-file', file])
  statuses.push(200)
  writeFileSync(file, `${port}\n`)
  t.same(await late, { code: 0, stdout: '', stderr: '' }, 'a port file comes later too')
  t.match(await wait('1', ['--port', String(port)]), { code: 1, stderr: /^not ready: / })
  t.match(await wait('3601', []), { code: 2, stderr: /--wait: "3601" is not a whole number from 0 to 3600/ })
})
