import fc from 'fast-check'
import t from 'tap'
import { openDatabase } from '../db/database.js'
import { EMPTY_WORLD, FIRST_WORLD } from '../db/world.js'
import { newNumber } from '../src/numbering/phone-number.js'
import { countAvailable, listAvailable } from '../src/operations/rules/available-numbers.js'

/** Few exchanges and hundreds, so that pages begin in any of them, and one exchange that has most of the numbers. */
const exchange = fc.oneof(
  { weight: 4, arbitrary: fc.constant('415201') },
  fc.constantFrom('415200', '415999', '416200')
)
const national = fc
  .tuple(exchange, fc.constantFrom('00', '01', '99'), fc.nat(99))
  .map(([block, hundred, line]) => block + hundred + String(line).padStart(2, '0'))
const prefix = fc.tuple(national, fc.integer({ min: 3, max: 10 })).map(([number, length]) => number.slice(0, length))

t.test('a page of the pool is what a plain list has there, wherever it begins', async (t) => {
  const page = fc.record({
    free: fc.uniqueArray(national, { maxLength: 250, size: 'max' }),
    taken: fc.uniqueArray(national, { maxLength: 10 }),
    prefix,
    // Below a hundred of one exchange and above: either is skipped in a way of its own.
    skip: fc.nat(220),
    limit: fc.nat(10)
  })
  fc.assert(
    fc.property(page, ({ free, taken, prefix: begins, skip, limit }) => {
      const database = openDatabase()
      const store = database.storeOf({ id: FIRST_WORLD, base: EMPTY_WORLD })
      for (const number of free) store.numbers.save(newNumber(`+1${number}`, 'available', 'external', 0), undefined)
      for (const number of taken.filter((one) => free.includes(one))) {
        const before = newNumber(`+1${number}`, 'available', 'external', 0)
        store.numbers.save({ ...before, state: 'in_service', owner: 'somebody' }, before)
      }
      const all = free
        .filter((number) => !taken.includes(number) && number.startsWith(begins))
        .map((number) => `+1${number}`)
        .sort()
      const found = listAvailable(store, begins, skip, limit)
      const count = countAvailable(store, begins)
      database.close()
      return count === all.length && found.join() === all.slice(skip, skip + limit).join()
    }),
    // A smaller case is not looked for longer than that.
    { numRuns: 200, interruptAfterTimeLimit: 10_000 }
  )
  t.pass('in every case')
})

t.test('a page that begins far inside an exchange is what a plain list has there', async (t) => {
  const database = openDatabase()
  t.teardown(() => {
    database.close()
  })
  const store = database.storeOf({ id: FIRST_WORLD, base: EMPTY_WORLD })
  // Every other number of five hundreds.
  const all = Array.from({ length: 250 }, (_, i) => `+1415201${String(2 * i).padStart(4, '0')}`)
  for (const e164 of all) store.numbers.save(newNumber(e164, 'available', 'external', 0), undefined)
  for (const skip of [0, 49, 50, 99, 100, 101, 149, 150, 249, 250]) {
    t.same(listAvailable(store, '415', skip, 3), all.slice(skip, skip + 3), `after ${skip} of them`)
  }
})
