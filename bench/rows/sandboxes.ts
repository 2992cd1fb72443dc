import { search } from '../calls.js'
import { atRest } from '../cpu.js'
import { againstLimit, type Figure } from '../figures.js'
import { SANDBOX_CPU_GOAL, SANDBOX_MEMORY_GOAL } from '../goals.js'
import { residentKibibytes } from '../memory.js'
import { startEmulator } from '../server.js'
import type { Phase } from '../workload.js'
import { drive } from './measure.js'

/** How many are made; those before them only warm the server up. */
const SANDBOXES = 500
const WARM_UP = 400

/** What a sandbox costs that is made by its first search, and what it keeps. */
export async function sandboxRows(): Promise<Figure[]> {
  const server = await startEmulator()
  try {
    await drive(server, [firstSearches('warm', WARM_UP)], false)
    await atRest(server.pid)
    const before = residentKibibytes(server.pid)
    const { cpu } = await drive(server, [firstSearches('made', SANDBOXES)], false)
    const memory = (residentKibibytes(server.pid) - before) / SANDBOXES
    return [
      againstLimit('a sandbox made and first used', 'ms CPU', cpu / 1000, SANDBOX_CPU_GOAL),
      againstLimit('memory of a sandbox', 'kB', memory, SANDBOX_MEMORY_GOAL)
    ]
  } finally {
    await server.stop()
  }
}

function firstSearches(name: string, count: number): Phase {
  const { method, path } = search('415', 2)
  const calls = Array.from({ length: count }, (_, i) => ({ method, path: `/sandboxes/${name}-${i}${path}` }))
  return { calls, count, status: 200, check: async () => undefined }
}
