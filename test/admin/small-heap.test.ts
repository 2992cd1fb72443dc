import t from 'tap'
import { EXAMPLE_ADDRESS } from '../../src/contract/openapi/examples.js'
import { NUMBERS } from './admin-under-test.js'
import { PROGRAM, start, urlOf } from '../harness/built-program.js'

/** Megabytes of heap: enough for a few copies of a body, and too few for an object for each of its items. */
const HEAP_MEGABYTES = 192

/** As many items as a body may have. */
const ITEMS = `[${'1,'.repeat(3_900_000)}1]`

const NUMBER = `${NUMBERS}/%2B14155234712`

/** The example of the document, with a list in the place of e-mail addresses. */
const ADDRESS = JSON.stringify({ data: { e911: { ...EXAMPLE_ADDRESS, notification_contact_emails: [] } } })

const CALLS: readonly (readonly [sentence: string, method: string, path: string, body: string])[] = [
  ['no JSON at the end of a rule', 'POST', '/__admin/faults', `${ITEMS}}`],
  ['no JSON at the end of a state', 'PUT', '/__admin/state', `${ITEMS}}`],
  ['no JSON at the end of a request', 'POST', NUMBER, `${ITEMS}}`],
  ['millions of wrong numbers', 'POST', '/__admin/numbers', ITEMS],
  ['millions of wrong numbers in a state', 'PUT', '/__admin/state', `{"numbers":${ITEMS}}`],
  ['millions of wrong tokens in a state', 'PUT', '/__admin/state', `{"tokens":${ITEMS}}`],
  ['millions of wrong rules in a state', 'PUT', '/__admin/state', `{"faults":${ITEMS}}`],
  ['millions of wrong rules in a snapshot', 'PUT', '/__admin/snapshots/mine', `{"faults":${ITEMS}}`],
  ['millions of wrong patterns', 'POST', '/__admin/requests/wait', `{"bodyPatterns":${ITEMS}}`],
  ['millions of wrong steps', 'POST', '/__admin/requests/verify', `{"in_order":${ITEMS}}`],
  ['millions of wrong e-mail addresses', 'POST', NUMBER, ADDRESS.replace('[]', ITEMS.slice(0, 7_000_000) + '1]')],
  ['millions of numbers that are none', 'PUT', `${NUMBERS}/collection/activate`, `{"data":{"numbers":${ITEMS}}}`]
]

t.test('A small machine refuses a large body that is wrong in each of its items, and goes on', async (t) => {
  const program = start(t, ['--port', '0'], [`--max-old-space-size=${HEAP_MEGABYTES}`, PROGRAM])
  const url = await urlOf(program)
  const headers = { 'x-auth-token': 'demo-token', 'content-type': 'application/json' }
  for (const [sentence, method, path, body] of CALLS) {
    const { status } = await fetch(url + path, { method, headers, body })
    t.equal(status, 400, sentence)
  }
  t.equal((await fetch(`${url}/__admin/health`)).status, 200)
})
