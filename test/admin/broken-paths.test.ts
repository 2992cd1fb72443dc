import t from 'tap'
import { VERSION } from '../../src/package.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { adminFor } from './admin-under-test.js'

const PATHS = ['/snapshots/', '/requests/', '/faults/', '/sandboxes/', '/', '/nothing/'] as const

t.test('A path of the admin API that cannot be read is answered as the admin API does', async (t) => {
  for (const sandbox of ['', 'one']) {
    const { admin } = await adminFor(t, {}, sandbox)
    for (const path of PATHS) {
      for (const broken of ['%', '%2', '%zz', '%ff', '%C0%AF', '%E0%A4%A']) {
        for (const method of ['GET', 'DELETE', 'POST'] as const) {
          const reply = await admin(method, path + broken)
          t.strictSame(
            [reply.status, reply.body],
            [
              400,
              {
                error: 'invalid',
                message: 'the path cannot be read: a percent sign must begin the encoding of a character in UTF-8',
                at: ''
              }
            ],
            `${method} ${path}${broken}`
          )
          t.match(reply.headers, { 'x-emulator': VERSION, 'x-request-id': String, 'content-type': 'application/json' })
        }
      }
    }
  }
})

t.test('A path of the admin API that is too long is not found', async (t) => {
  const { admin } = await adminFor(t)
  t.match(await admin('GET', `/snapshots/${'x'.repeat(1_001)}`), {
    status: 404,
    body: { error: 'not_found', message: 'there is no such call in the admin API: a part of its path is too long' }
  })
})

t.test('A path of the API that cannot be read keeps the envelope', async (t) => {
  const { api } = await adminFor(t)
  for (const path of [`/v2/accounts/${DEMO}/phone_numbers/%ff`, `/v2/accounts/%/phone_numbers`, '/__adminx/%zz']) {
    const { status, body } = await api('GET', path)
    t.match({ status, body }, { status: 400, body: { status: 'error' } }, path)
  }
})
