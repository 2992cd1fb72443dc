import { Type, type Static } from '@sinclair/typebox'
import { MAX_RULES, NEW_FAULT_RULE } from '../sandbox/fault-rule.js'
import { STATES } from '../numbering/number-state.js'
import { DEEPEST_DOCUMENT } from '../numbering/public-fields.js'
import { accountId } from '../sandbox/accounts.js'
import { CLOCK } from '../sandbox/clock.js'
import { OWN_DELAYS } from '../sandbox/own-delays.js'
import { OWN_SETTINGS } from '../sandbox/own-settings.js'
import { PATTERNS } from '../text/patterns.js'
import { ACCOUNTS, e164, gregorianSeconds, NumberFixtures, SCHEMA_OF_EDITORS } from './fixture-schemas.js'
import { oneOf } from '../text/text-schema.js'

/**
 * Bytes of the largest state document. An export has about 225 for each number: the 8 MB of the other bodies would take 35,000
 * numbers, and these take 140,000. A text is parsed in one go, in which no other request has its turn and no signal is heard: 300 ms
 * for one of this size.
 */
export const MAX_STATE_BYTES = 32_000_000

/** Levels that a state document may nest: as many as a document of the API, which stands at most four levels inside of it. */
export const MAX_STATE_LEVELS = DEEPEST_DOCUMENT + 4

const strict = { additionalProperties: false }
const WholeNumber = (description: string) => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description })
const tenDigits = (description: string) => Type.String({ pattern: PATTERNS.tenDigits, description })

export const FAULT_RULES = Type.Array(
  Type.Object(
    {
      id: Type.Optional(
        Type.String({ pattern: PATTERNS.countingNumber, description: 'The id of the rule; by default the next one' })
      ),
      ...NEW_FAULT_RULE.properties,
      hits: Type.Optional(WholeNumber('How often the fault has happened'))
    },
    strict
  ),
  { maxItems: MAX_RULES, description: 'The fault rules; the first that fits a request counts' }
)

/** The schema of a state document: everything that a sandbox holds, or a part of it. */
export const STATE = Type.Object(
  {
    $schema: Type.Optional(SCHEMA_OF_EDITORS),
    version: Type.Optional(Type.Literal(1, { description: 'The version of this form' })),
    clock: Type.Optional(CLOCK),
    accounts: Type.Optional(ACCOUNTS),
    numbers: Type.Optional(NumberFixtures),
    offers: Type.Optional(
      Type.Array(
        Type.Object({ first: tenDigits('The first number of the run'), last: tenDigits('Its last number') }, strict),
        {
          description: 'What searches have returned: runs of ten-digit numbers'
        }
      )
    ),
    searches: Type.Optional(
      Type.Array(
        Type.Object(
          {
            query: Type.String({ pattern: PATTERNS.wholeCharacters, description: 'The query of the search' }),
            numbers: Type.Array(
              Type.Object(
                {
                  number: e164('A number that it found'),
                  state: oneOf(STATES, { description: 'The state that it showed' })
                },
                strict
              ),
              { description: 'What it found' }
            )
          },
          strict
        ),
        { description: 'What searches have found, where later pages are cut from the first' }
      )
    ),
    tokens: Type.Optional(
      Type.Array(
        Type.Object(
          {
            token: Type.String({ minLength: 1, pattern: PATTERNS.wholeCharacters, description: 'The token' }),
            account: accountId('The id of its account'),
            expires: gregorianSeconds('When it expires')
          },
          strict
        ),
        { description: 'The tokens of logins' }
      )
    ),
    attempts: Type.Optional(
      Type.Array(Type.Object({ e164: e164('A magic number'), tries: WholeNumber('How often it was tried') }, strict), {
        description: 'How often magic numbers were tried'
      })
    ),
    faults: Type.Optional(FAULT_RULES),
    timing: Type.Optional(
      Type.Object(OWN_DELAYS.properties, {
        ...strict,
        description: 'How long changes take that begin from now on; the others are those of the process'
      })
    ),
    settings: Type.Optional(
      Type.Object(OWN_SETTINGS.properties, {
        ...strict,
        description: 'The settings that the sandbox has of its own; the others are those of the process'
      })
    )
  },
  strict
)
export type StateDocument = Static<typeof STATE>
