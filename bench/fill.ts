import { newNumber } from '../src/numbering/phone-number.js'
import type { State } from '../src/numbering/number-state.js'
import { ACCOUNT } from './calls.js'
import { openInside } from './world.js'

/** A child of the account, as the fixtures have it. */
const CHILD = '95a764139933c2d583a5d299729b8f55'

const AREA_CODES = ['415', '416', '417']
const LINES = 10_000
const AT_ONCE = 50_000

/** Of ten numbers eight are the account's, one its child's, and one has been given back. */
function holderOf(i: number): { state: State; owner: string | null } {
  if (i % 10 === 3) return { state: 'available', owner: null }
  return { state: 'in_service', owner: i % 10 === 7 ? CHILD : ACCOUNT }
}

/** Makes a database whose default sandbox holds `count` numbers, from the first that a search for 415 would offer. */
export function fill(file: string, count: number): void {
  const sandboxes = openInside(file)
  const { store, inventory, clock, transaction } = sandboxes.default
  const blocks = AREA_CODES.flatMap((npa) =>
    inventory.exchangesWithPrefix(npa).exchanges.flatMap(({ nxx, from }) => (from === 0 ? [npa + nxx] : []))
  )
  const now = clock.now()
  for (let start = 0; start < count; start += AT_ONCE) {
    transaction(() => {
      for (let i = start; i < Math.min(count, start + AT_ONCE); i++) {
        const block = blocks[Math.floor(i / LINES)] ?? ''
        const e164 = `+1${block}${String(i % LINES).padStart(4, '0')}`
        store.numbers.save({ ...newNumber(e164, 'in_service', 'external', now), ...holderOf(i) }, undefined)
      }
    })
  }
  sandboxes.close()
}
