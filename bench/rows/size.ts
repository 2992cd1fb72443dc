import { atRest } from '../cpu.js'
import type { Figure } from '../figures.js'
import { GROWTH_GOAL } from '../goals.js'
import { residentKibibytes } from '../memory.js'
import { closely, inTurn, median, medianRatio } from '../rounds.js'
import { startEmulator, type Server } from '../server.js'
import { lists, newSearches, purchases, reads, type Work } from '../workload.js'
import { compared, drive, type Run } from './measure.js'
import { startOnce } from './start.js'

const SMALL = 1_000
const FAR = 100_000

/** Requests a round: of searches that ask for no page twice, and of what writes to the file. */
const PAGES = 2_000
const BOUGHT = 600

/** How a number of numbers is written. */
export const written = (count: number) => count.toLocaleString('en')

const pagesFrom = (name: string, first: number) => newSearches(name, PAGES, first, ['415'])
const NEAR_SEARCH = pagesFrom('search, page 0', 0)
const FAR_SEARCH = pagesFrom(`search, page ${written(FAR)}`, FAR)
const WORKS = [NEAR_SEARCH, FAR_SEARCH, reads, lists, purchases(BOUGHT)]

export interface Sizes {
  small: { file: string; count: number }
  large: { file: string; count: number }
}

export const SMALL_SIZE = SMALL

/** The emulator over many numbers against the emulator over few. Both keep them in files. */
export async function sizeRows({ small, large }: Sizes, rounds: number): Promise<Figure[]> {
  const label = `${written(small.count)} → ${written(large.count)}`
  const figures = [await startRow(label, small.file, large.file, rounds)]
  const few = await startEmulator('--db', small.file)
  const many = await startEmulator('--db', large.file)
  try {
    for (const work of WORKS) {
      const samples = await workRuns(work, [few, many], rounds)
      figures.push(compared(`${work.name}, ${label}`, samples.get(many), samples.get(few), GROWTH_GOAL))
    }
    figures.push(memoryRow(label, few, many), await pageRow(few, rounds))
  } finally {
    await Promise.all([few.stop(), many.stop()])
  }
  return figures
}

async function startRow(label: string, few: string, many: string, rounds: number): Promise<Figure> {
  const samples = await inTurn(rounds, [few, many], (file) => startOnce(() => startEmulator('--db', file)))
  const of = (file: string) => (samples.get(file) ?? []).map(({ cpu }) => cpu)
  return {
    row: `cold start, ${label}`,
    unit: 'ms CPU',
    emulator: median(of(many)),
    yardstick: median(of(few)),
    ratio: medianRatio(of(many), of(few)),
    goal: GROWTH_GOAL
  }
}

/** No reset here, it would take the numbers away: what is bought is what is given back. */
async function workRuns(work: Work, servers: readonly Server[], rounds: number): Promise<Map<Server, Run[]>> {
  const measure = async (server: Server) => {
    const phases = await work.prepare(server.port)
    await atRest(server.pid)
    return drive(server, phases, true)
  }
  for (const server of servers) await measure(server)
  return inTurn(closely(rounds), servers, measure)
}

/** A far page against the first one, of the same emulator. */
async function pageRow(server: Server, rounds: number): Promise<Figure> {
  const measure = async (work: Work) => drive(server, await work.prepare(server.port), true)
  const samples = await inTurn(closely(rounds), [NEAR_SEARCH, FAR_SEARCH], measure)
  return compared(
    `search, page 0 → page ${written(FAR)}`,
    samples.get(FAR_SEARCH),
    samples.get(NEAR_SEARCH),
    GROWTH_GOAL
  )
}

function memoryRow(label: string, few: Server, many: Server): Figure {
  const own = residentKibibytes(many.pid) / 1024
  const other = residentKibibytes(few.pid) / 1024
  const row = `memory after that, ${label}`
  return { row, unit: 'MB', emulator: own, yardstick: other, ratio: own / other, goal: GROWTH_GOAL }
}
