import type { ResetTarget } from './event.js'
import type { Sandbox } from './sandbox.js'

const EVERY_NUMBER = { from: '' }

/**
 * Puts what belongs to one account back to the fixtures, or to nothing: its numbers, the tokens of its logins, its rate limits, and
 * the fault rules that name it. A number of the fixtures that another account has now stays there. Returns how many numbers the
 * account has after it.
 */
export function resetAccount(sandbox: Sandbox, account: string, to: ResetTarget): number {
  const { store, transaction, initialState, faults, buckets, events } = sandbox
  const { rows } = initialState
  const isOwn = (row: { account?: string | undefined }) => row.account === account
  transaction(() => {
    const owned = store.numbers.browse({ range: EVERY_NUMBER, owner: account }, Number.MAX_SAFE_INTEGER)
    for (const number of owned) store.numbers.delete(number)
    store.tokens.deleteOf(account)
    if (to === 'empty') return
    for (const number of rows.numbers) {
      const isFree = store.numbers.find(number.e164)?.owner == null
      if (number.owner === account && isFree) store.numbers.save(number, store.numbers.find(number.e164))
    }
    for (const token of rows.tokens.filter(isOwn)) store.tokens.save(token)
  })
  // No request has made these changes, and the journal must not show them with the next one.
  sandbox.drainChanges()
  for (const { id } of faults.rules.filter(isOwn)) faults.remove(id)
  if (to === 'fixtures') for (const rule of initialState.faults.filter(isOwn)) faults.add(rule)
  buckets.forget(`${account}/`)
  events.emit({ type: 'reset', data: { parts: ['numbers'], to, account } })
  return store.numbers.countOwned(account)
}
