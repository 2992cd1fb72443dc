import { unknownAccount } from '../../src/sandbox/accounts.js'
import { activate } from '../../src/operations/activate.js'
import type { Caller } from '../../src/operations/rules/permissions.js'
import { searchAvailable } from '../../src/operations/search.js'
import { ACCOUNT } from '../calls.js'
import { againstLimit, type Figure } from '../figures.js'
import { RESET_GOAL } from '../goals.js'
import { median } from '../rounds.js'
import type { Sandboxes } from '../../src/sandbox/sandboxes.js'
import { openInside } from '../world.js'

const PURCHASES = 100
const TIMES = 31

/** A reset after 100 purchases, timed inside the process: what a client sees besides is the price of an HTTP request. */
export function resetRow(): Figure {
  const inside = openInside()
  const times: number[] = []
  for (let i = 0; i < TIMES; i++) times.push(purchaseAndReset(inside))
  inside.close()
  return againstLimit('reset after 100 purchases', 'ms', median(times), RESET_GOAL)
}

function purchaseAndReset({ default: sandbox }: Sandboxes): number {
  const caller: Caller = { account: unknownAccount(ACCOUNT), path: ACCOUNT, token: 'bench', acceptsCharges: false }
  const count = () => sandbox.store.numbers.count(ACCOUNT, { from: '+1212', to: '+1212:' })
  const had = count()
  const numbers = searchAvailable(sandbox, caller, { prefix: '212', quantity: String(PURCHASES) })
  for (const { number } of numbers) activate(sandbox, caller, number, {})
  const bought = count() - had
  if (bought !== PURCHASES) throw new Error(`${bought} numbers instead of ${PURCHASES} before the reset`)
  const before = performance.now()
  sandbox.reset()
  const time = performance.now() - before
  if (count() !== 0) throw new Error(`${count()} numbers are left after the reset`)
  return time
}
