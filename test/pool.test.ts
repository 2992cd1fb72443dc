import fc from 'fast-check'
import t from 'tap'
import { openDatabase } from '../db/database.js'
import { EMPTY_WORLD, FIRST_WORLD } from '../db/world.js'
import { newNumber } from '../src/numbering/phone-number.js'
import { countPooled, pooled } from '../src/operations/pool.js'

/** Few exchanges and hundreds, so that pages begin in any of them. */
const national = fc
  .tuple(fc.constantFrom('415200', '415201', '415999', '416200'), fc.constantFrom('00', '01', '99'), fc.nat(99))
  .map(([exchange, hundred, line]) => exchange + hundred + String(line).padStart(2, '0'))
const prefix = fc.tuple(national, fc.integer({ min: 3, max: 10 })).map(([number, length]) => number.slice(0, length))

t.test('a page of the pool is what a plain list has there, wherever it begins', async (t) => {
  const page = fc.record({
    free: fc.uniqueArray(national, { maxLength: 250, size: 'max' }),
    taken: fc.uniqueArray(national, { maxLength: 10 }),
    prefix,
    // Below a hundred and above: either is skipped in a way of its own.
    skip: fc.nat(200),
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
      const found = pooled(store, begins, skip, limit)
      const count = countPooled(store, begins)
      database.close()
      return count === all.length && found.join() === all.slice(skip, skip + limit).join()
    }),
    // A smaller case is not looked for longer than that.
    { numRuns: 200, interruptAfterTimeLimit: 10_000 }
  )
  t.pass('in every case')
})
