/** What takes its time goes on taking it after a restart, where a file keeps the numbers. */
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { JsonObject } from '../../src/json.js'
import { createEmulator, type Emulator } from '../../src/library.js'
import { ADDRESS, at } from './admin-under-test.js'
import { DEMO } from '../harness/emulator-under-test.js'

const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
const OWN = `${NUMBERS}/%2B14155234712`
const NEW = `${NUMBERS}/%2B12015550123`
const headers = { 'x-auth-token': 'demo-token' }

/** One sandbox of an emulator, and how to ask its API. */
interface World {
  admin: Emulator['sandbox'] extends (name: string) => infer Admin ? Admin : never
  api: (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: object) => Promise<JsonObject>
}

/** What waits: how it begins, and how it is seen to be over. */
interface Waiting {
  begin: (world: World) => Promise<unknown>
  isOver: (world: World) => Promise<boolean>
}

const WAITING: Readonly<Record<'e911' | 'port_in' | 'aging', Waiting>> = {
  e911: {
    begin: ({ api }) => api('POST', OWN, { data: { e911: ADDRESS } }),
    isOver: async ({ api }) => at(await api('GET', OWN), 'data', 'e911', 'status') === 'PROVISIONED'
  },
  port_in: {
    begin: ({ api }) => api('PUT', `${NEW}/port`, { data: {} }),
    isOver: async ({ api }) => at(await api('GET', NEW), 'data', 'state') === 'in_service'
  },
  aging: {
    begin: ({ api }) => api('DELETE', OWN),
    isOver: async ({ api }) =>
      at(await api('GET', '/v2/phone_numbers?prefix=4155234712'), 'data', 0, 'e164') === '+14155234712'
  }
}

/** How long it takes: what is done before the restart, what after it is not enough yet, and what then is. */
const PATIENCE = {
  'some reads': {
    timing: { after_reads: 4 },
    before: ({ isOver }: Waiting, world: World) => isOver(world),
    almost: ({ isOver }: Waiting, world: World) => isOver(world),
    last: async () => undefined
  },
  'some time': {
    timing: { after_seconds: 60 },
    before: (_: Waiting, { admin }: World) => admin.clock.advance(30),
    almost: (_: Waiting, { admin }: World) => admin.clock.advance(59),
    last: ({ admin }: World) => admin.clock.advance(1)
  },
  'until it is let go': {
    timing: 'held',
    before: (_: Waiting, { admin }: World) => admin.clock.advance(9_999_999),
    almost: (_: Waiting, { admin }: World) => admin.clock.advance(9_999_999),
    last: ({ admin }: World) => admin.timing.release()
  }
} as const

async function inWorld<Result>(
  t: Test,
  db: string,
  name: string,
  work: (world: World) => Promise<Result>
): Promise<Result> {
  await using emulator = await createEmulator({ db, clock: Date.parse('2024-01-31T12:00:00Z') })
  const admin = name === '' ? emulator : emulator.sandbox(name)
  t.equal(admin.basePath, name === '' ? '' : `/sandboxes/${name}`)
  const api: World['api'] = async (method, path, body) => {
    const { text } = await emulator.inject({ method, url: admin.basePath + path, headers, body })
    return JSON.parse(text) as JsonObject
  }
  return await work({ admin, api })
}

for (const sandbox of ['', 'mine']) {
  for (const [kind, waiting] of Object.entries(WAITING)) {
    for (const [howLong, { timing, before, almost, last }] of Object.entries(PATIENCE)) {
      // An aging number cannot be read.
      if (kind === 'aging' && howLong === 'some reads') continue
      const where = sandbox === '' ? 'the default sandbox' : 'a named one'
      t.test(`What waits for ${howLong} (${kind}) still does after a restart, in ${where}`, async (t) => {
        const db = join(t.testdir({}), 'numbers.db')
        await inWorld(t, db, sandbox, async (world) => {
          await world.admin.timing.put({ [kind]: timing })
          await waiting.begin(world)
          await before(waiting, world)
          t.notOk(await waiting.isOver(world), 'before')
        })
        await inWorld(t, db, sandbox, async (world) => {
          await almost(waiting, world)
          if (howLong !== 'some reads') t.notOk(await waiting.isOver(world), 'after')
          await last(world)
          t.ok(await waiting.isOver(world), 'until it is over')
        })
      })
    }
  }
}

t.test('After a restart, a token that I hold stays that of my account, whatever other accounts log in', async (t) => {
  const db = join(t.testdir({}), 'numbers.db')
  const logInAfterStart = async (key: string) => {
    await using emulator = await createEmulator({ db, randomSeed: 1 })
    const body = { data: { api_key: key } }
    const { text } = await emulator.inject({ method: 'PUT', url: '/v2/api_auth', body })
    const { tokens = [] } = await emulator.state.get()
    return { token: at(JSON.parse(text) as JsonObject, 'auth_token'), tokens }
  }
  const demo = await logInAfterStart('dcf7f815251380ea4471b80c04442529641cd721548133a4bc24e3ff1a4d7598')
  t.match(demo.tokens, [{ token: demo.token, account: DEMO }])
  const child = await logInAfterStart('dcf25ad7b2adeac7dca9492d8c34d7b35378a339e730b96de5268fc3e986fb56')
  t.not(child.token, demo.token)
  t.same(
    child.tokens.find(({ token }) => token === demo.token),
    demo.tokens[0]
  )
})
