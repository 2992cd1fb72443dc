/**
 * The floor: Node's HTTP server and nothing else, answering the emulator's own bytes as constants. What it costs, everything
 * in this runtime costs before it has done anything. The one argument is a file with the constants.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Constant } from './constants.js'

const constants = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Constant[]
const byCall = new Map(
  constants.map(({ method, path, status, headers, text }) => {
    const head = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(text)) }).flat()
    return [`${method} ${path}`, { status, head, text }]
  })
)
const server = createServer((request, response) => {
  const constant = byCall.get(`${request.method} ${request.url}`)
  response.writeHead(constant?.status ?? 404, constant?.head ?? [])
  response.end(constant?.text)
}).listen(0, '127.0.0.1', () => {
  process.stdout.write(`node is listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
