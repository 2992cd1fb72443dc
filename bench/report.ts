import { readFileSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
import { isReached, type Figure } from './figures.js'
import { TOLERANCE } from './goals.js'

/** A run of the bench. */
export interface Report {
  date: string
  node: string
  machine: string
  rounds: number
  seconds: number
  figures: readonly Figure[]
}

export function reportOf(figures: readonly Figure[], rounds: number, seconds: number): Report {
  const model = cpus()
    .slice(0, 1)
    .map((one) => one.model)
    .join()
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  const machine = `${cpus().length} cores, ${model}, ${gibibytes} GiB, ${platform()} ${arch()}`
  const date = new Date().toISOString().slice(0, 10)
  return { date, node: process.version, machine, rounds, seconds: Math.round(seconds), figures }
}

/** Writes a report as a table in Markdown. */
export function markdown({ date, node, machine, rounds, seconds, figures }: Report): string {
  return [
    `${date}, Node ${node}, ${machine}; ${rounds} rounds, ${seconds} s.`,
    '',
    '| row | emulator | compared with | ratio | at most | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...figures.map(tableRow)
  ].join('\n')
}

function tableRow(figure: Figure): string {
  const { row, unit, emulator, other, against, ratio, goal, limit, note = '' } = figure
  const most = limit === undefined ? String(goal ?? '') : `${limit} ${unit}`
  const notes = [isReached(figure) ? '' : '**missed**', note].filter((text) => text !== '').join('; ')
  return `| ${row} | ${short(emulator)} ${unit} | ${short(other)} ${unit}, ${against} | ${short(ratio)} | ${most} | ${notes} |`
}

function short(value: number): string {
  return value >= 100
    ? value.toFixed(0)
    : value >= 10
      ? value.toFixed(1)
      : value >= 1
        ? value.toFixed(2)
        : value.toFixed(3)
}

const MARKED = /(<!-- figures -->\n)[^]*?(<!-- \/figures -->)/

/** Puts a table between the marker lines of a README. Throws if they are missing. */
export function writeFigures(readme: string, table: string): void {
  const before = readFileSync(readme, 'utf8')
  if (!MARKED.test(before)) throw new Error(`${readme} has no lines <!-- figures --> and <!-- /figures -->`)
  writeFileSync(
    readme,
    before.replace(MARKED, (_, start: string, end: string) => `${start}\n${table}\n\n${end}`)
  )
}

/**
 * Lists the rows whose ratio has risen above the recorded one by more than the tolerance. Times are not compared, because they
 * depend on the machine; rows that the recorded run does not have are skipped.
 */
export function regressions(figures: readonly Figure[], recorded: readonly Figure[]): string[] {
  const ratios = new Map(recorded.map(({ row, ratio }) => [row, ratio]))
  return figures.flatMap(({ row, ratio }) => {
    const before = ratios.get(row)
    if (before === undefined || ratio <= before * TOLERANCE) return []
    return [`${row}: ${short(ratio)}, recorded ${short(before)}`]
  })
}
