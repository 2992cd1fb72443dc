import { contractReport } from '../../src/contract/report.js'
import { REPORT_FORMAT_NAMES, REPORT_FORMATS, renderReport } from '../../src/contract/report-formats.js'
import type { App } from '../../src/http/app-type.js'
import { invalid } from '../../src/http/door.js'
import { first, type Query } from '../../src/operations/search-query.js'
import { nearest } from '../../src/settings.js'
import { sandboxOf, type DoorOptions } from './options.js'

/**
 * What the client did against the document: in this sandbox, or with `?sandboxes=all` in all of them, those that are gone
 * included. A reset leaves it as it is, since tests reset between them; DELETE begins anew.
 */
export function contract(door: App, options: DoorOptions): void {
  door.get('/contract', async (request, reply) => {
    const query = request.query as Query
    const name = first(query, 'format') ?? 'json'
    const format = REPORT_FORMAT_NAMES.find((one) => one === name)
    if (format === undefined)
      throw invalid('/format', `must be ${listed}; did you mean ${nearest(name, REPORT_FORMAT_NAMES)}?`)
    const text = await renderReport(reported(first(query, 'sandboxes')), format)
    // As bytes, since texts are sent as JSON here.
    return reply.header('content-type', REPORT_FORMATS[format].contentType).send(Buffer.from(text))

    function reported(sandboxes: string | undefined) {
      if (sandboxes === 'all') return contractReport(options.sandboxes.tally, null)
      if (sandboxes !== undefined) throw invalid('/sandboxes', 'must be all, or left out')
      const sandbox = sandboxOf(options, request)
      return contractReport(sandbox.conduct.tally, sandbox.name)
    }
  })
  door.delete('/contract', async (request) => {
    const isAll = first(request.query as Query, 'sandboxes') === 'all'
    const tallies = isAll
      ? [options.sandboxes.tally, ...options.sandboxes.list().map(({ conduct }) => conduct.tally)]
      : [sandboxOf(options, request).conduct.tally]
    for (const tally of tallies) tally.clear()
    return { status: 'cleared' }
  })
}

const listed = REPORT_FORMAT_NAMES.join(', ')
