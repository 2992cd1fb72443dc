import { Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../src/api/app-type.js'
import { invalid, notFound } from '../../src/admin/plugin.js'
import { isPhoneNumber, toE164 } from '../../src/numbering/e164.js'
import { PENDING_KINDS, type PendingKind, type Timing } from '../../src/numbering/pending.js'
import { endDelays } from '../../src/operations/rules/due-changes.js'
import { sandboxOf, type AdminServices } from './options.js'

/** The longest wait, in seconds: a thousand years. */
const LONGEST = 31_557_600_000

const OneTiming = Type.Optional(
  Type.Unsafe<Timing>({
    type: ['string', 'object'],
    if: { type: 'string' },
    then: { enum: ['immediate', 'held'] },
    else: {
      properties: {
        after_reads: { type: 'integer', minimum: 1 },
        after_seconds: { type: 'integer', minimum: 0, maximum: LONGEST }
      },
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1
    }
  })
)
const Change = Type.Object(
  { e911: OneTiming, port_in: OneTiming, aging: OneTiming },
  { additionalProperties: false, minProperties: 1 }
)
const Released = Type.Object(
  {
    number: Type.Optional(Type.String()),
    kind: Type.Optional(Type.Unsafe<PendingKind>({ type: 'string', enum: PENDING_KINDS }))
  },
  { additionalProperties: false }
)

/** How long what takes time takes, for whatever begins from now on; and the end of waiting, for what has begun. */
export function timing(admin: App, options: AdminServices): void {
  admin.get('/timing', async (request) => sandboxOf(options, request).timings)
  admin.put('/timing', { schema: { body: Change } }, async (request) => {
    const sandbox = sandboxOf(options, request)
    sandbox.timings = { ...sandbox.timings, ...request.body }
    return sandbox.timings
  })
  admin.post('/timing/release', { schema: { body: Released }, preValidation: readNothingAsAll }, async (request) => {
    const { number, kind } = request.body
    const e164 = number === undefined ? undefined : toE164(number)
    if (e164 !== undefined && !isPhoneNumber(e164)) throw invalid('/number', 'is no number of any plan')
    const sandbox = sandboxOf(options, request)
    const released = endDelays(sandbox, e164, kind === undefined ? undefined : [kind])
    if (e164 !== undefined && released.length === 0) throw notFound(`number ${e164} that waits for anything`)
    return { released }
  })
}

/** A call without a body names no number. */
function readNothingAsAll(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  request.body ??= {}
  done()
}
