/** A double as it should not be: all sandboxes share one map of numbers, which a kill loses. The campaign has to notice. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { listenFor } from './listen.js'
import type { Program } from '../../bench/campaign/program.js'

const ENVELOPE = { auth_token: 't', request_id: 'r', revision: 'v', status: 'success' }
const PAGE = 20

/** Starts the double on a free port, in the process of the test. */
export async function startForgetful(t: Test): Promise<Program> {
  const numbers = new Map<string, unknown>()
  const server = createServer((request, response) => {
    void answer(numbers, request).then(([status, data]) => {
      const headers = { 'x-emulator': 'none', 'x-request-id': 'r', 'content-type': 'application/json' }
      response.writeHead(status, headers).end(JSON.stringify({ ...ENVELOPE, data }))
    })
  })
  await listenFor(t, server)
  return programOf(server)
}

async function answer(
  numbers: Map<string, unknown>,
  request: IncomingMessage
): Promise<[status: number, data: unknown]> {
  const { method = '', url = '' } = request
  const body = JSON.parse((await readWhole(request)) || '{}') as { data?: { numbers?: string[]; note?: string } }
  const [path = '', query] = url.split('?')
  if (path.endsWith('/phone_numbers') && path.includes('accounts')) {
    return [200, { numbers: Object.fromEntries([...numbers].sort()) }]
  }
  if (path.endsWith('/phone_numbers')) {
    const asked = new URLSearchParams(query)
    const first = 2_000_000 + Number(asked.get('offset')) * PAGE
    return [200, Array.from({ length: PAGE }, (_, i) => ({ number: `+1${asked.get('prefix') ?? ''}${first + i}` }))]
  }
  const [, number = ''] = /phone_numbers\/(%2B\d+)/.exec(path) ?? []
  const named = number === '' ? (body.data?.numbers ?? []) : [decodeURIComponent(number)]
  if (method === 'PUT') {
    for (const one of named) numbers.set(one, { state: 'in_service' })
    return [201, { state: 'in_service' }]
  }
  const [only = ''] = named
  const document = numbers.get(only)
  if (method === 'DELETE') numbers.delete(only)
  if (method === 'POST' && only !== '') numbers.set(only, { state: 'in_service', note: body.data?.note })
  return [200, method === 'DELETE' ? { state: 'available' } : document]
}

async function readWhole(request: IncomingMessage): Promise<string> {
  const pieces: string[] = []
  for await (const piece of request.setEncoding('utf8')) pieces.push(piece as string)
  return pieces.join('')
}

/** Lets a server of a test stand for a program of its own. */
export function programOf(server: Server, complaints = ''): Program {
  let isAlive = true
  return {
    // No process has this id, so that no memory is read.
    pid: 0,
    port: (server.address() as AddressInfo).port,
    isAlive: () => isAlive,
    complaints: () => complaints,
    end: async (signal) => {
      isAlive = false
      server.closeAllConnections()
      server.close()
      return { status: signal === 'SIGTERM' ? '0' : signal, milliseconds: 1 }
    }
  }
}
