/**
 * The yardstick: Fastify and nothing else, answering the emulator's own bytes as constants. Nobody who uses this framework
 * can honestly do less. The one argument is a file with the constants.
 */
import { readFileSync } from 'node:fs'
import Fastify from 'fastify'
import type { Constant } from './constants.js'

const constants = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Constant[]
const app = Fastify()
for (const route of new Set(constants.map((constant) => `${constant.method} ${constant.route}`))) {
  const [method = '', url = ''] = route.split(' ')
  const own = constants.filter((constant) => constant.method === method && constant.route === url)
  const byPath = new Map(own.map((constant) => [constant.path, constant]))
  const [any] = own
  app.route({
    method,
    url,
    handler: (request, reply) => {
      const constant = byPath.get(request.url) ?? any
      return reply
        .code(constant?.status ?? 500)
        .headers(constant?.headers ?? {})
        .send(constant?.text)
    }
  })
}
const url = await app.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`bare is listening on ${url}\n`)
