import { appendFileSync, writeFileSync } from 'node:fs'
import type { ContractReport } from '../report.js'
import { renderReport, type ReportFormat } from './index.js'
import { flagOf, UsageError, type Settings } from '../../settings.js'

/** The settings that name a file, with the format of what goes there. */
const FILES = {
  report_json: 'json',
  report_junit: 'junit',
  report_markdown: 'markdown',
  report_html: 'html'
} as const satisfies Partial<Record<keyof Settings, ReportFormat>>

export interface ReportFile {
  path: string
  format: ReportFormat
}

/** The files that a run shall write. Throws a UsageError for one that cannot be: after the run it would be too late. */
export function reportFiles(settings: Pick<Settings, keyof typeof FILES>): ReportFile[] {
  return (Object.keys(FILES) as (keyof typeof FILES)[]).flatMap((name) => {
    const path = settings[name]
    if (path === undefined) return []
    try {
      appendFileSync(path, '')
    } catch (error) {
      throw new UsageError(`--${flagOf(name)}: cannot write ${path}: ${String(error)}`)
    }
    return [{ path, format: FILES[name] }]
  })
}

/** Markdown is added to what is there: the step summary of GitHub belongs to all steps' commands. */
export async function writeReports(report: ContractReport, files: readonly ReportFile[]): Promise<void> {
  for (const { path, format } of files) {
    const text = await renderReport(report, format)
    if (format === 'markdown') appendFileSync(path, text)
    else writeFileSync(path, text)
  }
}
