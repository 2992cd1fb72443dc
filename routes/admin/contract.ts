import { Type } from '@sinclair/typebox'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { invalidAt } from '../../src/admin/problems.js'
import type { App } from '../../src/api/app-type.js'
import { contractReport } from '../../src/contract/report.js'
import { REPORT_FORMAT_NAMES, REPORT_FORMATS, renderPact, renderReport } from '../../src/contract/reports/index.js'
import { SETTINGS } from '../../src/settings.js'
import { suggest } from '../../src/text/nearest.js'

const allSandboxes = Type.Optional(Type.Unsafe<'all'>({ type: 'string', enum: ['all'] }))
const strict = { additionalProperties: false }
const partyName = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 200, description }))
const ReportQuery = Type.Object(
  {
    sandboxes: allSandboxes,
    format: Type.Optional(Type.String()),
    consumer: partyName('with format=pact: the name of the client'),
    provider: partyName('with format=pact: the name of the service')
  },
  strict
)

/** The format that holds requests and responses instead of counts. */
const PACT = 'pact'
const ClearQuery = Type.Object({ sandboxes: allSandboxes }, strict)

/**
 * Reports what the client did against the document: in one sandbox, or with `?sandboxes=all` in all of them, dropped ones
 * included. A reset keeps the report, since tests reset the sandbox between them; DELETE begins a new one.
 */
export function contract(admin: App, options: AdminOptions): void {
  const { behaviour, clock } = options.sandboxes.default
  const { dialect } = behaviour
  admin.get('/contract', { schema: { querystring: ReportQuery } }, async (request, reply) => {
    const { format: name = 'json', sandboxes } = request.query
    if (name === PACT) return reply.header('content-type', 'application/json').send(Buffer.from(await pactText()))
    const format = REPORT_FORMAT_NAMES.find((one) => one === name)
    if (format === undefined) {
      throw invalidAt('/format', `is no format; ${suggest(name, [...REPORT_FORMAT_NAMES, PACT])}`)
    }
    const text = await renderReport(sandboxes === undefined ? reportOfOne() : reportOfAll(), format)
    // As bytes, since the admin API sends texts as JSON.
    return reply.header('content-type', REPORT_FORMATS[format].contentType).send(Buffer.from(text))

    function pactText() {
      const { consumer, provider = SETTINGS.provider.initial } = request.query
      if (consumer === undefined) throw invalidAt('/consumer', 'must be the name of the client')
      const { coverage } = sandboxes === undefined ? sandboxOf(options, request).clientHistory : options.sandboxes
      return renderPact(coverage, { consumer, provider })
    }
    function reportOfAll() {
      return contractReport(options.sandboxes.coverage, { sandbox: null, dialect, at: clock.nowMs() })
    }
    function reportOfOne() {
      const sandbox = sandboxOf(options, request)
      const at = sandbox.clock.nowMs()
      return contractReport(sandbox.clientHistory.coverage, { sandbox: sandbox.name, dialect, at })
    }
  })
  admin.delete('/contract', { schema: { querystring: ClearQuery } }, async (request) => {
    const coverages =
      request.query.sandboxes === undefined
        ? [sandboxOf(options, request).clientHistory.coverage]
        : [options.sandboxes.coverage, ...options.sandboxes.list().map(({ clientHistory }) => clientHistory.coverage)]
    for (const coverage of coverages) coverage.clear()
    return { status: 'cleared' }
  })
}
