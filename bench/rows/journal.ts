import type { Figure } from '../figures.js'
import { JOURNAL_GOAL } from '../goals.js'
import { startEmulator } from '../server.js'
import { reads } from '../workload.js'
import { compared, drive } from './measure.js'
import { fresh, SEARCH, warm } from './requests.js'

/** An emulator that notes and reads what it is asked, against one that does neither. */
export async function journalRows(rounds: number): Promise<Figure[]> {
  const noting = await startEmulator()
  const silent = await startEmulator('--journal-size', '0', '--contract', 'off')
  const figures: Figure[] = []
  try {
    for (const work of [SEARCH, reads]) {
      const samples = await warm(rounds, [noting, silent], async (server) =>
        drive(server, await fresh(work, server), true)
      )
      const row = `journal and contract reading, ${work.name}`
      figures.push({
        ...compared(row, samples.get(noting), samples.get(silent), JOURNAL_GOAL),
        beside: 'against an emulator without them'
      })
    }
  } finally {
    await Promise.all([noting.stop(), silent.stop()])
  }
  return figures
}
