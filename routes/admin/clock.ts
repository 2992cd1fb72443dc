import { Type } from '@sinclair/typebox'
import { GREGORIAN_EPOCH_SECONDS, type AdjustableClock } from '../../src/sandbox/clock.js'
import type { App } from '../../src/api/app-type.js'
import { invalid } from '../../src/admin/plugin.js'
import { INSTANT_EXPECTED, readInstant } from '../../src/instant.js'
import { applyDueChanges } from '../../src/operations/rules/due-changes.js'
import { sandboxOf, type AdminServices } from './options.js'

const Setting = Type.Object(
  {
    now: Type.Optional(Type.String({ description: 'ISO 8601' })),
    rate: Type.Optional(Type.Number({ minimum: 0, maximum: 1_000_000, description: '0 freezes, 1 runs as time does' }))
  },
  { additionalProperties: false, minProperties: 1 }
)

/** The largest step, in seconds: a thousand years. */
const LARGEST_STEP = 31_557_600_000

const Step = Type.Object(
  {
    seconds: Type.Optional(Type.Number({ minimum: 0, maximum: LARGEST_STEP })),
    milliseconds: Type.Optional(Type.Integer({ minimum: 0, maximum: LARGEST_STEP * 1000 }))
  },
  { additionalProperties: false, minProperties: 1 }
)

/** The clock of a sandbox: read, set, frozen, run at any speed, wound on. What falls due on the way happens then. */
export function clock(admin: App, options: AdminServices): void {
  admin.get('/clock', async (request) => shown(sandboxOf(options, request).clock))
  admin.put('/clock', { schema: { body: Setting } }, async (request) => {
    const { now, rate } = request.body
    const milliseconds = now === undefined ? undefined : readInstant(now)
    if (now !== undefined && milliseconds === undefined) throw invalid('/now', `must be ${INSTANT_EXPECTED}`)
    const sandbox = sandboxOf(options, request)
    if (milliseconds !== undefined) sandbox.clock.set(milliseconds)
    if (rate !== undefined) sandbox.clock.run(rate)
    applyDueChanges(sandbox)
    return shown(sandbox.clock)
  })
  admin.post('/clock/advance', { schema: { body: Step } }, async (request) => {
    const { seconds = 0, milliseconds = 0 } = request.body
    const sandbox = sandboxOf(options, request)
    sandbox.clock.advance(seconds * 1000 + milliseconds)
    applyDueChanges(sandbox)
    return shown(sandbox.clock)
  })
}

function shown(now: AdjustableClock) {
  const milliseconds = now.nowMs()
  return {
    now: new Date(milliseconds).toISOString(),
    gregorian_seconds: Math.floor(milliseconds / 1000) + GREGORIAN_EPOCH_SECONDS,
    rate: now.rate
  }
}
