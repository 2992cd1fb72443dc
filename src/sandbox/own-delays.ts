import { Type, type Static } from '@sinclair/typebox'
import type { DelaySetting } from '../numbering/delays.js'
import { LONGEST_SECONDS } from './clock.js'

/** One schema with a condition instead of a union, so that a wrong value has one error. */
const delayOf = (description: string) =>
  Type.Optional(
    Type.Unsafe<DelaySetting>({
      title: '"immediate", "held", {"after_reads": 2} or {"after_seconds": 60}',
      description,
      type: ['string', 'object'],
      if: { type: 'string' },
      then: { enum: ['immediate', 'held'] },
      else: {
        properties: {
          after_reads: { type: 'integer', minimum: 1, description: 'After how many reads of the number it ends' },
          after_seconds: {
            type: 'integer',
            minimum: 0,
            maximum: LONGEST_SECONDS,
            description: 'After how many seconds of the clock it ends'
          }
        },
        additionalProperties: false,
        minProperties: 1,
        maxProperties: 1
      }
    })
  )

/** The schema of the delays that a test has set. One that is absent takes as long as the process says. */
export const OWN_DELAYS = Type.Object(
  {
    e911: delayOf('How long it takes until an address is provisioned'),
    port_in: delayOf('How long a port takes'),
    aging: delayOf('How long a released number ages before it is available')
  },
  { additionalProperties: false }
)
export type OwnDelays = Static<typeof OWN_DELAYS>
