/** Calls of the admin API with a method that their path does not have. */
import t from 'tap'
import { emulatorFor } from '../harness/emulator-under-test.js'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

t.test('A wrong method is told with those that the path has, whatever the body', async (t) => {
  const { app, call } = await emulatorFor(t)
  const { body } = await call({ method: 'GET', url: '/__admin/openapi.json' })
  const paths = Object.entries(body.paths as Record<string, object>)
  t.ok(paths.length > 20)
  for (const [path, operations] of paths) {
    const url = path.replaceAll(/\{\w+\}/g, 'x')
    const own = Object.keys(operations).map((method) => method.toUpperCase())
    for (const method of METHODS.filter((one) => !own.includes(one))) {
      const response = await app.inject({ method, url: `${url}?x=1`, payload: '{' })
      t.equal(response.statusCode, 405, `${method} ${path}`)
      const allowed = String(response.headers.allow).split(', ')
      t.same(
        allowed.filter((one) => one !== 'HEAD'),
        METHODS.filter((one) => own.includes(one)),
        `Allow of ${path}`
      )
      t.same(response.json(), {
        error: 'invalid_method',
        message: `${url} takes ${allowed.join(', ')}, and no other method`,
        at: ''
      })
    }
  }
})

t.test('A wrong method needs the token first, and a path that does not exist is not found', async (t) => {
  const { app } = await emulatorFor(t, { adminToken: 'open sesame' })
  t.equal((await app.inject({ method: 'GET', url: '/__admin/reset' })).statusCode, 401)
  const headers = { authorization: 'Bearer open sesame' }
  t.equal((await app.inject({ method: 'GET', url: '/__admin/reset', headers })).statusCode, 405)
  t.equal((await app.inject({ method: 'GET', url: '/__admin/resets', headers })).statusCode, 404)
})
