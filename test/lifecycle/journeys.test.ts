import fc from 'fast-check'
import t from 'tap'
import { DIALECT_NAMES } from '../../src/dialect.js'
import type { JsonObject } from '../../src/json.js'
import { type Call, emulatorFor, type Reply } from '../harness/emulator-under-test.js'
import { NOON } from '../harness/play.js'
import { start } from '../harness/built-program.js'
import { goByTheRules } from './rule-journeys.js'
import { go, step, type Caller } from './two-customers.js'

for (const dialect of DIALECT_NAMES) {
  t.test(`Whatever several accounts do, each answer is what the rules say (${dialect})`, async (t) => {
    await t.resolves(goByTheRules(await emulatorFor(t, { clock: NOON, dialect }), dialect, 60))
  })
}

t.test('Whatever two customers do, each number is in one state and at most on one account', async (t) => {
  const subject = await emulatorFor(t)
  const journey = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
    subject.reset()
    await go(subject, steps)
  })
  await t.resolves(fc.assert(journey, { numRuns: 40 }))
})

/** Calls over the network; within a sandbox, if one is named. */
function over(url: string): Caller {
  return {
    call: async ({ method, url: path, body, token, headers = {} }: Call): Promise<Reply> => {
      const answer = await fetch(url + path, {
        method,
        headers: { ...(token === undefined ? {} : { 'x-auth-token': token }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
      })
      const text = await answer.text()
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        text,
        body: JSON.parse(text) as JsonObject
      }
    }
  }
}

t.test('A hundred tests run in parallel, each in a sandbox of its own', async (t) => {
  const started = start(t, ['--port', '0', '--admin-port', '0', '--json'])
  const { url, admin_url } = JSON.parse(await started.ready) as { url: string; admin_url: string }
  const journeys = fc.sample(fc.array(step, { minLength: 5, maxLength: 15 }), 100)
  const names = journeys.map((_, i) => `worker-${i}`)
  await Promise.all(
    journeys.map((steps, i) =>
      go(over(`${url}/sandboxes/worker-${i}`), steps).catch((error: unknown) => {
        t.fail(`worker-${i}: ${String(error)}`, { steps })
      })
    )
  )
  const { sandboxes } = (await (await fetch(`${admin_url}/__admin/sandboxes`)).json()) as {
    sandboxes: { name: string }[]
  }
  t.strictSame(sandboxes.map(({ name }) => name).sort(), ['default', ...names].sort())
  t.match(
    await (await fetch(`${admin_url}/__admin/requests`)).json(),
    { meta: { total: 0 } },
    'and none in the default'
  )
})
