/** A check that breaks says nothing of what it was to check: that is the emulator's fault, and no client's. */
import { pino } from 'pino'
import { RE2JS } from 're2js'
import t, { type Test } from 'tap'
import { composeEmulator } from '../../src/emulator.js'
import { PathTemplate } from '../../src/journal/path-template.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import { readSettings } from '../../src/text/read-settings.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { NUMBERS } from './admin-under-test.js'

/** Makes something of the emulator fail, as long as a test lasts. */
type Break = (t: Test, sandbox: Sandbox) => void

const fail = () => {
  throw new Error('a part is broken')
}

const breakNames: Break = (t) => t.capture(PathTemplate.prototype, 'checkName', fail)
const breakTemplates: Break = (t) => t.capture(PathTemplate.prototype, 'read', fail)
const breakExpressions: Break = (t) => t.capture(RE2JS.prototype, 'matches', fail)
const breakAccounts: Break = (t, { accounts }) => t.capture(accounts as Map<string, unknown>, 'get', fail)

const EXPRESSION = { urlPattern: '.*' }
const TEMPLATE = { urlPathTemplate: `${NUMBERS}/{number}`, pathParameters: { number: { contains: '1' } } }

const DEFECTS: readonly [title: string, breakIt: Break, path: string, body: object][] = [
  ['a part of a pattern that cannot be compiled', breakNames, '/requests/find', TEMPLATE],
  ['an expression that cannot be compared', breakExpressions, '/requests/count', EXPRESSION],
  ['a path that cannot be compared', breakTemplates, '/requests/remove', TEMPLATE],
  ['a pattern of an order', breakTemplates, '/requests/verify', { in_order: [{}, TEMPLATE] }],
  ['a provider state', breakAccounts, '/pact-states', { state: `account ${DEMO} has a login` }]
]

for (const [title, breakIt, path, payload] of DEFECTS) {
  t.test(`A defect in the check of ${title} is answered with 500, and the log has it`, async (t) => {
    const lines: { err?: { message: string } }[] = []
    const logger = pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line) as (typeof lines)[0]) })
    const emulator = await composeEmulator(readSettings({}, {}), logger)
    t.teardown(emulator.close)
    for (let i = 0; i < 2; i++)
      await emulator.app.inject({ url: `${NUMBERS}/%2B14155234712`, headers: { 'x-auth-token': 't' } })
    breakIt(t, emulator.sandboxes.default)
    const { statusCode, payload: text } = await emulator.app.inject({ method: 'POST', url: `/__admin${path}`, payload })
    t.match([statusCode, text], [500, /"failure"/])
    t.strictSame(
      lines.map(({ err }) => err?.message),
      ['a part is broken']
    )
  })
}
