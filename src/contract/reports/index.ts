import { appendFileSync, writeFileSync } from 'node:fs'
import { UsageError, type Settings } from '../../settings.js'
import { writeFlag } from '../../text/setting.js'
import type { Coverage } from '../coverage.js'
import type { PactNames } from '../pact/pact.js'
import type { ContractReport } from '../report.js'

interface Format {
  contentType: string
  /** Loads the writer: most runs want no report, or one. */
  load: () => Promise<(report: ContractReport) => string>
}

/** The formats of a report. */
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

type ReportFormat = keyof typeof REPORT_FORMATS
export const REPORT_FORMAT_NAMES = Object.keys(REPORT_FORMATS) as ReportFormat[]

/** Writes a report in a format. */
export async function renderReport(report: ContractReport, format: ReportFormat): Promise<string> {
  return (await REPORT_FORMATS[format].load())(report)
}

/** The settings that name a file, with the format of its report. */
const FILE_FORMATS = {
  reportJson: 'json',
  reportJunit: 'junit',
  reportMarkdown: 'markdown',
  reportHtml: 'html'
} as const satisfies Partial<Record<keyof Settings, ReportFormat>>

/** The settings of a contract of Pact. */
export type PactSettings = Pick<Settings, 'reportPact' | 'consumer' | 'provider'>

export interface ReportFile {
  path: string
  format: ReportFormat
}

/**
 * Lists the files that the settings name. Throws a UsageError for one that cannot be written, before the run: after it the
 * report would be lost. `writeName` writes the names of the settings in it.
 */
export function reportFiles(
  settings: Pick<Settings, keyof typeof FILE_FORMATS | keyof PactSettings>,
  writeName = writeFlag
): ReportFile[] {
  if (settings.reportPact !== undefined) {
    assertWritable(writeName('reportPact'), settings.reportPact)
    if (settings.consumer === undefined) {
      throw new UsageError(`${writeName('reportPact')} wants ${writeName('consumer')}, the name of the client`)
    }
  }
  return (Object.keys(FILE_FORMATS) as (keyof typeof FILE_FORMATS)[]).flatMap((name) => {
    const path = settings[name]
    if (path === undefined) return []
    assertWritable(writeName(name), path)
    return [{ path, format: FILE_FORMATS[name] }]
  })
}

function assertWritable(name: string, path: string): void {
  try {
    appendFileSync(path, '')
  } catch (error) {
    throw new UsageError(`${name}: cannot write ${path}: ${(error as Error).message}`, { cause: error })
  }
}

/** Writes the contract of Pact, if the settings name a file for it. */
export async function writePact(
  coverage: Coverage,
  { reportPact, consumer = '', provider }: PactSettings
): Promise<void> {
  if (reportPact === undefined) return
  writeFileSync(reportPact, await renderPact(coverage, { consumer, provider }))
}

/** Writes the interactions of a coverage as a contract of Pact. */
export async function renderPact(coverage: Coverage, names: PactNames): Promise<string> {
  const { pactOf } = await import('../pact/pact.js')
  return `${JSON.stringify(pactOf(coverage, names), null, 2)}\n`
}

/** Writes a report to files. Markdown is appended: the step summary of GitHub belongs to the commands of all steps. */
export async function writeReports(report: ContractReport, files: readonly ReportFile[]): Promise<void> {
  for (const { path, format } of files) {
    const text = await renderReport(report, format)
    if (format === 'markdown') appendFileSync(path, text)
    else writeFileSync(path, text)
  }
}
