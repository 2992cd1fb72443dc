import fc from 'fast-check'
import t from 'tap'
import type { JsonObject } from '../../src/json.js'
import { type Call, emulatorFor, type Reply } from '../harness/emulator-under-test.js'
import { start } from '../harness/started-program.js'
import { type Caller, type Model, seeEverything, step, type Step, take } from './journey-model.js'

/** A journey from the fixtures on, step by step beside its model. */
async function go(caller: Caller, steps: readonly Step[]): Promise<void> {
  const model: Model = { held: new Map(), offered: new Set() }
  for (const one of steps) await take(caller, model, one)
  await seeEverything(caller, model)
}

t.test('whatever two customers do, each number is in one state and at most on one account', async (t) => {
  const subject = await emulatorFor(t)
  const journey = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
    subject.reset()
    await go(subject, steps)
  })
  await t.resolves(fc.assert(journey, { numRuns: 60, interruptAfterTimeLimit: 6_000 }))
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

t.test('a hundred parallel tests do what they like, each in a sandbox of its own', async (t) => {
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
