import { Type, type Static } from '@sinclair/typebox'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { takesQuery } from '../../src/admin/validation.js'
import type { App } from '../../src/api/app-type.js'
import type { Finding } from '../../src/findings/finding.js'
import type { Part } from '../../src/findings/part.js'
import { contractReport } from '../../src/contract/report.js'
import { REPORT_FORMAT_NAMES, REPORT_FORMATS, renderPact, renderReport } from '../../src/contract/reports/index.js'
import { SETTINGS } from '../../src/settings.js'
import { suggest } from '../../src/text/nearest.js'
import { oneOf } from '../../src/text/text-schema.js'

const allSandboxes = Type.Optional(oneOf(['all']))
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
  admin.get('/contract', takesQuery(ReportQuery, reportFindings), async (request, reply) => {
    const { format: name, sandboxes } = request.query
    if (name === PACT) return reply.header('content-type', 'application/json').send(Buffer.from(await pactText()))
    const format = REPORT_FORMAT_NAMES.find((one) => one === name) ?? 'json'
    const text = await renderReport(sandboxes === undefined ? reportOfOne() : reportOfAll(), format)
    // As bytes, since the admin API sends texts as JSON.
    return reply.header('content-type', REPORT_FORMATS[format].contentType).send(Buffer.from(text))

    function pactText() {
      const { consumer = '', provider = SETTINGS.provider.initial } = request.query
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
  admin.delete('/contract', takesQuery(ClearQuery), async (request) => {
    const coverages =
      request.query.sandboxes === undefined
        ? [sandboxOf(options, request).clientHistory.coverage]
        : [options.sandboxes.coverage, ...options.sandboxes.list().map(({ clientHistory }) => clientHistory.coverage)]
    for (const coverage of coverages) coverage.clear()
    return { status: 'cleared' }
  })
}

function reportFindings(query: Part<Static<typeof ReportQuery>>): Finding[] {
  const formats = [...REPORT_FORMAT_NAMES, PACT]
  return [
    ...query.check('/format', ['format'], ({ format }) =>
      format === undefined || formats.includes(format) ? undefined : `is no format; ${suggest(format, formats)}`
    ),
    ...query.check('/consumer', ['format', 'consumer'], ({ format, consumer }) =>
      format === PACT && consumer === undefined ? 'must be the name of the client' : undefined
    )
  ]
}
