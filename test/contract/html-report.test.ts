/** The contract report as a page: its numbers are those of its rows. */
import fc from 'fast-check'
import t from 'tap'
import { Coverage } from '../../src/contract/coverage.js'
import { OPERATION_NAMES, OPERATIONS } from '../../src/contract/outcomes.js'
import { contractReport } from '../../src/contract/report.js'
import { htmlReport } from '../../src/contract/reports/html.js'
import { dialectOf } from '../../src/dialect.js'
import { VERSION } from '../../src/package.js'

const NOON = Date.parse('2024-01-31T12:00:00Z')
const OUTCOMES = OPERATION_NAMES.flatMap((operation) =>
  OPERATIONS[operation].outcomes.map(({ name }) => ({ operation, outcome: name }))
)

/** The rows of a section, by their class. */
function rowsIn(page: string, title: string): string[] {
  const [, after = ''] = page.split(`<h2>${title}</h2>`)
  const [section = ''] = after.split('<h2>')
  return [...section.matchAll(/<tr class="(\w+)">/g)].map(([, kind = '']) => kind)
}

t.test('Whatever a client has met, the bar counts the documented rows, and all other rows stand apart', async (t) => {
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
          exchange: { length: 0, at: 0, describe: () => undefined }
        }
        coverage.add({ ...request, operation, outcome, warnings: new Map() })
      }
      const page = htmlReport(contractReport(coverage, { sandbox: null, dialect: dialectOf('oneuc'), at: NOON }))
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
  const page = htmlReport(contractReport(new Coverage(), { sandbox: null, dialect: dialectOf('kazoo-4.3'), at: NOON }))
  t.match(page, `oneuc-emulator ${VERSION}, a test double`)
  t.match(page, 'Made on 2024-01-31 12:00 UTC, dialect kazoo-4.3')
})
