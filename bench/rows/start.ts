import { search, send } from '../calls.js'
import { atRest, cpuNanoseconds } from '../cpu.js'
import type { Figure } from '../figures.js'
import { GOALS } from '../goals.js'
import { residentKibibytes } from '../memory.js'
import { inTurn, median, medianRatio } from '../rounds.js'
import type { Server } from '../server.js'

type Start = () => Promise<Server>

/** Starts a server, asks it one search, and says what that cost and what it then holds. */
export async function startOnce(start: Start): Promise<Record<'cpu' | 'memory', number>> {
  const server = await start()
  const { status, text } = await send(server.port, search('415', 2))
  const cpu = cpuNanoseconds(server.pid) / 1e6
  if (status !== 200) throw new Error(`the first search answered ${status}: ${text}`)
  await atRest(server.pid)
  const memory = residentKibibytes(server.pid) / 1024
  await server.stop()
  return { cpu, memory }
}

/** From the start of the process to the first answered search, and the memory of a server that has answered just that. */
export async function startRows(emulator: Start, bare: Start, rounds: number): Promise<Figure[]> {
  const samples = await inTurn(rounds, [emulator, bare], startOnce)
  const of = (subject: Start, name: 'cpu' | 'memory') => (samples.get(subject) ?? []).map((sample) => sample[name])
  const figure = (row: string, unit: string, name: 'cpu' | 'memory'): Figure => ({
    row,
    unit,
    emulator: median(of(emulator, name)),
    yardstick: median(of(bare, name)),
    ratio: medianRatio(of(emulator, name), of(bare, name)),
    goal: GOALS[row]
  })
  return [figure('cold start', 'ms CPU', 'cpu'), figure('memory, idle', 'MB', 'memory')]
}

/** The memory of servers that have done the work of all other rows. */
export async function memoryAfterLoad(emulator: Server, bare: Server): Promise<Figure> {
  await atRest(emulator.pid)
  const row = 'memory, after load'
  const own = residentKibibytes(emulator.pid) / 1024
  const other = residentKibibytes(bare.pid) / 1024
  return { row, unit: 'MB', emulator: own, yardstick: other, ratio: own / other, goal: GOALS[row] }
}
