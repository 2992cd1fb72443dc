import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ACCOUNT, reset, send, type Call } from './calls.js'
import { compare, type Figure } from './figures.js'
import * as goals from './goals.js'
import { measure } from './measure.js'
import { processesOf } from './processes.js'
import type { Server } from './servers.js'
import { oneOfEach, WORKS, type Phase } from './works.js'

const COMMANDS = fileURLToPath(new URL('../../bench/peers/node_modules/.bin', import.meta.url))
const ROUNDS = 5
const UNITS = 3_000

/** An answer of the emulator that a peer gives to every call of a route. */
interface Constant {
  call: Call
  /** The path with `:account_id` and `:phone_number`. */
  route: string
  text: string
}

/** Another mock server that can answer constants. */
interface Peer {
  name: string
  /** Its command in `bench/peers`. */
  command: string
  /** Whether it is measured with calls that write, too. */
  writes: boolean
  /** The highest ratio of the emulator to it that is wanted. */
  goal: number
  /** Writes its configuration into a folder, and returns its arguments. */
  configure: (constants: readonly Constant[], folder: string, port: number) => string[]
}

const PEERS: readonly Peer[] = [
  {
    name: 'Prism',
    command: 'prism',
    writes: true,
    goal: goals.PEER,
    configure(constants, folder, port) {
      const paths: Record<string, Record<string, object>> = {}
      for (const constant of constants) {
        const path = (paths[braced(constant.route)] ??= {})
        path[constant.call.method.toLowerCase()] = openApiOperation(constant)
      }
      const document = { openapi: '3.0.3', info: { title: 'bench', version: '1' }, paths }
      const file = write(folder, 'openapi.json', document)
      return ['mock', '--host', '127.0.0.1', '--port', String(port), '--verboseLevel', 'silent', file]
    }
  },
  {
    name: 'Mockoon',
    command: 'mockoon-cli',
    writes: true,
    goal: goals.PEER,
    configure(constants, folder, port) {
      const routes = constants.map(mockoonRoute)
      const rootChildren = routes.map(({ uuid }) => ({ type: 'route', uuid }))
      const file = write(folder, 'mockoon.json', { name: 'bench', lastMigration: 33, routes, rootChildren })
      return [
        'start',
        '--data',
        file,
        '--port',
        String(port),
        '--hostname',
        '127.0.0.1',
        '--repair',
        '--disable-log-to-file'
      ]
    }
  },
  {
    name: 'json-server',
    command: 'json-server',
    writes: false,
    goal: goals.PEER,
    configure(constants, folder, port) {
      const answers = constants.map((constant, i) => ({ ...constant, name: `answer${i}` }))
      const database = Object.fromEntries(answers.map(({ name, text }) => [name, JSON.parse(text) as unknown]))
      const routes = Object.fromEntries(answers.map(({ name, route }) => [`${route}*`, `/${name}`]))
      const flags = ['--routes', write(folder, 'routes.json', routes), '--quiet', '--read-only']
      return ['--host', '127.0.0.1', '--port', String(port), ...flags, write(folder, 'db.json', database)]
    }
  },
  {
    name: 'WireMock',
    command: 'wiremock',
    writes: false,
    goal: goals.WIREMOCK,
    configure(constants, folder, port) {
      mkdirSync(join(folder, 'mappings'))
      for (const [i, { call, route, text }] of constants.entries()) {
        write(folder, `mappings/${i}.json`, {
          request: { method: call.method, urlPathTemplate: braced(route) },
          response: { status: call.status, body: text, headers: { 'content-type': 'application/json' } }
        })
      }
      return ['--port', String(port), '--root-dir', folder, '--disable-banner', '--no-request-journal']
    }
  }
]

/** Compares the emulator with the mock servers that are installed in `bench/peers`. They answer constants of the emulator. */
export async function peerRows(emulator: Server, folder: string, say: (text: string) => void): Promise<Figure[]> {
  const constants = (await oneOfEach(emulator.port)).map(({ call, text }) => ({ call, text, route: routeOf(call) }))
  const figures: Figure[] = []
  for (const peer of PEERS) {
    say(peer.name)
    if (!existsSync(join(COMMANDS, peer.command))) {
      say('is not installed in bench/peers')
      continue
    }
    const own = constants.filter(({ call }) => peer.writes || isRead(call))
    const server = await startPeer(peer, own, mkdtempSync(join(folder, 'peer-')))
    try {
      figures.push(...(await rowsOf(peer, server, emulator)))
    } finally {
      await server.stop()
    }
  }
  return figures
}

async function rowsOf({ name, writes, goal }: Peer, server: Server, emulator: Server): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const work of WORKS.filter(({ readsOnly }) => writes || readsOnly)) {
    let phases: Phase[] = []
    const samples = await measure([emulator, server], ROUNDS, UNITS, async (subject) => {
      // The emulator is prepared first, and both get its calls: preparing it again would change what it has under them.
      if (subject === server) return phasesOfPeer(phases, writes)
      await send(emulator.port, reset)
      phases = await work.prepare(emulator.port, UNITS)
      return phases
    })
    const row = { row: `${work.name}, ${name}`, unit: 'µs CPU', against: name, goal }
    figures.push(compare(row, samples.get(emulator), samples.get(server)))
  }
  return figures
}

/** Leaves out the checks, which constants do not pass, and the calls that the peer does not answer. */
function phasesOfPeer(phases: readonly Phase[], writes: boolean): Phase[] {
  return phases
    .map(({ calls, weight }) => ({ weight, calls: writes ? calls : calls.flat().filter(isRead) }))
    .filter(({ calls }) => calls.length > 0)
}

const isRead = ({ method }: Call) => method === 'GET'

function routeOf({ path }: Call): string {
  const [bare = ''] = path.split('?')
  return bare.replace(ACCOUNT, ':account_id').replace(/%2B\d+/, ':phone_number')
}

const braced = (route: string) => route.replace(/:(\w+)/g, '{$1}')

function write(folder: string, name: string, content: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(content))
  return file
}

function openApiOperation({ call, route, text }: Constant): object {
  const schema = { type: 'string' }
  const parameters = [...route.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema }))
  const content = { 'application/json': { schema: { type: 'object' }, example: JSON.parse(text) as unknown } }
  const requestBody = { content: { 'application/json': { schema: { type: 'object' } } } }
  return {
    parameters,
    ...(call.body === undefined ? {} : { requestBody }),
    responses: { [call.status]: { description: 'a constant', content } }
  }
}

function mockoonRoute({ call, route, text }: Constant, i: number) {
  const headers = [{ key: 'Content-Type', value: 'application/json' }]
  const answer = {
    uuid: `answer-${i}`,
    default: true,
    statusCode: call.status,
    headers,
    body: text,
    disableTemplating: true
  }
  const method = call.method.toLowerCase()
  return { uuid: `route-${i}`, type: 'http', method, endpoint: route.slice(1), responses: [answer] }
}

const PAUSE_MS = 100
const MAX_PAUSES = 300

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
  for (let i = 0; i < MAX_PAUSES; i++) {
    await sleep(PAUSE_MS)
    if (child.exitCode !== null) throw new Error(`${peer.name} ended with ${child.exitCode}`)
    if (await answers(port, constants)) return { pid, port, stop }
  }
  await stop()
  throw new Error(`${peer.name} does not answer`)
}

async function answers(port: number, constants: readonly Constant[]): Promise<boolean> {
  try {
    for (const { call } of constants) await send(port, call)
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
