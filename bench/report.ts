import { arch, cpus, platform, totalmem } from 'node:os'
import { VERSION } from '../src/package.js'
import type { Figure, PeerFigure } from './figures.js'

/** Everything that a run has to say. */
export interface Report {
  date: string
  version: string
  node: string
  machine: string
  rounds: number
  seconds: number
  figures: Figure[]
  peers: PeerFigure[]
}

export function machine(): string {
  const [first] = cpus()
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  return `${cpus().length} cores, ${first?.model ?? 'unknown'}, ${gibibytes} GiB, ${platform()} ${arch()}`
}

export function reportOf(
  figures: Figure[],
  peers: PeerFigure[],
  { rounds, seconds }: { rounds: number; seconds: number }
): Report {
  const date = new Date().toISOString().slice(0, 10)
  return { date, version: VERSION, node: process.version, machine: machine(), rounds, seconds, figures, peers }
}

/** The tables of `bench/README.md`. */
export function markdown({ date, node, rounds, seconds, figures, peers, ...rest }: Report): string {
  const lines = [
    `${date}; oneuc-emulator ${rest.version}, Node ${node}; ${rest.machine}; ${rounds} rounds, ${Math.round(seconds)} s.`,
    '',
    '| row | emulator | compared with | ratio | at most | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...figures.map(figureLine)
  ]
  if (peers.length > 0) {
    lines.push('', '| row | server | × bare Fastify |', '| --- | --- | --- |')
    lines.push(...peers.map(({ row, peer, ratio }) => `| ${row} | ${peer} | ${ratio.toFixed(1)} |`))
  }
  return lines.join('\n')
}

function figureLine({ row, unit, emulator, yardstick, ratio, goal, beside = '' }: Figure): string {
  const verdict = goal === undefined ? '' : ratio <= goal ? 'reached' : '**not reached**'
  const note = [verdict, beside].filter((text) => text !== '').join('; ')
  return `| ${row} | ${short(emulator)} ${unit} | ${short(yardstick)} ${unit} | ${ratio.toFixed(2)} | ${goal ?? ''} | ${note} |`
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3)
}
