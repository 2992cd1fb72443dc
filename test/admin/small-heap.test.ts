import t from 'tap'
import { NUMBERS } from './admin-under-test.js'
import { PROGRAM, start, urlOf } from '../harness/built-program.js'

/** Megabytes of heap: enough for a few copies of a body, and too few for an object for each of its items. */
const HEAP_MEGABYTES = 128

/** As many items as a body may have, and an end that is no JSON. */
const WRONG_JSON = `[${'1,'.repeat(3_900_000)}1}`

const CALLS: readonly (readonly [method: string, path: string])[] = [
  ['POST', '/__admin/faults'],
  ['PUT', '/__admin/state'],
  ['POST', '/__admin/numbers'],
  ['POST', `${NUMBERS}/%2B14155234712`]
]

t.test('A small machine refuses a large body that is no JSON, and goes on', async (t) => {
  const program = start(t, ['--port', '0'], [`--max-old-space-size=${HEAP_MEGABYTES}`, PROGRAM])
  const url = await urlOf(program)
  const headers = { 'x-auth-token': 'demo-token', 'content-type': 'application/json' }
  for (const [method, path] of CALLS) {
    const { status } = await fetch(url + path, { method, headers, body: WRONG_JSON })
    t.equal(status, 400, `${method} ${path}`)
  }
  t.equal((await fetch(`${url}/__admin/health`)).status, 200)
})
