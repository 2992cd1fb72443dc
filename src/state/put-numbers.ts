import { checkNumbers, NUMBER, NUMBERS, type NumberFixture } from './fixture-schemas.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { fromFixture, toFixture } from './rows.js'
import { schemaFindings } from './schema-findings.js'
import { refuse } from './checks.js'

/**
 * Puts numbers into a sandbox as they are, past the rules, in any state and for anybody; those that are there already are
 * replaced. Takes one or a list, all or none. Throws a StateError. Returns them with every field.
 */
export function putNumbers(sandbox: Sandbox, content: unknown): Required<NumberFixture>[] {
  const rows = checkedNumbers(content)
  const { store, clock, transaction } = sandbox
  const numbers = rows.map((row) => fromFixture(row, clock.now()))
  transaction(() => {
    for (const number of numbers) store.numbers.save(number, store.numbers.find(number.e164))
  })
  // They are nobody's request: without this the next one would seem to have made them.
  sandbox.drainChanges()
  return numbers.map(toFixture)
}

function checkedNumbers(content: unknown): readonly NumberFixture[] {
  const isList = Array.isArray(content)
  refuse(schemaFindings(isList ? NUMBERS : NUMBER, content))
  const rows = (isList ? content : [content]) as NumberFixture[]
  // The pointer to a single number does not count it.
  refuse(checkNumbers(rows).map(({ at, message }) => ({ at: isList ? at : at.replace('/0', ''), message })))
  return rows
}
