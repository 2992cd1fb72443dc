import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Constant } from './constants.js'

/** A mock server of other people that can answer constants on the API's paths. */
export interface Peer {
  name: string
  /** Its command, where `bench/peers` has it. */
  command: string
  /** Writes its configuration into a folder, and returns the arguments that make it use it. */
  configure: (constants: readonly Constant[], folder: string, port: number) => string[]
}

export const PEERS: readonly Peer[] = [
  {
    name: 'Prism',
    command: 'prism',
    configure(constants, folder, port) {
      const file = write(folder, 'openapi.json', {
        openapi: '3.0.3',
        info: { title: 'bench', version: '1' },
        paths: Object.fromEntries(constants.map((constant) => [bracedPath(constant), openApiPath(constant)]))
      })
      return ['mock', '--host', '127.0.0.1', '--port', String(port), '--verboseLevel', 'silent', file]
    }
  },
  {
    name: 'Mockoon',
    command: 'mockoon-cli',
    configure(constants, folder, port) {
      const routes = constants.map((constant, i) => mockoonRoute(constant, String(i)))
      const rootChildren = routes.map(({ uuid }) => ({ type: 'route', uuid }))
      const file = write(folder, 'mockoon.json', { ...MOCKOON_ENVIRONMENT, port, routes, rootChildren })
      return ['start', '--data', file, '--port', String(port), '--disable-log-to-file']
    }
  },
  {
    name: 'WireMock',
    command: 'wiremock',
    configure(constants, folder, port) {
      mkdirSync(join(folder, 'mappings'))
      for (const [i, { path, status, text }] of constants.entries()) {
        write(folder, `mappings/${i}.json`, {
          request: { method: 'GET', urlPath: decodeURI(path.split('?')[0] ?? '') },
          response: { status, body: text, headers: { 'content-type': 'application/json' } }
        })
      }
      return ['--port', String(port), '--root-dir', folder, '--disable-banner', '--no-request-journal']
    }
  },
  {
    name: 'json-server',
    command: 'json-server',
    configure(constants, folder, port) {
      const names = constants.map((constant, i) => [constant, `answer${i}`] as const)
      const database = Object.fromEntries(names.map(([{ text }, name]) => [name, JSON.parse(text) as unknown]))
      const routes = Object.fromEntries(names.map(([{ route }, name]) => [`${route}*`, `/${name}`]))
      const flags = ['--routes', write(folder, 'routes.json', routes), '--quiet', '--read-only']
      return ['--host', '127.0.0.1', '--port', String(port), ...flags, write(folder, 'db.json', database)]
    }
  }
]

function write(folder: string, name: string, content: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(content))
  return file
}

function bracedPath({ route }: Constant): string {
  return route.replace(/:(\w+)/g, '{$1}')
}

function openApiPath({ route, text }: Constant) {
  const parameters = [...route.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' }
  }))
  const example = JSON.parse(text) as unknown
  const content = { 'application/json': { schema: { type: 'object' }, example } }
  return { get: { parameters, responses: { '200': { description: 'as the emulator answers', content } } } }
}

const MOCKOON_ENVIRONMENT = {
  uuid: '00000000-0000-4000-8000-000000000000',
  lastMigration: 33,
  name: 'bench',
  hostname: '127.0.0.1',
  endpointPrefix: '',
  latency: 0,
  folders: [],
  proxyMode: false,
  cors: false,
  headers: [],
  data: [],
  callbacks: []
}

function mockoonRoute({ route, text, status }: Constant, id: string) {
  const response = {
    uuid: `response-${id}`,
    default: true,
    body: text,
    latency: 0,
    statusCode: status,
    label: '',
    headers: [{ key: 'Content-Type', value: 'application/json' }],
    bodyType: 'INLINE',
    filePath: '',
    rules: [],
    rulesOperator: 'OR',
    disableTemplating: true,
    callbacks: []
  }
  return {
    uuid: `route-${id}`,
    type: 'http',
    method: 'get',
    endpoint: route.slice(1),
    documentation: '',
    responses: [response],
    responseMode: null,
    streamingMode: null,
    streamingInterval: 0
  }
}
