import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { packageRoot } from '../../src/package.js'
import { send } from '../calls.js'
import type { Constant } from '../constants.js'
import { atRest, processesOf } from '../cpu.js'
import type { PeerFigure } from '../figures.js'
import { inTurn, medianRatio } from '../rounds.js'
import { drive } from './measure.js'
import { startNode, type Server } from '../server.js'
import type { Phase } from '../workload.js'
import { PEERS, type Peer } from '../peer-servers.js'

const COMMANDS = join(packageRoot(), 'bench', 'peers', 'node_modules', '.bin')
const COUNT = 2_000
const PATIENCE = 200
const PAUSE = 100

/** Other people's servers on the same constants, beside the bare server. Those that are not installed are skipped. */
export async function peerFigures(
  file: string,
  bare: Server,
  rounds: number,
  say: (text: string) => void
): Promise<PeerFigure[]> {
  const constants = oneOfEach(JSON.parse(readFileSync(file, 'utf8')) as Constant[])
  const figures: PeerFigure[] = []
  for (const peer of PEERS) {
    if (!existsSync(join(COMMANDS, peer.command))) {
      say(`${peer.name}: skipped, bench/peers does not have it`)
      continue
    }
    say(peer.name)
    const server = await startPeer(peer, constants, mkdtempSync(join(dirname(file), 'peer-')))
    try {
      for (const constant of constants) figures.push(await peerFigure(peer, server, bare, constant, rounds))
    } finally {
      await server.stop()
    }
  }
  return figures
}

/** Node's own HTTP server on the same constants, beside the bare server: the least that there is. */
export async function floorFigures(file: string, bare: Server, rounds: number): Promise<PeerFigure[]> {
  const server = await startNode(file)
  const figures: PeerFigure[] = []
  try {
    for (const constant of oneOfEach(JSON.parse(readFileSync(file, 'utf8')) as Constant[])) {
      figures.push(await peerFigure({ name: 'node:http alone' }, server, bare, constant, rounds))
    }
  } finally {
    await server.stop()
  }
  return figures
}

/** One answer of each route that is read; what changes something, constants cannot do. */
function oneOfEach(constants: readonly Constant[]): Constant[] {
  const reads = constants.filter(({ method }) => method === 'GET')
  return [...new Map(reads.map((constant) => [constant.route, constant])).values()].reverse()
}

async function peerFigure(
  { name }: Pick<Peer, 'name'>,
  server: Server,
  bare: Server,
  constant: Constant,
  rounds: number
): Promise<PeerFigure> {
  const phase: Phase = { calls: [constant], count: COUNT, status: constant.status, check: async () => undefined }
  const measure = async (subject: Server) => {
    await atRest(subject.pid)
    return drive(subject, [phase], false)
  }
  for (const subject of [server, bare]) await measure(subject)
  const samples = await inTurn(rounds, [server, bare], measure)
  const cpu = (subject: Server) => (samples.get(subject) ?? []).map((run) => run.cpu)
  return { row: `${constant.method} ${constant.route}`, peer: name, ratio: medianRatio(cpu(server), cpu(bare)) }
}

async function startPeer(peer: Peer, constants: readonly Constant[], folder: string): Promise<Server> {
  const port = await freePort()
  const args = peer.configure(constants, folder, port)
  const child = spawn(join(COMMANDS, peer.command), args, { stdio: 'ignore', cwd: folder })
  const exited = once(child, 'exit')
  const pid = child.pid ?? 0
  const stop = async () => {
    for (const one of processesOf(pid).reverse()) process.kill(one)
    await exited
  }
  for (let i = 0; i < PATIENCE; i++) {
    await sleep(PAUSE)
    if (child.exitCode !== null) throw new Error(`${peer.name} ended with ${child.exitCode}`)
    if (await answers(port, constants)) return { pid, port, stop }
  }
  await stop()
  throw new Error(`${peer.name} does not answer`)
}

async function answers(port: number, constants: readonly Constant[]): Promise<boolean> {
  try {
    for (const constant of constants) {
      const { status, text } = await send(port, constant)
      if (status !== constant.status || !text.includes('"status"')) return false
    }
    return true
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
