/** A proxy in front of a service that a test has made, over real sockets. */
import { createServer, type RequestListener } from 'node:http'
import { createServer as createRawServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Test } from 'tap'
import { composeProxy } from '../../src/cli/proxy.js'
import type { RecordEntry } from '../../src/records/record.js'
import { readRecords } from '../../src/records/record-folder.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import type { Settings } from '../../src/settings.js'
import { listenFor } from './listen.js'
import { readSettings } from '../../src/text/read-settings.js'

export interface ProxyUnderTest {
  /** Where it listens. */
  url: string
  folder: string
  /** What has passed, in its order. */
  records: () => RecordEntry[]
  /** What it has logged. */
  lines: string[]
  sandbox: Sandbox
}

/** Starts a proxy in front of a service, and stops it with the test. */
export async function proxyFor(t: Test, upstream: string, settings: Partial<Settings> = {}): Promise<ProxyUnderTest> {
  const folder = join(t.testdir(), 'records')
  const lines: string[] = []
  const logger = pino(
    { level: 'warn' },
    { write: (line: string) => lines.push((JSON.parse(line) as { msg: string }).msg) }
  )
  const proxy = await composeProxy({ ...readSettings({}, {}), upstream, record: folder, ...settings }, logger)
  t.teardown(proxy.close)
  return {
    url: `http://127.0.0.1:${await proxy.listen({ host: '127.0.0.1', port: 0 })}`,
    folder,
    records: () => [...readRecords(folder)].map(({ entry }) => entry),
    lines,
    sandbox: proxy.sandboxes.default
  }
}

/** Starts a service that answers as the test says. */
export async function serviceFor(t: Test, answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  t.teardown(() => {
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${await listenFor(t, server)}`
}

/** Starts a service that gets bare connections. */
export async function rawServiceFor(t: Test, answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createRawServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    answer(socket)
  })
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
  })
  return `http://127.0.0.1:${await listenFor(t, server)}`
}
