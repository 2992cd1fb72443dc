import type { ContractReport } from '../report.js'

interface Format {
  contentType: string
  /** Loads what writes it: most runs want none, or one. */
  load: () => Promise<(report: ContractReport) => string>
}

/** How a report can be written. */
export const REPORT_FORMATS = {
  text: { contentType: 'text/plain; charset=utf-8', load: async () => (await import('./text.js')).textReport },
  json: { contentType: 'application/json', load: async () => (report) => `${JSON.stringify(report, null, 2)}\n` },
  junit: { contentType: 'application/xml', load: async () => (await import('./junit.js')).junitReport },
  markdown: {
    contentType: 'text/markdown; charset=utf-8',
    load: async () => (await import('./markdown.js')).markdownReport
  },
  html: { contentType: 'text/html; charset=utf-8', load: async () => (await import('./html.js')).htmlReport }
} as const satisfies Record<string, Format>

export type ReportFormat = keyof typeof REPORT_FORMATS
export const REPORT_FORMAT_NAMES = Object.keys(REPORT_FORMATS) as ReportFormat[]

/** A report in a format. */
export async function renderReport(report: ContractReport, format: ReportFormat): Promise<string> {
  return (await REPORT_FORMATS[format].load())(report)
}
