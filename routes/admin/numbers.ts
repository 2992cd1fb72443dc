import { Type, type Static } from '@sinclair/typebox'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { notFound } from '../../src/admin/problems.js'
import { takesQuery } from '../../src/admin/validation.js'
import type { App } from '../../src/api/app-type.js'
import type { Part } from '../../src/findings/part.js'
import { isPhoneNumber, toE164 } from '../../src/numbering/e164.js'
import { ACTIONS, isState, STATES, TRANSITIONS, type CurrentState } from '../../src/numbering/number-state.js'
import type { PhoneNumber } from '../../src/numbering/phone-number.js'
import { e164Prefix } from '../../src/numbering/prefix.js'
import { readStartKey } from '../../src/numbering/start-key.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import { queryKey } from '../schemas.js'
import { oneOf } from '../../src/text/text-schema.js'

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1000

const BrowseQuery = Type.Object(
  {
    account: queryKey('id of the account that owns the numbers'),
    state: Type.Optional(oneOf(STATES)),
    prefix: queryKey('the first digits: +1415, 1415 or 415'),
    limit: queryKey(`numbers of a page, 1 to ${MAX_LIMIT}; ${DEFAULT_LIMIT} where it is left out`),
    start_key: queryKey('next_start_key of the page before')
  },
  { additionalProperties: false }
)

/** Lists the numbers of all accounts of a sandbox, and the state machine that they follow. */
export function browseNumbers(admin: App, options: AdminOptions): void {
  admin.get('/states', async () => ({ states: STATES, transitions: listTransitions() }))
  admin.get('/numbers', takesQuery(BrowseQuery, browseFindings), async (request) => {
    const { account, state, limit = DEFAULT_LIMIT, start_key = '' } = request.query
    const prefix = e164Prefix(request.query.prefix ?? '')
    const start = readStartKey(start_key)
    const size = Number(limit)
    const { store } = sandboxOf(options, request)
    const filter = { owner: account, range: { from: prefix, to: `${prefix}:` } }
    const counts = store.numbers.countByState(filter)
    const from = start > prefix ? start : prefix
    const found = store.numbers.browse({ ...filter, state, range: { ...filter.range, from } }, size + 1)
    return {
      numbers: found.slice(0, size).map(toSummary),
      total: Object.entries(counts).reduce(
        (sum, [name, n]) => (state === undefined || name === state ? sum + n : sum),
        0
      ),
      counts,
      next_start_key: found[size]?.e164
    }
  })
  admin.get('/numbers/:number', async (request) => {
    const { number } = request.params as { number: string }
    const e164 = toE164(number)
    const sandbox = sandboxOf(options, request)
    const found = isPhoneNumber(e164) ? sandbox.store.numbers.find(e164) : undefined
    if (found === undefined) throw notFound(`number ${number}`)
    return describeNumber(sandbox, found)
  })
}

const browseFindings = (query: Part<Static<typeof BrowseQuery>>) =>
  query.check('/limit', ['limit'], ({ limit = String(DEFAULT_LIMIT) }) =>
    /^\d{1,4}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= MAX_LIMIT
      ? undefined
      : `must be a whole number from 1 to ${MAX_LIMIT}`
  )

function toSummary({ e164, state, owner, usedBy, features, createdAt, modifiedAt }: PhoneNumber) {
  return { number: e164, state, account: owner, used_by: usedBy, features, created: createdAt, modified: modifiedAt }
}

/** A number whole, with the changes of its state that the journal still holds, the earliest first. */
function describeNumber({ journal }: Sandbox, number: PhoneNumber) {
  return {
    ...toSummary(number),
    carrier: number.carrier,
    reserved_by: number.history,
    document: number.document,
    delays: number.pending,
    changes: journal
      .entries()
      .flatMap(({ id, loggedAt, changes }) =>
        changes
          .filter(({ e164 }) => e164 === number.e164)
          .map(({ from, to }) => ({ from, to, request: id, at: new Date(loggedAt).toISOString() }))
      )
  }
}

function listTransitions() {
  return (Object.keys(TRANSITIONS) as CurrentState[]).flatMap((from) =>
    ACTIONS.flatMap((action) => {
      const to = TRANSITIONS[from][action]
      return isState(to) ? [{ from, action, to }] : []
    })
  )
}
