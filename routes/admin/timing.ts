import { Type, type Static } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { notFound } from '../../src/admin/problems.js'
import { takesBody } from '../../src/admin/validation.js'
import type { App } from '../../src/api/app-type.js'
import type { Part } from '../../src/findings/part.js'
import { numberProblem, toE164 } from '../../src/numbering/e164.js'
import { DELAY_KINDS } from '../../src/numbering/delay-kinds.js'
import { OWN_DELAYS } from '../../src/sandbox/own-delays.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import { endDelays } from '../../src/operations/rules/due-changes.js'
import { oneOf } from '../../src/text/text-schema.js'

const TimingBody = Type.Object(OWN_DELAYS.properties, { additionalProperties: false, minProperties: 1 })
const Release = Type.Object(
  {
    number: Type.Optional(Type.String()),
    kind: Type.Optional(oneOf(DELAY_KINDS))
  },
  { additionalProperties: false }
)

/** How long E911, ports and aging take from now on; and the end of the delays that have begun. */
export function timing(admin: App, options: AdminOptions): void {
  admin.get('/timing', async (request) => sandboxOf(options, request).delaySettings)
  admin.get('/timing/waiting', async (request) => ({ delays: listWaiting(sandboxOf(options, request)) }))
  admin.put('/timing', takesBody(TimingBody), async (request) => {
    const sandbox = sandboxOf(options, request)
    sandbox.ownDelays = { ...sandbox.ownDelays, ...request.body }
    return sandbox.delaySettings
  })
  admin.post(
    '/timing/release',
    { ...takesBody(Release, releaseFindings), preValidation: acceptNoBody },
    async (request) => {
      const { number, kind } = request.body
      const e164 = number === undefined ? undefined : toE164(number)
      const sandbox = sandboxOf(options, request)
      const released = endDelays(sandbox, e164, kind === undefined ? undefined : [kind])
      if (e164 !== undefined && released.length === 0) throw notFound(`number ${e164} that waits for anything`)
      return { released }
    }
  )
}

const releaseFindings = (release: Part<Static<typeof Release>>) =>
  release.check('/number', ['number'], ({ number }) => numberProblem(number))

/** Everything that a sandbox waits for: what ends at a time, the earliest first, then what a client or a test ends. */
function listWaiting({ store }: Sandbox) {
  return store.numbers
    .listPending()
    .flatMap(({ e164, pending }) => Object.entries(pending).map(([kind, delay]) => ({ number: e164, kind, ...delay })))
    .sort((one, other) => (one.due ?? Infinity) - (other.due ?? Infinity) || one.number.localeCompare(other.number))
}

/** Reads a call without a body as one that names no number. */
function acceptNoBody(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  request.body ??= {}
  done()
}
