import { reset, send } from '../calls.js'
import type { Figure } from '../figures.js'
import { JOURNAL_GOAL } from '../goals.js'
import { closely } from '../rounds.js'
import { startTwoEmulators, type TwoEmulators } from '../server.js'
import { compared, drive, type Run } from './measure.js'
import { fresh, warm, WORKS } from './requests.js'

/** What the engine makes of the same program differs from process to process by more than noting and reading may add. */
const PROCESSES = 4

/** Emulators that note and read what they are asked, each against one in the same process that does neither. */
export async function journalRows(rounds: number): Promise<Figure[]> {
  const pairs = await Promise.all(Array.from({ length: PROCESSES }, startTwoEmulators))
  const servers = pairs.flatMap(({ noting, silent }) => [noting, silent])
  try {
    const figures: Figure[] = []
    for (const work of WORKS) {
      const samples = await warm(closely(rounds), servers, async (server) => {
        // Nor shall one collect what the other holds.
        for (const other of servers) if (other !== server && other.pid === server.pid) await send(other.port, reset())
        return drive(server, await fresh(work, server), true)
      })
      const runs = (which: keyof TwoEmulators): Run[] => pairs.flatMap((pair) => samples.get(pair[which]) ?? [])
      figures.push({
        ...compared(`journal and contract reading, ${work.name}`, runs('noting'), runs('silent'), JOURNAL_GOAL),
        beside: 'against emulators without them'
      })
    }
    return figures
  } finally {
    await Promise.all(pairs.map(({ noting }) => noting.stop()))
  }
}
