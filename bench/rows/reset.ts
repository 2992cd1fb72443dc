import Connection from 'better-sqlite3'
import { unknownAccount } from '../../src/accounts.js'
import { buyOne } from '../../src/operations/buy.js'
import type { Caller } from '../../src/operations/caller.js'
import { searchAvailable } from '../../src/operations/search.js'
import { ACCOUNT } from '../calls.js'
import { againstLimit, type Figure } from '../figures.js'
import { RESET_GOAL } from '../goals.js'
import { median } from '../rounds.js'
import { openInside, type Inside } from '../world.js'

const PURCHASES = 100
const TIMES = 31
const TIMES_AT_SIZE = 7

interface World {
  world: number
  base: number
}

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
    const world = worldOf(file)
    const inside = openInside(file)
    times.push(await purchaseAndReset(inside))
    inside.database.close()
    giveBack(file, world)
  }
  return againstLimit(`reset after 100 purchases, ${label} numbers held`, 'ms', median(times), RESET_GOAL)
}

/** The row that says which world is the default sandbox's. */
function worldOf(file: string): World {
  const connection = new Connection(file)
  const world = connection.prepare<[], World>("SELECT world, base FROM sandbox WHERE name = 'default'").get()
  connection.close()
  if (world === undefined) throw new Error(`${file} has no default sandbox`)
  return world
}

/** Undoes what a reset says in the file: that the sandbox has another world. */
function giveBack(file: string, { world, base }: World): void {
  const connection = new Connection(file)
  connection.prepare("UPDATE sandbox SET world = ?, base = ? WHERE name = 'default'").run(world, base)
  connection.close()
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
