import { Type } from '@sinclair/typebox'
import { contractReport } from '../../src/contract/report.js'
import { REPORT_FORMAT_NAMES, REPORT_FORMATS, renderReport } from '../../src/contract/reports/index.js'
import type { App } from '../../src/api/app-type.js'
import { invalid } from '../../src/admin/plugin.js'
import { nearest } from '../../src/settings.js'
import { sandboxOf, type AdminServices } from './options.js'

const Whose = {
  sandboxes: Type.Optional(Type.Unsafe<'all'>({ type: 'string', enum: ['all'] }))
}
const Strict = { additionalProperties: false } as const
const Reported = Type.Object({ ...Whose, format: Type.Optional(Type.String()) }, Strict)

/**
 * What the client did against the document: in this sandbox, or with `?sandboxes=all` in all of them, those that are gone
 * included. A reset leaves it as it is, since tests reset between them; DELETE begins anew.
 */
export function contract(admin: App, options: AdminServices): void {
  const { dialect } = options.sandboxes.default.behaviour
  admin.get('/contract', { schema: { querystring: Reported } }, async (request, reply) => {
    const { format: name = 'json', sandboxes } = request.query
    const format = REPORT_FORMAT_NAMES.find((one) => one === name)
    if (format === undefined)
      throw invalid('/format', `must be ${listed}; did you mean ${nearest(name, REPORT_FORMAT_NAMES)}?`)
    const text = await renderReport(sandboxes === undefined ? ofOne() : ofAll(), format)
    // As bytes, since texts are sent as JSON here.
    return reply.header('content-type', REPORT_FORMATS[format].contentType).send(Buffer.from(text))

    function ofAll() {
      return contractReport(options.sandboxes.coverage, null, dialect)
    }
    function ofOne() {
      const sandbox = sandboxOf(options, request)
      return contractReport(sandbox.clientHistory.coverage, sandbox.name, dialect)
    }
  })
  admin.delete('/contract', { schema: { querystring: Type.Object(Whose, Strict) } }, async (request) => {
    const isAll = request.query.sandboxes !== undefined
    const tallies = isAll
      ? [options.sandboxes.coverage, ...options.sandboxes.list().map(({ clientHistory }) => clientHistory.coverage)]
      : [sandboxOf(options, request).clientHistory.coverage]
    for (const tally of tallies) tally.clear()
    return { status: 'cleared' }
  })
}

const listed = REPORT_FORMAT_NAMES.join(', ')
