import fc from 'fast-check'
import { newNumber, type PhoneNumber } from '../../src/numbering/phone-number.js'
import { type Test } from 'tap'
import { openDatabase, type Database, type Rows } from '../../db/database.js'

export const A = 'a'.repeat(32)

export const LATER = 63_900_000_000

export function number(e164: string, change: Partial<PhoneNumber> = {}): PhoneNumber {
  return { ...newNumber(e164, 'in_service', 'external', LATER), owner: A, ...change }
}

/** Few exchanges, so that pages begin in any of them, and one exchange that has most of the numbers. */
export const exchange = fc.oneof(
  { weight: 4, arbitrary: fc.constant('415201') },
  fc.constantFrom('415200', '415999', '416200')
)

export const national = fc
  .tuple(exchange, fc.constantFrom('00', '01', '99'), fc.nat(99))
  .map(([block, hundred, line]) => block + hundred + String(line).padStart(2, '0'))

export const prefix = fc.tuple(national, fc.integer({ min: 3, max: 10 })).map(([one, length]) => one.slice(0, length))

export const ALL = { from: '' }

export const B = 'b'.repeat(32)

export const EMPTY: Rows = { numbers: [], discoveries: [], searchPages: [], magicAttempts: [], tokens: [] }

/** A database in memory with some numbers, closed with the test. */
export function database(t: Test, numbers: readonly PhoneNumber[] = []): Database {
  const opened = openDatabase(undefined, { ...EMPTY, numbers })
  t.teardown(() => {
    opened.close()
  })
  return opened
}
