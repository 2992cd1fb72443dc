import t, { type Test } from 'tap'
import { DIALECT_NAMES, type DialectName } from '../../src/dialect.js'
import { isObject, type JsonObject } from '../../src/json.js'
import { ACCOUNTS } from '../harness/calls.js'
import { emulatorFor, type Subject } from '../harness/emulator-under-test.js'
import { NOON } from '../harness/play.js'

export const NUMBERS = `/v2/accounts/${ACCOUNTS.demo}/phone_numbers`

export const OWN = `${NUMBERS}/%2B14155558921`

/** `data` of a reply, or of a part of it. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

/** An emulator for each dialect; every test begins with it at the fixtures. */
export const emulators = new Map<DialectName, Promise<Subject>>(
  DIALECT_NAMES.map((dialect) => [
    dialect,
    emulatorFor(t, { clock: NOON, dialect, auth: 'strict', tokenSeconds: 3600 })
  ])
)

export function inBoth(
  title: string,
  test: (t: Test, emulator: Subject, isDocumented: boolean) => Promise<void>
): void {
  t.test(title, async (t) => {
    for (const [dialect, started] of emulators) {
      await t.test(dialect, async (t) => {
        const emulator = await started
        emulator.reset()
        await test(t, emulator, dialect === 'oneuc')
      })
    }
  })
}
