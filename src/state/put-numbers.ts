import { checkNumbers, NUMBER, NUMBERS, type NumberFixture } from './fixture-schemas.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { fromFixture, toFixture } from './rows.js'
import { schemaFindings } from './schema-findings.js'
import { assertNone } from './checks.js'

/**
 * Puts numbers into a sandbox as they are, past the rules, in any state and for any account, and replaces those that exist.
 * Takes one or a list; all are put there, or none. Throws a StateError. Returns them with every field.
 */
export function putNumbers(sandbox: Sandbox, content: unknown): Required<NumberFixture>[] {
  const rows = checkNumberRows(content)
  const { store, clock, transaction } = sandbox
  const numbers = rows.map((row) => fromFixture(row, clock.now()))
  transaction(() => {
    for (const number of numbers) store.numbers.save(number, store.numbers.find(number.e164))
  })
  // No request has made these changes, and the journal must not show them with the next one.
  sandbox.drainChanges()
  return numbers.map(toFixture)
}

function checkNumberRows(content: unknown): readonly NumberFixture[] {
  const isList = Array.isArray(content)
  assertNone(schemaFindings(isList ? NUMBERS : NUMBER, content))
  const rows = (isList ? content : [content]) as NumberFixture[]
  // A single number has no position in the pointer.
  assertNone(checkNumbers(rows).map(({ at, message }) => ({ at: isList ? at : at.replace('/0', ''), message })))
  return rows
}
