import { ACCOUNT, buy, health, inSandbox, putNumbers, reset, search, send, type Call } from './calls.js'
import { compare, inTurn, median, type Figure } from './figures.js'
import * as goals from './goals.js'
import { drive } from './load-client.js'
import { measure } from './measure.js'
import { cpuMilliseconds, residentKibibytes, untilIdle } from './processes.js'
import { startBare, startEmulator, type Server } from './servers.js'
import { lists, oneOfEach, purchases, reads, searches, searchFor, WORKS } from './works.js'

const BARE = 'bare Fastify'

/** Compares the requests of the API with the bare server, and with an emulator without journal and contract check. */
export async function requestRows(emulator: Server, bare: Server, rounds: number): Promise<Figure[]> {
  const silent = await startEmulator(['--journal-size', '0', '--contract', 'off'])
  const rows: Figure[] = []
  const journalRows: Figure[] = []
  try {
    // V8 compiles for what it has seen: a server that has answered searches alone answers them for less.
    await oneOfEach(silent.port)
    for (const { name, units, prepare } of WORKS) {
      const samples = await measure([emulator, bare, silent], rounds, units, async ({ port }) => {
        await send(port, reset)
        return prepare(port, units)
      })
      const own = samples.get(emulator)
      const row = { row: name, unit: 'µs CPU', against: BARE, goal: goals.ROWS[name] }
      rows.push(compare(row, own, samples.get(bare)))
      const journalRow = { ...row, row: `journal and contract check, ${name}`, against: 'without', goal: goals.JOURNAL }
      journalRows.push(compare(journalRow, own, samples.get(silent)))
    }
  } finally {
    await silent.stop()
  }
  await untilIdle(emulator.pid)
  const row = { row: 'memory, after load', unit: 'MB', against: BARE, goal: goals.ROWS['memory, after load'] }
  return [...rows, compare(row, [residentMegabytes(emulator)], [residentMegabytes(bare)]), ...journalRows]
}

const residentMegabytes = ({ pid }: Server) => residentKibibytes(pid) / 1024

type Start = () => Promise<Server>

/** Compares the start of a process, up to the first answered search, and the memory of the process after it. */
export async function startRows(node: string, version: string, rounds: number): Promise<Figure[]> {
  const emulator: Start = () => startEmulator([], node)
  const bare: Start = () => startBare(node)
  const samples = await inTurn(rounds, [emulator, bare], startAndSearch)
  const of = (start: Start, name: 'cpu' | 'wall' | 'memory') => samples.get(start)?.map((sample) => sample[name]) ?? []
  const row = (name: string) => ({ row: `${name}, Node ${version}`, against: BARE, goal: goals.ROWS[name] })
  const [own, other] = [emulator, bare].map((start) => median(of(start, 'wall')).toFixed(0))
  const note = `${own} and ${other} ms on the wall`
  return [
    compare({ ...row('cold start'), unit: 'ms CPU', note }, of(emulator, 'cpu'), of(bare, 'cpu')),
    compare({ ...row('memory, idle'), unit: 'MB' }, of(emulator, 'memory'), of(bare, 'memory'))
  ]
}

async function startAndSearch(start: Start): Promise<Record<'cpu' | 'wall' | 'memory', number>> {
  const begun = performance.now()
  const server = await start()
  await send(server.port, search('415', 2, 0))
  const wall = performance.now() - begun
  const cpu = cpuMilliseconds(server.pid)
  await untilIdle(server.pid)
  const memory = residentMegabytes(server)
  await server.stop()
  return { cpu, wall, memory }
}

const PURCHASES = 100
const RESETS = 15

/**
 * Measures a reset after purchases, with the work that it leaves for later. The cost of a health check is taken off, because the request
 * itself costs more than the reset.
 */
export async function resetRow(emulator: Server, bareRead: number): Promise<Figure> {
  const measureCall = async (call: Call) => {
    await drive(emulator.port, (await searchFor(emulator.port, '212', PURCHASES)).map(buy))
    await untilIdle(emulator.pid)
    const before = cpuMilliseconds(emulator.pid)
    await send(emulator.port, call)
    await untilIdle(emulator.pid)
    const cost = cpuMilliseconds(emulator.pid) - before
    await send(emulator.port, reset)
    return cost
  }
  await inTurn(RESETS, [reset, health], measureCall)
  const samples = await inTurn(RESETS, [reset, health], measureCall)
  const cost = median(samples.get(reset) ?? []) - median(samples.get(health) ?? [])
  const row = { row: `reset after ${PURCHASES} purchases`, unit: 'ms CPU', against: `a read, ${BARE}` }
  return compare({ ...row, limit: goals.RESET_MS }, [cost], [bareRead])
}

const SANDBOXES = 100
const BATCHES = 5

/** Measures sandboxes that the first search makes and that a number is bought in. */
export async function sandboxRows(bareRead: number): Promise<Figure[]> {
  const server = await startEmulator()
  try {
    for (let i = 0; i < BATCHES - 1; i++) await useSandboxes(server, `warm-${i}`)
    const before = residentKibibytes(server.pid)
    const costs: number[] = []
    for (let i = 0; i < BATCHES; i++) costs.push(await useSandboxes(server, `measured-${i}`))
    const kilobytes = ((residentKibibytes(server.pid) - before) * 1.024) / (BATCHES * SANDBOXES)
    const time = { row: 'sandbox made and used', unit: 'ms CPU', against: `a read, ${BARE}`, limit: goals.SANDBOX_MS }
    const size = { row: 'memory of a sandbox', unit: 'kB', against: 'the limit', limit: goals.SANDBOX_KB }
    return [compare(time, [median(costs)], [bareRead]), compare(size, [kilobytes], [goals.SANDBOX_KB])]
  } finally {
    await server.stop()
  }
}

/** Makes sandboxes and uses each of them. Returns the CPU milliseconds of one. */
async function useSandboxes({ pid, port }: Server, name: string): Promise<number> {
  const names = Array.from({ length: SANDBOXES }, (_, i) => `${name}-${i}`)
  const [e164 = ''] = await searchFor(port, '415', 1)
  const before = cpuMilliseconds(pid)
  await drive(
    port,
    names.map((one) => [search('415', 1, 0), buy(e164)].map((call) => inSandbox(one, call)))
  )
  await untilIdle(pid)
  return (cpuMilliseconds(pid) - before) / SANDBOXES
}

const FEW = 1_000
const FAR_PAGE = 100_000
const BATCH = 25_000
const written = (count: number) => count.toLocaleString('en')

/** Compares an emulator over a database of many numbers with one over few. No reset here: it would drop the numbers. */
export async function growthRows(folder: string, many: number, rounds: number): Promise<Figure[]> {
  const [large, small] = await Promise.all([startFilled(`${folder}/many`, many), startFilled(`${folder}/few`, FEW)])
  const near = searches('search, page 0', 0, ['415'])
  const far = searches(`search, page ${written(FAR_PAGE)}`, FAR_PAGE, ['415'])
  const figures: Figure[] = []
  try {
    for (const { name, units, prepare } of [reads, lists, near, far, purchases]) {
      const samples = await measure([large, small], rounds, units / 2, ({ port }) => prepare(port, units / 2))
      const row = `${name}, ${written(FEW)} → ${written(many)}`
      const labels = { row, unit: 'µs CPU', against: `${written(FEW)} numbers`, goal: goals.GROWTH }
      figures.push(compare(labels, samples.get(large), samples.get(small)))
    }
  } finally {
    await Promise.all([large.stop(), small.stop()])
  }
  return figures
}

/** Fills a database file through the admin API, and starts another process over it. */
async function startFilled(file: string, count: number): Promise<Server> {
  const server = await startEmulator(['--db', file])
  for (let first = 0; first < count; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - first) }, (_, i) => numberAt(first + i))
    await send(server.port, putNumbers(numbers))
  }
  await server.stop()
  return startEmulator(['--db', file])
}

/** Makes a number of the block where a search for 415 begins. Nine of ten are the account's, one has been given back. */
function numberAt(i: number): object {
  const holder = i % 10 === 3 ? { state: 'available', owner: null } : { state: 'in_service', owner: ACCOUNT }
  return { e164: `+1${4_152_000_000 + i}`, ...holder }
}
