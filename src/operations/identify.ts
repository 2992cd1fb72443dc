import { toE164 } from '../numbering/e164.js'
import type { State } from '../numbering/number-state.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'

/** The states in which a number tells whose it is. */
const TELLING: ReadonlySet<State> = new Set(['port_in', 'in_service', 'port_out', 'reserved'])

/** Shortest number that the reference implementation can look up at all. */
const SHORTEST = 5

/** The account that has a number. */
interface Owner {
  account_id: string
  number: string
}

/** The owner of a number, for every caller (reference implementation, `identify`). */
export function identify({ store }: Sandbox, input: string): Owner {
  const e164 = toE164(input)
  if (e164.length < SHORTEST) throw new Problem('unreadable_number')
  const number = store.numbers.find(e164)
  if (number === undefined) throw new Problem('bad_identifier')
  if (number.owner === null) throw new Problem('unassigned')
  const owner = { account_id: number.owner, number: e164 }
  if (!TELLING.has(number.state)) throw new Problem('not_in_service', owner)
  return owner
}
