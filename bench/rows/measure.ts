import { cpuNanoseconds } from '../cpu.js'
import { LoadClient } from '../load-client.js'
import type { Figure } from '../figures.js'
import { median, medianRatio } from '../rounds.js'
import type { Server } from '../server.js'
import { textsOf, type Phase } from '../workload.js'

export const CONNECTIONS = 64

/** One run: CPU of the server in microseconds, requests a second, the 99th percentile in milliseconds. */
export type Run = Record<'cpu' | 'rate' | 'p99', number>

/** Drives a server through the phases. CPU is of one request of each phase together, so a purchase and its removal are one. */
export async function drive(
  { pid, port }: Pick<Server, 'pid' | 'port'>,
  phases: readonly Phase[],
  isChecked: boolean
): Promise<Run> {
  const client = await LoadClient.open(port, CONNECTIONS)
  const run: Run = { cpu: 0, rate: 0, p99: 0 }
  let seconds = 0
  try {
    for (const phase of phases) {
      const before = cpuNanoseconds(pid)
      const load = await client.drive(textsOf(phase), phase.count, phase.status)
      await phase.finish?.(port)
      run.cpu += (cpuNanoseconds(pid) - before) / 1_000 / phase.count
      run.p99 = Math.max(run.p99, load.p99)
      seconds += load.seconds / phase.count
      if (isChecked) await phase.check(port)
    }
  } finally {
    client.close()
  }
  run.rate = 1 / seconds
  return run
}

/** CPU of one server against that of another, run by run. */
export function compared(row: string, own: readonly Run[] = [], other: readonly Run[] = [], goal?: number): Figure {
  const ratio = medianRatio(
    own.map(({ cpu }) => cpu),
    other.map(({ cpu }) => cpu)
  )
  return { row, unit: 'µs CPU', emulator: middle(own, 'cpu'), yardstick: middle(other, 'cpu'), ratio, goal }
}

export function middle(runs: readonly Run[], name: keyof Run): number {
  return median(runs.map((run) => run[name]))
}
