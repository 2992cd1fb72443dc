import { openClient, type LoadClient } from './load-client.js'
import { cpuMilliseconds, untilIdle } from './processes.js'
import type { Server } from './servers.js'
import { cut } from './turns.js'
import type { Phase } from './works.js'

/** Rounds before the measured ones; after them V8 compiles hardly anything any more. */
const WARM_UP_ROUNDS = 3

/**
 * Measures the CPU microseconds of a unit of work on each server, round by round. In a round, the servers take turns at their calls:
 * other load on the machine comes and goes within seconds, and then hits all of them alike.
 */
export async function measure(
  servers: readonly Server[],
  rounds: number,
  units: number,
  prepare: (server: Server) => Promise<Phase[]>
): Promise<Map<Server, number[]>> {
  const samples = new Map(servers.map((server) => [server, [] as number[]]))
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    const prepared: [Server, Phase[]][] = []
    for (const server of servers) prepared.push([server, await prepare(server)])
    for (const [server, milliseconds] of await runInTurns(prepared)) {
      if (round >= 0) samples.get(server)?.push((milliseconds * 1000) / units)
    }
  }
  return samples
}

/** Returns the CPU milliseconds that each server spent. */
async function runInTurns(prepared: readonly [Server, Phase[]][]): Promise<[Server, number][]> {
  const runs: Run[] = []
  for (const [server, phases] of prepared) runs.push(new Run(server, phases, await openClient(server.port)))
  try {
    for (const run of runs) await run.begin()
    while (runs.some(({ isOver }) => !isOver)) {
      for (const run of runs) await run.takeTurn()
      runs.reverse()
    }
  } finally {
    for (const run of runs) run.close()
  }
  return runs.map(({ server, milliseconds }) => [server, milliseconds])
}

/** A round of one server. What the server does in the background between its turns counts, too. */
class Run {
  readonly server: Server
  readonly #client: LoadClient
  readonly #parts: Phase[]
  #milliseconds = 0
  #before = 0

  constructor(server: Server, phases: readonly Phase[], client: LoadClient) {
    this.server = server
    this.#client = client
    this.#parts = phases.flatMap(cut)
  }

  get isOver(): boolean {
    return this.#parts.length === 0
  }

  get milliseconds(): number {
    return this.#milliseconds
  }

  async begin(): Promise<void> {
    await untilIdle(this.server.pid)
    this.#before = cpuMilliseconds(this.server.pid)
  }

  /** Sends the next part of the calls. */
  async takeTurn(): Promise<void> {
    const { pid, port } = this.server
    const part = this.#parts.shift()
    if (part === undefined) return
    await this.#client.send(part.calls)
    this.#milliseconds += part.weight * (cpuMilliseconds(pid) - this.#before)
    await part.check?.(port)
    this.#before = cpuMilliseconds(pid)
  }

  close(): void {
    this.#client.close()
  }
}
