import type { FastifyBaseLogger } from 'fastify'
import { redactUrl } from '../journal/redaction.js'
import type { App } from './app-type.js'

/** One line a request, for those who ask for it: the framework's own two cost more than everything else here. */
export function logRequests(app: App, logger: FastifyBaseLogger): void {
  if (!['trace', 'debug', 'info'].includes(logger.level)) return
  app.addHook('onResponse', (request, reply, done) => {
    const { method, url } = request
    const milliseconds = Math.round(reply.elapsedTime * 1000) / 1000
    request.log.info({ method, url: redactUrl(url), status: reply.statusCode, milliseconds }, 'answered')
    done()
  })
}
