/** The contract report as a page: its numbers are those of its rows. */
import fc from 'fast-check'
import t from 'tap'
import { Coverage } from '../../src/contract/coverage.js'
import { OPERATION_NAMES, OPERATIONS } from '../../src/contract/outcomes.js'
import { contractReport } from '../../src/contract/report.js'
import { htmlReport } from '../../src/contract/reports/html.js'
import { dialectOf } from '../../src/dialect.js'
import { VERSION } from '../../src/package.js'
import { emulatorFor } from '../harness/emulator-under-test.js'

const OUTCOMES = OPERATION_NAMES.flatMap((operation) =>
  OPERATIONS[operation].outcomes.map(({ name }) => ({ operation, outcome: name }))
)

/** The rows of a section, by their class. */
function rowsIn(page: string, title: string): string[] {
  const [, after = ''] = page.split(`<h2>${title}</h2>`)
  const [section = ''] = after.split('<h2>')
  return [...section.matchAll(/<tr class="(\w+)">/g)].map(([, kind = '']) => kind)
}

t.test('Whatever a client has met, the bar counts the documented rows, and all other rows stand apart', async () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 40 }), (met) => {
      const coverage = new Coverage()
      for (const { operation, outcome } of met) {
        const request = {
          request_id: '1',
          method: 'GET',
          url: '/v2',
          status: 200,
          unmatched: undefined,
          interaction: { length: 0, at: 0, describe: () => undefined }
        }
        coverage.add({ ...request, operation, outcome, warnings: new Map() })
      }
      const page = htmlReport(contractReport(coverage, { sandbox: null, dialect: dialectOf('oneuc'), at: 0 }))
      const [, seen, of] = /<p>(\d+) of (\d+) documented outcomes seen<\/p>/.exec(page) ?? []
      const documented = rowsIn(page, 'Documented outcomes')
      const others = rowsIn(page, 'Outcomes seen beside the document')
      const different = new Set(met.map(({ operation, outcome }) => `${operation}.${outcome}`)).size
      return (
        documented.length === Number(of) &&
        documented.filter((kind) => kind === 'seen').length === Number(seen) &&
        page.includes(`<progress value="${seen ?? ''}" max="${of ?? ''}"`) &&
        others.every((kind) => kind === 'seen') &&
        others.length + Number(seen) === different
      )
    }),
    { seed: 20 }
  )
})

/** A request as the report counts it. */
const REQUEST = {
  request_id: '1',
  method: 'GET',
  url: '/v2',
  status: 404,
  interaction: { length: 0, at: 0, describe: () => undefined }
}

/** What the head of a page says, by its names. */
function factsIn(page: string): Record<string, string> {
  return Object.fromEntries(
    [...page.matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)<\/dd>/g)].map(([, name = '', value = '']) => [name, value])
  )
}

/** The sum of the column `times` of a section. */
function timesIn(page: string, title: string): number {
  const [, after = ''] = page.split(`<h2>${title}</h2>`)
  const [section = ''] = after.split('<h2>')
  return [...section.matchAll(/<td data-label="times">(\d+)<\/td>/g)].reduce((sum, [, times]) => sum + Number(times), 0)
}

t.test('The page says what made it, in which dialect, and when by the clock of the sandbox', async (t) => {
  const page = htmlReport(contractReport(new Coverage(), { sandbox: null, dialect: dialectOf('oneuc'), at: 0 }))
  t.match(page, `oneuc-emulator ${VERSION}, a test double`)
  t.match(factsIn(page), { Sandbox: 'all', Dialect: 'oneuc', Made: '1970-01-01 00:00:00 UTC', Requests: '0' })

  const clock = Date.parse('2031-05-06T07:08:09Z')
  const { call, app } = await emulatorFor(t, { clock, dialect: 'kazoo-4.3' })
  await call({ method: 'POST', url: '/__admin/clock/advance', body: { seconds: 51 } })
  const { payload } = await app.inject('/sandboxes/shop/__admin/contract?format=html')
  t.match(factsIn(payload), { Sandbox: 'shop', Dialect: 'kazoo-4.3', Made: '2031-05-06 07:08:09 UTC' })
  const one = await app.inject('/__admin/contract?format=html')
  t.match(factsIn(one.payload), { Sandbox: 'default', Made: '2031-05-06 07:09:00 UTC' })
  const all = await call({ method: 'GET', url: '/__admin/contract?sandboxes=all' })
  t.match(all.body, { dialect: 'kazoo-4.3', made_at: '2031-05-06T07:09:00.000Z' })
})

t.test('The numbers at the head of the page are the sums of its rows, however many there are', async (t) => {
  const coverage = new Coverage()
  const none = { ...REQUEST, operation: undefined, outcome: undefined }
  for (let i = 0; i < 300; i++) coverage.add({ ...none, warnings: new Map(), unmatched: `GET /${i}` })
  for (let i = 0; i < 3; i++)
    coverage.add({ ...none, warnings: new Map([['prefix_form', '41']]), unmatched: undefined })
  const page = htmlReport(contractReport(coverage, { sandbox: null, dialect: dialectOf('oneuc'), at: 0 }))
  t.match(factsIn(page), { Requests: '303', Warnings: '3', 'Without a route': '300' })
  t.equal(timesIn(page, 'Warnings'), 3)
  t.equal(timesIn(page, 'Requests that met no route'), 300)
})
