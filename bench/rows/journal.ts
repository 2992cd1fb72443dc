import type { Figure } from '../figures.js'
import { JOURNAL_GOAL } from '../goals.js'
import { startEmulator, type Server } from '../server.js'
import { compared, drive, type Run } from './measure.js'
import { fresh, warm, WORKS } from './requests.js'

/** Which of the servers do what they are compared for. */
interface Sides {
  noting: readonly Server[]
  silent: readonly Server[]
}

/**
 * An emulator that notes and reads what it is asked, against one that does neither. Two of each: what the engine makes of the
 * same program differs from process to process by as much as this may add.
 */
export async function journalRows(rounds: number): Promise<Figure[]> {
  const sides: Sides = {
    noting: [await startEmulator(), await startEmulator()],
    silent: [await startSilent(), await startSilent()]
  }
  try {
    const figures: Figure[] = []
    for (const work of WORKS) {
      const samples = await warm(rounds, [...sides.noting, ...sides.silent], async (server) =>
        drive(server, await fresh(work, server), true)
      )
      figures.push({
        ...compared(
          `journal and contract reading, ${work.name}`,
          runsOf(samples, sides.noting),
          runsOf(samples, sides.silent),
          JOURNAL_GOAL
        ),
        beside: 'against an emulator without them'
      })
    }
    return figures
  } finally {
    await Promise.all([...sides.noting, ...sides.silent].map((server) => server.stop()))
  }
}

async function startSilent(): Promise<Server> {
  return startEmulator('--journal-size', '0', '--contract', 'off')
}

function runsOf(samples: ReadonlyMap<Server, Run[]>, servers: readonly Server[]): Run[] {
  return servers.flatMap((server) => samples.get(server) ?? [])
}
