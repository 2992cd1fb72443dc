import { Type, type Static } from '@sinclair/typebox'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { takesBody } from '../../src/admin/validation.js'
import type { App } from '../../src/api/app-type.js'
import type { Part } from '../../src/findings/part.js'
import { LONGEST_SECONDS, toGregorian, type AdjustableClock } from '../../src/sandbox/clock.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import { instantProblem, readInstant } from '../../src/text/instant.js'
import { applyDueChanges } from '../../src/operations/rules/due-changes.js'

const ClockChange = Type.Object(
  {
    now: Type.Optional(Type.String({ description: 'ISO 8601' })),
    rate: Type.Optional(Type.Number({ minimum: 0, maximum: 1_000_000, description: '0 freezes, 1 runs as time does' }))
  },
  { additionalProperties: false, minProperties: 1 }
)

const ClockStep = Type.Object(
  {
    seconds: Type.Optional(Type.Number({ minimum: 0, maximum: LONGEST_SECONDS })),
    milliseconds: Type.Optional(Type.Integer({ minimum: 0, maximum: LONGEST_SECONDS * 1000 }))
  },
  { additionalProperties: false, minProperties: 1 }
)

/** The clock of a sandbox. Changes that fall due while it moves happen at once. */
export function clock(admin: App, options: AdminOptions): void {
  admin.get('/clock', async (request) => describeClock(sandboxOf(options, request).clock))
  admin.put('/clock', takesBody(ClockChange, changeFindings), async (request) => {
    const { now, rate } = request.body
    const milliseconds = now === undefined ? undefined : readInstant(now)
    const sandbox = sandboxOf(options, request)
    return moveClock(sandbox, () => {
      // One step: between two, a clock that runs would go on.
      sandbox.clock.set(milliseconds ?? sandbox.clock.nowMs(), rate)
    })
  })
  admin.post('/clock/advance', takesBody(ClockStep), async (request) => {
    const { seconds = 0, milliseconds = 0 } = request.body
    const sandbox = sandboxOf(options, request)
    return moveClock(sandbox, () => {
      sandbox.clock.advance(seconds * 1000 + milliseconds)
    })
  })
}

const changeFindings = (change: Part<Static<typeof ClockChange>>) =>
  change.check('/now', ['now'], ({ now }) => instantProblem(now))

/** Moves the clock and applies what falls due, or leaves it as it was where that cannot be stored. */
function moveClock(sandbox: Sandbox, move: () => void) {
  const before = sandbox.clock.state
  move()
  try {
    applyDueChanges(sandbox)
  } catch (error) {
    sandbox.clock.restore(before)
    throw error
  }
  return describeClock(sandbox.clock)
}

function describeClock(clock: AdjustableClock) {
  const milliseconds = clock.nowMs()
  return { now: new Date(milliseconds).toISOString(), gregorian_seconds: toGregorian(milliseconds), rate: clock.rate }
}
