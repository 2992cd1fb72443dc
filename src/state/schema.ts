import { Type, type Static } from '@sinclair/typebox'
import { MAX_RULES, NEW_FAULT_RULE } from '../sandbox/faults.js'
import { STATES, type State } from '../numbering/number-state.js'
import { DEEPEST_DOCUMENT } from '../numbering/public-fields.js'
import { ACCOUNT_ID } from '../sandbox/accounts.js'
import { CLOCK } from '../sandbox/clock.js'
import { ACCOUNTS, e164, gregorianSeconds, NUMBERS } from './fixture-schemas.js'

/**
 * Bytes of the largest state document: some 100,000 numbers. A text is parsed in one go, in which no other request has its turn and
 * no signal is heard: 300 ms for one of this size.
 */
export const MAX_STATE_BYTES = 32_000_000

/** Levels that a state document may nest: as many as a document of the API, which stands at most four levels inside of it. */
export const MAX_STATE_LEVELS = DEEPEST_DOCUMENT + 4

const strict = { additionalProperties: false }
const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const tenDigits = Type.String({ pattern: '^\\d{10}$' })

export const FAULT_RULES = Type.Array(
  Type.Object(
    {
      id: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,14}$' })),
      ...NEW_FAULT_RULE.properties,
      hits: Type.Optional(count)
    },
    strict
  ),
  { maxItems: MAX_RULES }
)

/** The schema of a state document: everything that a sandbox holds, or a part of it. */
export const STATE = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    version: Type.Optional(Type.Literal(1)),
    clock: Type.Optional(CLOCK),
    accounts: Type.Optional(ACCOUNTS),
    numbers: Type.Optional(NUMBERS),
    offers: Type.Optional(
      Type.Array(Type.Object({ first: tenDigits, last: tenDigits }, strict), {
        description: 'What searches have returned: runs of ten-digit numbers'
      })
    ),
    searches: Type.Optional(
      Type.Array(
        Type.Object(
          {
            query: Type.String(),
            numbers: Type.Array(
              Type.Object({ number: e164, state: Type.Unsafe<State>({ type: 'string', enum: STATES }) }, strict)
            )
          },
          strict
        ),
        { description: 'What searches have found, where later pages are cut from the first' }
      )
    ),
    tokens: Type.Optional(
      Type.Array(
        Type.Object({ token: Type.String({ minLength: 1 }), account: ACCOUNT_ID, expires: gregorianSeconds }, strict)
      )
    ),
    attempts: Type.Optional(
      Type.Array(Type.Object({ e164, tries: count }, strict), { description: 'How often magic numbers were tried' })
    ),
    faults: Type.Optional(FAULT_RULES)
  },
  strict
)
export type StateDocument = Static<typeof STATE>
