/** What is tested is what is shipped: the built program and the sources get the same requests. */
import { join } from 'node:path'
import t from 'tap'
import { DIALECT_NAMES } from '../src/dialect.js'
import { createEmulator } from '../src/library.js'
import { BAD_INPUT } from './api/bad-input.cases.js'
import { HTTP_CLIENTS } from './api/http-clients.cases.js'
import { TOKEN_CASES } from './api/tokens.cases.js'
import { start, urlOf } from './harness/built-program.js'
import type { Case } from './harness/case.js'
import type { Call } from './harness/emulator-under-test.js'
import { requestsOf } from './harness/play.js'
import { DECISIONS } from './routes/decisions.cases.js'
import { LIST_CASES } from './routes/list.cases.js'

const MAX_BODY = 1_000_000

/** The cases for the first dialect; the second one gets those about wrong bodies. */
const CASES: readonly Case[] = [
  ...Object.values(BAD_INPUT).flat(),
  ...DECISIONS.flatMap(({ cases }) => cases),
  ...Object.values(HTTP_CLIENTS).flat(),
  ...LIST_CASES,
  ...TOKEN_CASES
].filter(isPlain)

/** Whether a case has no settings of its own, and no body that takes long to send. */
function isPlain(one: Case): boolean {
  return one.settings === undefined && requestsOf(one).every((call) => textOf(call).length < MAX_BODY)
}

function textOf({ body }: Call): string {
  return body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
}

async function answerOf(base: string, call: Call): Promise<string> {
  const { method, url, token, headers = {} } = call
  const hasBody = call.body !== undefined && !['GET', 'HEAD'].includes(method)
  const answer = await fetch(base + url, {
    method,
    headers: { ...(token === undefined ? {} : { 'x-auth-token': token }), ...headers },
    ...(hasBody ? { body: textOf(call) } : {})
  })
  return `${answer.status} ${await answer.text()}`
}

t.test('The built program answers as its sources do', async (t) => {
  for (const dialect of DIALECT_NAMES) {
    const clock = '2024-01-31'
    const flags = ['--dialect', dialect, '--random-seed', '1', '--clock', clock]
    const built = start(t, ['--port', '0', ...flags])
    const url = await urlOf(built)
    await using sources = await createEmulator({ dialect, randomSeed: 1, clock: Date.parse(clock) })
    const cases = dialect === 'oneuc' ? CASES : Object.values(BAD_INPUT).flat().filter(isPlain)
    for (const one of cases) {
      const differing: string[] = []
      // Both have met the same calls before, at the same time of their clocks.
      for (const call of requestsOf(one)) {
        const answers = [await answerOf(url, call), await answerOf(sources.url, call)]
        if (answers[0] !== answers[1]) differing.push(...answers)
      }
      t.same(differing, [], `${dialect}: ${one.title}`)
    }
    built.child.kill('SIGTERM')
    t.match(await built.ended, { code: 0, stderr: '' })
  }
})

/** Parts of the program that are loaded when they are first needed. */
const LATE_PARTS = [
  '/__admin/state',
  '/openapi.json',
  '/__admin/openapi.json',
  '/docs',
  '/docs/swagger-ui.css',
  '/__admin/contract?format=text',
  '/__admin/contract?format=junit',
  '/__admin/contract?format=markdown',
  '/__admin/contract?format=html'
]

t.test('The built program has every part that is loaded late, and reads YAML', async (t) => {
  const folder = t.testdir({
    'numbers.yaml': 'numbers:\n  - e164: +12125550142\n    state: available\n    created: 1\n'
  })
  const seedFile = join(folder, 'numbers.yaml')
  const url = await urlOf(start(t, ['--port', '0', '--clock', '2024-01-31', '--seed-file', seedFile]))
  await using sources = await createEmulator({ clock: Date.parse('2024-01-31'), seedFile })
  for (const path of LATE_PARTS) {
    const [built, source] = await Promise.all(
      [url, sources.url].map((base) => answerOf(base, { method: 'GET', url: path }))
    )
    t.match(built, /^200 /, path)
    t.equal(built, source, path)
  }
})
