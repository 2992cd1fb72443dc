import { reset, send } from '../calls.js'
import { atRest } from '../cpu.js'
import type { Figure } from '../figures.js'
import { JOURNAL_GOAL } from '../goals.js'
import { inTurn, medianRatio } from '../rounds.js'
import { startEmulator, type Server } from '../server.js'
import { reads, SEARCHES, searches } from '../workload.js'
import { drive, middle } from './measure.js'

const WORKS = [searches('search, 2 numbers', SEARCHES, 6_000), reads]
const WARM_UP = 2

/** An emulator that notes and reads what it is asked, against one that does neither. */
export async function journalRows(rounds: number): Promise<Figure[]> {
  const noting = await startEmulator()
  const silent = await startEmulator('--journal-size', '0', '--contract', 'off')
  const measure = async (work: (typeof WORKS)[number], server: Server) => {
    await send(server.port, reset())
    const phases = await work.prepare(server.port)
    await atRest(server.pid)
    return drive(server, phases, true)
  }
  const figures: Figure[] = []
  try {
    for (const work of WORKS) {
      for (let i = 0; i < WARM_UP; i++) for (const server of [noting, silent]) await measure(work, server)
      const samples = await inTurn(rounds, [noting, silent], (server) => measure(work, server))
      const own = samples.get(noting) ?? []
      const other = samples.get(silent) ?? []
      figures.push({
        row: `journal and contract reading, ${work.name}`,
        unit: 'µs CPU',
        emulator: middle(own, 'cpu'),
        yardstick: middle(other, 'cpu'),
        ratio: medianRatio(
          own.map(({ cpu }) => cpu),
          other.map(({ cpu }) => cpu)
        ),
        goal: JOURNAL_GOAL,
        beside: 'against an emulator without them'
      })
    }
  } finally {
    await Promise.all([noting.stop(), silent.stop()])
  }
  return figures
}
