import { unknownAccount } from '../../src/sandbox/accounts.js'
import { buyOne } from '../../src/operations/buy.js'
import type { Caller } from '../../src/operations/rules/permissions.js'
import { searchAvailable } from '../../src/operations/search.js'
import { DEFAULT_SANDBOX } from '../../src/sandbox/sandboxes.js'
import { ACCOUNT } from '../calls.js'
import { againstLimit, type Figure } from '../figures.js'
import { RESET_GOAL } from '../goals.js'
import { median } from '../rounds.js'
import { openInside, type Inside } from '../world.js'

const PURCHASES = 100
const TIMES = 31
const TIMES_AT_SIZE = 7

/** A reset after 100 purchases, timed inside the process: what a client sees besides is the price of an HTTP request. */
export async function resetRow(): Promise<Figure> {
  const inside = openInside()
  const times: number[] = []
  for (let i = 0; i < TIMES; i++) times.push(await purchaseAndReset(inside))
  inside.database.close()
  return againstLimit('reset after 100 purchases', 'ms', median(times), RESET_GOAL)
}

/**
 * The same in a database that holds `label` numbers. A reset gives them up; between two, the file is told that they are the
 * sandbox's still.
 */
export async function resetAtSize(file: string, label: string): Promise<Figure> {
  const times: number[] = []
  for (let i = 0; i < TIMES_AT_SIZE; i++) {
    const inside = openInside(file)
    const { worlds, close } = inside.database
    const world = worlds.named(DEFAULT_SANDBOX)
    if (world === undefined) throw new Error(`${file} has no default sandbox`)
    times.push(await purchaseAndReset(inside))
    worlds.name(DEFAULT_SANDBOX, world)
    close()
  }
  return againstLimit(`reset after 100 purchases, ${label} numbers held`, 'ms', median(times), RESET_GOAL)
}

async function purchaseAndReset({ sandboxes }: Inside): Promise<number> {
  const sandbox = sandboxes.default
  const caller: Caller = { account: unknownAccount(ACCOUNT), path: ACCOUNT, token: 'bench', acceptsCharges: false }
  const count = () => sandbox.store.numbers.count(ACCOUNT, { from: '+1212', to: '+1212:' })
  const had = count()
  const { numbers } = searchAvailable(sandbox, caller, { prefix: '212', quantity: String(PURCHASES) })
  for (const { number } of numbers) await buyOne(sandbox, caller, number, {})
  const bought = count() - had
  if (bought !== PURCHASES) throw new Error(`${bought} numbers instead of ${PURCHASES} before the reset`)
  const before = performance.now()
  sandboxes.reset(sandbox)
  const time = performance.now() - before
  if (count() !== 0) throw new Error(`${count()} numbers are left after the reset`)
  return time
}
