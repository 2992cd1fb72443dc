import { assertNone, FindingsError } from '../findings/findings-error.js'
import type { PhoneNumber } from '../numbering/phone-number.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { numbersFindings } from './checks.js'
import type { NumberFixture } from './fixture-schemas.js'
import { fromFixture, toFixture } from './rows.js'
import { inPieces, type TakeTurn } from './pieces.js'

/** Numbers of one call: they are written in one go, so that all of them are there or none, which takes 10 ms for each thousand. */
const MAX_PUT_NUMBERS = 25_000

/**
 * Puts numbers into a sandbox as they are, past the rules, in any state and for any account, and replaces those that exist.
 * Takes one or a list; all are put there, or none. Throws a FindingsError. Returns them with every field.
 */
export async function putNumbers(sandbox: Sandbox, content: unknown): Promise<Required<NumberFixture>[]> {
  const { clock, takeTurn } = sandbox
  const rows = await checkNumberRows(content, takeTurn)
  const numbers: PhoneNumber[] = []
  const now = clock.now()
  for await (const { piece } of inPieces(rows, takeTurn)) for (const row of piece) numbers.push(fromFixture(row, now))
  save(sandbox, numbers)
  const saved: Required<NumberFixture>[] = []
  for await (const { piece } of inPieces(numbers, takeTurn)) for (const number of piece) saved.push(toFixture(number))
  return saved
}

function save(sandbox: Sandbox, numbers: readonly PhoneNumber[]): void {
  const { store, transaction } = sandbox
  transaction(() => {
    for (const number of numbers) store.numbers.save(number, store.numbers.find(number.e164))
  })
  // No request has made these changes, and the journal must not show them with the next one.
  sandbox.drainChanges()
}

async function checkNumberRows(content: unknown, takeTurn: TakeTurn): Promise<readonly NumberFixture[]> {
  if (Array.isArray(content) && content.length > MAX_PUT_NUMBERS) {
    throw new FindingsError([
      { at: '', message: `must have at most ${MAX_PUT_NUMBERS} items; send them in several calls` }
    ])
  }
  assertNone(await numbersFindings(content, takeTurn))
  return [content].flat() as NumberFixture[]
}
