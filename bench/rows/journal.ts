import type { Figure } from '../figures.js'
import { JOURNAL_GOAL } from '../goals.js'
import { startEmulator, type Server } from '../server.js'
import { compared, drive, type Run } from './measure.js'
import { fresh, warm, WORKS } from './requests.js'

/** What the engine makes of the same program differs from process to process by more than noting and reading may add. */
const PROCESSES = 8

/** Emulators that note and read what they are asked, against others that do neither. */
export async function journalRows(rounds: number): Promise<Figure[]> {
  const noting = await several(() => startEmulator())
  const silent = await several(() => startEmulator('--journal-size', '0', '--contract', 'off'))
  try {
    const figures: Figure[] = []
    for (const work of WORKS) {
      const samples = await warm(rounds, [...noting, ...silent], async (server) =>
        drive(server, await fresh(work, server), true)
      )
      figures.push({
        ...compared(
          `journal and contract reading, ${work.name}`,
          runsOf(samples, noting),
          runsOf(samples, silent),
          JOURNAL_GOAL
        ),
        beside: 'against emulators without them'
      })
    }
    return figures
  } finally {
    await Promise.all([...noting, ...silent].map((server) => server.stop()))
  }
}

async function several(start: () => Promise<Server>): Promise<Server[]> {
  return Promise.all(Array.from({ length: PROCESSES }, start))
}

function runsOf(samples: ReadonlyMap<Server, Run[]>, servers: readonly Server[]): Run[] {
  return servers.flatMap((server) => samples.get(server) ?? [])
}
