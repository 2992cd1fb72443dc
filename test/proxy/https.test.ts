/** A service behind https: its certificate is checked, against those that Node trusts. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { start, urlOf } from '../harness/built-program.js'

const NO_OPENSSL = spawnSync('openssl', ['version']).error === undefined ? false : 'needs openssl'

/** Makes a certificate for localhost that signs itself. */
function makeCertificate(folder: string): { key: string; cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const { status, stderr } = spawnSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', cert])
  if (status !== 0) throw new Error(stderr.toString())
  return { key, cert }
}

async function searchThrough(t: Test, flags: readonly string[]): Promise<{ status: number; text: string }> {
  const proxy = start(t, ['proxy', '--port', '0', ...flags])
  const response = await fetch(`${await urlOf(proxy)}/v2/phone_numbers?prefix=415`)
  return { status: response.status, text: await response.text() }
}

t.test('A service behind https is reached where its certificate is trusted', { skip: NO_OPENSSL }, async (t) => {
  const folder = t.testdir()
  const { key, cert } = makeCertificate(folder)
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
    response.setHeader('content-type', 'application/json').end('{"data":[],"status":"success"}')
  }).listen(0, 'localhost')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const upstream = `https://localhost:${(server.address() as AddressInfo).port}`
  const flags = ['--upstream', upstream, '--record', join(folder, 'records')]
  t.match(await searchThrough(t, flags), { status: 502, text: /self-signed certificate/ })
  process.env.NODE_EXTRA_CA_CERTS = cert
  t.teardown(() => Reflect.deleteProperty(process.env, 'NODE_EXTRA_CA_CERTS'))
  t.same(await searchThrough(t, flags), { status: 200, text: '{"data":[],"status":"success"}' })
})
