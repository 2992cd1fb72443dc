import { readFileSync } from 'node:fs'
import type { Figure } from './figures.js'
import type { Report } from './report.js'

/** How far a ratio may rise above the recorded one: noise stays below, a mistake does not. */
const TOLERANCE = 1.25

/** What has become dearer than the report in `file` says. Rows that it does not have are not judged. */
export function regressions(file: string, figures: readonly Figure[]): string[] {
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as Pick<Report, 'figures'>
  const ratios = new Map(recorded.figures.map(({ row, ratio }) => [row, ratio]))
  return figures.flatMap(({ row, ratio }) => {
    const before = ratios.get(row)
    if (before === undefined || ratio <= before * TOLERANCE) return []
    return [`${row}: ${ratio.toFixed(2)}, recorded ${before.toFixed(2)}, at most ${(before * TOLERANCE).toFixed(2)}`]
  })
}
