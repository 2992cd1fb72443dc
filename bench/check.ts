import { readFileSync } from 'node:fs'
import type { Figure } from './figures.js'
import { GOALS } from './goals.js'
import type { Report } from './report.js'
import { median } from './rounds.js'

/** How far a ratio may rise above the recorded one: noise stays below, a mistake does not. */
const TOLERANCE = 1.25

/** Times by the clock swing more than times on the processor: below their limit, no such time is too long. */
const BY_THE_CLOCK = 'ms'
const OF_A_REQUEST = 'µs CPU'

/**
 * What has become dearer than the report in `file` says; rows that it does not have are not judged. Times that are compared with
 * a fixed limit are counted in what the bare server takes for its answers: the limit knows nothing of the machine.
 */
export function regressions(file: string, figures: readonly Figure[]): string[] {
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as Pick<Report, 'figures'>
  const recordedOf = new Map(recorded.figures.map((figure) => [figure.row, figure]))
  const slower = slownessOf(figures, recordedOf)
  return figures.flatMap((figure) => {
    const { row, unit, goal = 0 } = figure
    const before = recordedOf.get(row)?.ratio
    if (before === undefined) return []
    const ratio = isTime(figure) ? figure.ratio / slower : figure.ratio
    const most = Math.max(before * TOLERANCE, unit === BY_THE_CLOCK ? goal : 0)
    if (ratio <= most) return []
    return [`${row}: ${ratio.toFixed(2)}, recorded ${before.toFixed(2)}, at most ${most.toFixed(2)}`]
  })
}

function isTime({ unit, isLimited = false }: Figure): boolean {
  return isLimited && unit.startsWith(BY_THE_CLOCK)
}

/** How many times as long the bare server took as in the recorded run, in the middle of its answers. */
function slownessOf(figures: readonly Figure[], recordedOf: ReadonlyMap<string, Figure>): number {
  const answers = figures.filter(({ row, unit }) => row in GOALS && unit === OF_A_REQUEST)
  return median(answers.map(({ row, yardstick }) => yardstick / (recordedOf.get(row)?.yardstick ?? yardstick)))
}
