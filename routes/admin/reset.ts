import { Type, type Static } from '@sinclair/typebox'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { AdminProblem } from '../../src/admin/problems.js'
import { takesQuery } from '../../src/admin/validation.js'
import type { App } from '../../src/api/app-type.js'
import type { Finding } from '../../src/findings/finding.js'
import type { Part } from '../../src/findings/part.js'
import { ACCOUNT_ID_LENGTH } from '../../src/sandbox/accounts.js'
import { resetAccount } from '../../src/sandbox/account-reset.js'
import { RESET_TARGETS, RESETTABLE, type Resettable } from '../../src/sandbox/event.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import { namesIn } from '../../src/text/kinds.js'
import { suggest } from '../../src/text/nearest.js'
import { oneOf } from '../../src/text/text-schema.js'

const ResetQuery = Type.Object(
  {
    to: Type.Optional(oneOf(RESET_TARGETS)),
    only: Type.Optional(Type.String({ description: `some of ${RESETTABLE.join(',')}` })),
    account: Type.Optional(
      Type.String({ maxLength: 100, description: 'The id of the only account whose part is reset; without `only`' })
    )
  },
  { additionalProperties: false }
)

/**
 * Puts a sandbox back to the fixtures, or empties it (`?to=empty`), as a whole, in parts (`?only=numbers,faults`), or what belongs
 * to one account (`?account=ID`).
 */
export function reset(admin: App, options: AdminOptions): void {
  admin.post('/reset', takesQuery(ResetQuery, resetFindings), async (request) => {
    const { to = 'fixtures', only, account } = request.query
    const sandbox = sandboxOf(options, request)
    const done = { status: 'reset', sandbox: sandbox.name }
    if (account !== undefined) {
      assertAccount(sandbox, account)
      return { ...done, account, numbers: resetAccount(sandbox, account, to) }
    }
    if (only === undefined) sandbox.reset(to)
    else sandbox.resetParts(namesIn(only).filter(isResettable), to)
    return done
  })
}

/** Throws where the API would answer that there is no such account: while `accounts` is auto, every id of 32 characters is one. */
function assertAccount({ accounts, behaviour }: Sandbox, id: string): void {
  const isKnown = behaviour.accounts === 'auto' ? Buffer.byteLength(id) === ACCOUNT_ID_LENGTH : accounts.has(id)
  if (isKnown) return
  throw new AdminProblem(
    404,
    'not_found',
    `there is no account ${id}; ${suggest(id, [...accounts.keys()])}`,
    '/account'
  )
}

function resetFindings(query: Part<Static<typeof ResetQuery>>): Finding[] {
  return [
    ...query.check('/only', ['only', 'account'], ({ only, account }) =>
      only !== undefined && account !== undefined ? 'must not stand beside account, which has no such parts' : undefined
    ),
    ...query.check('/only', ['only'], ({ only }) =>
      only === undefined || namesIn(only).every(isResettable) ? undefined : `must be some of ${RESETTABLE.join(', ')}`
    )
  ]
}

function isResettable(name: string): name is Resettable {
  return RESETTABLE.some((one) => one === name)
}
