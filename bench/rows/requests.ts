import { reset, send } from '../calls.js'
import { atRest } from '../cpu.js'
import type { Figure } from '../figures.js'
import { GOALS } from '../goals.js'
import { inTurn, medianRatio } from '../rounds.js'
import type { Server } from '../server.js'
import { lists, purchases, reads, SEARCHES, searches, type Work } from '../workload.js'
import { drive, middle } from './measure.js'

export const WORKS: readonly Work[] = [searches('search, 2 numbers', SEARCHES, 6_000), reads, lists, purchases()]

/** Rounds that only warm the servers up. */
const WARM_UP = 2

/** The emulator against the bare server, request by request; each round begins after a reset. */
export async function requestRow(work: Work, emulator: Server, bare: Server, rounds: number): Promise<Figure> {
  const measure = async (subject: Server) => {
    const phases = await fresh(work, emulator)
    await atRest(subject.pid)
    return drive(subject, phases, subject === emulator)
  }
  for (let i = 0; i < WARM_UP; i++) for (const subject of [emulator, bare]) await measure(subject)
  const samples = await inTurn(rounds, [emulator, bare], measure)
  const own = samples.get(emulator) ?? []
  const other = samples.get(bare) ?? []
  return {
    row: work.name,
    unit: 'µs CPU',
    emulator: middle(own, 'cpu'),
    yardstick: middle(other, 'cpu'),
    ratio: medianRatio(
      own.map(({ cpu }) => cpu),
      other.map(({ cpu }) => cpu)
    ),
    goal: GOALS[work.name],
    beside: `${Math.round(middle(own, 'rate'))}/s, p99 ${middle(own, 'p99').toFixed(1)} ms`
  }
}

async function fresh(work: Work, { pid, port }: Server) {
  await send(port, reset())
  const phases = await work.prepare(port)
  await atRest(pid)
  return phases
}
