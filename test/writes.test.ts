/** What is written together, and what is rolled back. */
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { openDatabase, type Database, type Store } from '../db/database.js'
import { EMPTY_WORLD, FIRST_WORLD } from '../db/world.js'
import { STATES } from '../src/numbering/number-state.js'
import type { PhoneNumber } from '../src/numbering/phone-number.js'
import {
  A,
  B,
  database,
  differenceOf,
  exchangesOf,
  LATER,
  number,
  POOL,
  worldOver,
  written
} from './store-under-test.js'

/** What is done to a store, some of it together, all or none. */
type Deed =
  | { verb: 'save'; e164: string; state: PhoneNumber['state']; owner: string | null }
  | { verb: 'remove' | 'offer'; e164: string }
  | { verb: 'look' }
  | { verb: 'together'; deeds: Deed[]; fails: boolean }

const { deed } = fc.letrec<{ deed: Deed }>((tie) => ({
  deed: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({
      verb: fc.constant('save' as const),
      e164: fc.constantFrom(...POOL),
      state: fc.constantFrom(...STATES),
      owner: fc.constantFrom(A, B, null)
    }),
    fc.record({ verb: fc.constantFrom('remove' as const, 'offer' as const), e164: fc.constantFrom(...POOL) }),
    fc.record({ verb: fc.constant('look' as const) }),
    fc.record({
      verb: fc.constant('together' as const),
      deeds: fc.array(tie('deed'), { maxLength: 6 }),
      fails: fc.boolean()
    })
  )
}))

/** What should be there. */
interface Model {
  numbers: Map<string, PhoneNumber>
  offered: Set<string>
}

/** Does it to both. Throws where they differ on the way. */
function perform(one: Deed, opened: Database, store: Store, model: Model): void {
  const { numbers, discoveries } = store
  switch (one.verb) {
    case 'save': {
      const saved = number(one.e164, { state: one.state, owner: one.owner })
      numbers.save(saved, numbers.find(one.e164))
      model.numbers.set(one.e164, saved)
      return
    }
    case 'remove': {
      const before = numbers.find(one.e164)
      if (before !== undefined) numbers.remove(before)
      model.numbers.delete(one.e164)
      return
    }
    case 'offer': {
      const national = one.e164.slice(-10)
      discoveries.add({ first: national, last: national })
      model.offered.add(national)
      return
    }
    case 'look': {
      const difference = differenceOf(store, model.numbers)
      if (difference !== undefined) throw new Error(`${difference} differs`)
      const nationals = POOL.map((e164) => e164.slice(-10))
      const wrong = nationals.filter((national) => discoveries.has(national) !== model.offered.has(national))
      if (wrong.length > 0) throw new Error(`${wrong.join()}: offered or not?`)
      return
    }
    case 'together': {
      const before = { numbers: new Map(model.numbers), offered: new Set(model.offered) }
      const refused = new Error('refused')
      try {
        opened.transaction(() => {
          for (const inner of one.deeds) perform(inner, opened, store, model)
          if (one.fails) throw refused
        })
      } catch (error) {
        if (error !== refused) throw error
        Object.assign(model, before)
      }
    }
  }
}

for (const [where, file] of [
  ['in memory', undefined],
  ['in a file', 'numbers.db']
] as const) {
  t.test(`what is done together ${where} is done whole or not at all, however it is nested`, async (t) => {
    const folder = t.testdir({})
    let turn = 0
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 12 }), (deeds) => {
        const opened = openDatabase(file === undefined ? undefined : join(folder, `${turn++}-${file}`))
        try {
          const base = number('+14152330096', { state: 'available', owner: null })
          const store = worldOver(opened, [base])
          const model = { numbers: new Map([[base.e164, base]]), offered: new Set<string>() }
          for (const one of [...deeds, { verb: 'look' } as const]) perform(one, opened, store, model)
        } finally {
          opened.close()
        }
      }),
      { numRuns: file === undefined ? 300 : 30 }
    )
  })
}

t.test('of numbers that were given up with their world, none comes back', async (t) => {
  const opened = database(t)
  const id = opened.worlds.create()
  const numbers = () => opened.storeOf({ id, base: EMPTY_WORLD }).numbers
  numbers().save(number('+14155550100'), undefined)
  opened.worlds.abandon(id)
  t.same(written(numbers().everything()), [])
})

t.test('all of a transaction is kept, or nothing', async (t) => {
  const opened = database(t)
  const { numbers, exchangeCounts } = worldOver(opened)
  const save = (e164: string) => {
    numbers.save(number(e164), undefined)
  }
  t.throws(() => {
    opened.transaction(() => {
      save('+14155550100')
      throw new Error('refused')
    })
  }, /refused/)
  t.equal(numbers.find('+14155550100'), undefined)
  t.same(exchangesOf({ exchangeCounts }, '415'), [])
  t.equal(
    opened.transaction(() => {
      save('+14155550101')
      t.throws(() => {
        opened.transaction(() => {
          save('+14155550102')
          throw new Error('the inner one')
        })
      })
      return 'kept'
    }),
    'kept'
  )
  t.same(written(numbers.everything()), ['+14155550101'])
})

t.test('what is rolled back is not remembered either', async (t) => {
  const opened = database(t)
  const store = worldOver(opened)
  const { numbers, exchangeCounts, discoveries } = store
  const kept = number('+14155550100', { state: 'available', owner: null })
  numbers.save(kept, undefined)
  const seen = () => ({
    found: numbers.find('+14155550101'),
    kept: numbers.find(kept.e164),
    owned: numbers.owned(A),
    due: written(numbers.due(5)),
    exchanges: exchangesOf(store, '415'),
    pooled: exchangeCounts.exchangesOf('415').allPooled,
    offered: [discoveries.has('4155550105'), discoveries.has('4155550106')]
  })
  const before = seen()
  t.throws(() => {
    opened.transaction(() => {
      numbers.save(number('+14155550101', { pending: { aging: { due: 3 } } }), undefined)
      numbers.save({ ...kept, state: 'in_service', owner: A }, kept)
      discoveries.add({ first: '4155550105', last: '4155550106' })
      t.notSame(seen(), before)
      throw new Error('refused')
    })
  }, /refused/)
  t.same(seen(), before)
  discoveries.add({ first: '4155550105', last: '4155550106' })
  t.ok(discoveries.has('4155550105'), 'and an offer that was undone may be made again')
})

/** Each way of writing a row, and what is seen of it. */
const WAYS: Record<
  string,
  { write: (store: Store, opened: Database) => void; seen: (store: Store, opened: Database) => unknown }
> = {
  'an offer beside none': {
    write: ({ discoveries }) => {
      discoveries.add({ first: '2125550101', last: '2125550101' })
    },
    seen: ({ discoveries }) => discoveries.everything()
  },
  'an offer that goes on from the one before': {
    write: ({ discoveries }) => {
      discoveries.add({ first: '4155550101', last: '4155550101' })
    },
    seen: ({ discoveries }) => discoveries.everything()
  },
  'a page that was found': {
    write: ({ searchPages }) => {
      searchPages.put('415', [])
    },
    seen: ({ searchPages }) => searchPages.everything()
  },
  'a try': {
    write: ({ magicAttempts }) => {
      magicAttempts.next('+14155550100')
    },
    seen: ({ magicAttempts }) => magicAttempts.everything()
  },
  'a number of tries': {
    write: ({ magicAttempts }) => {
      magicAttempts.put({ e164: '+14155550100', tries: 3 })
    },
    seen: ({ magicAttempts }) => magicAttempts.everything()
  },
  'a token': {
    write: ({ tokens }) => {
      tokens.put({ token: 'new', account: A, expires: LATER })
    },
    seen: ({ tokens }) => tokens.everything()
  },
  'a token, and those that have expired': {
    write: ({ tokens }) => {
      tokens.add({ token: 'new', account: A, expires: LATER }, LATER)
    },
    seen: ({ tokens }) => tokens.everything()
  },
  'the name of a world': {
    write: (_, { worlds }) => {
      worlds.name('mine', { id: FIRST_WORLD, base: EMPTY_WORLD })
    },
    seen: (_, { worlds }) => worlds.names()
  },
  'the end of a name': {
    write: (_, { worlds }) => {
      worlds.forget('known')
    },
    seen: (_, { worlds }) => worlds.names()
  },
  'a number that is taken away': {
    write: ({ numbers }) => {
      numbers.remove(number('+14155550100'))
    },
    seen: ({ numbers }) => [...numbers.everything()]
  }
}

for (const [what, { write, seen }] of Object.entries(WAYS)) {
  t.test(`${what} is rolled back with its transaction, and with it a number that was saved before`, async (t) => {
    const opened = database(t)
    const store = worldOver(opened, [number('+14155550100')])
    store.discoveries.add({ first: '4155550100', last: '4155550100' })
    store.tokens.put({ token: 'old', account: A, expires: 0 })
    opened.worlds.name('known', { id: FIRST_WORLD, base: EMPTY_WORLD })
    const before = seen(store, opened)
    const together = (end: () => void) => {
      opened.transaction(() => {
        store.numbers.save(number('+14155550101'), undefined)
        write(store, opened)
        end()
      })
    }
    t.throws(() => {
      together(() => {
        throw new Error('refused')
      })
    }, /refused/)
    t.same(seen(store, opened), before)
    t.equal(store.numbers.find('+14155550101'), undefined)
    together(() => undefined)
    t.notSame(seen(store, opened), before)
    t.ok(store.numbers.find('+14155550101'))
  })
}
