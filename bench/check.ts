import { readFileSync } from 'node:fs'
import type { Figure } from './figures.js'
import type { Report } from './report.js'

/** How far a ratio may rise above the recorded one: noise stays below, a mistake does not. */
const TOLERANCE = 1.25

/** A time by the clock is compared with a limit, not with another server's: it says how fast the machine was, too. */
const BY_THE_CLOCK = 'ms'

/**
 * What has become dearer than the report in `file` says. Rows that it does not have are not judged, nor times by the clock as
 * long as they are below their limit.
 */
export function regressions(file: string, figures: readonly Figure[]): string[] {
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as Pick<Report, 'figures'>
  const ratios = new Map(recorded.figures.map(({ row, ratio }) => [row, ratio]))
  return figures.flatMap(({ row, ratio, unit, goal = 0 }) => {
    const before = ratios.get(row)
    if (before === undefined) return []
    const most = Math.max(before * TOLERANCE, unit === BY_THE_CLOCK ? goal : 0)
    if (ratio <= most) return []
    return [`${row}: ${ratio.toFixed(2)}, recorded ${before.toFixed(2)}, at most ${most.toFixed(2)}`]
  })
}
