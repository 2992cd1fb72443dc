import { reset, send } from '../calls.js'
import { atRest } from '../cpu.js'
import type { Figure } from '../figures.js'
import { GOALS } from '../goals.js'
import { inTurn } from '../rounds.js'
import type { Server } from '../server.js'
import { lists, newSearches, purchases, reads, SEARCHES, searches, type Phase, type Work } from '../workload.js'
import { compared, drive, middle, type Run } from './measure.js'

export const SEARCH = searches('search, 2 numbers', SEARCHES, 6_000)
export const WORKS: readonly Work[] = [SEARCH, reads, lists, purchases()]

/** Shown beside: what a search costs that nobody has made before. */
export const NEW_SEARCHES = newSearches('search, each page once', 6_000)

/** Rounds that only warm the servers up: after them hardly anything is compiled any more. */
const WARM_UP = 4

/** The emulator against the bare server, request by request; each round begins after a reset. */
export async function requestRow(work: Work, emulator: Server, bare: Server, rounds: number): Promise<Figure> {
  const samples = await warm(rounds, [emulator, bare], async (subject) => {
    const phases = await fresh(work, emulator)
    await atRest(subject.pid)
    return drive(subject, phases, subject === emulator)
  })
  const own = samples.get(emulator) ?? []
  return {
    ...compared(work.name, own, samples.get(bare), GOALS[work.name]),
    beside: `${Math.round(middle(own, 'rate'))}/s, p99 ${middle(own, 'p99').toFixed(1)} ms`
  }
}

/** Measures each server once a round, after rounds that do not count. */
export async function warm(
  rounds: number,
  servers: readonly Server[],
  measure: (server: Server) => Promise<Run>
): Promise<Map<Server, Run[]>> {
  for (let i = 0; i < WARM_UP; i++) for (const server of servers) await measure(server)
  return inTurn(rounds, servers, measure)
}

/** What the work is for an emulator that has just been reset, and is at rest. */
export async function fresh(work: Work, { pid, port }: Server): Promise<Phase[]> {
  await send(port, reset())
  const phases = await work.prepare(port)
  await atRest(pid)
  return phases
}
