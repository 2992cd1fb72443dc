/** A list is made in SQL: it shows what the number itself shows, in the bytes that JSON.stringify writes. */
import fc from 'fast-check'
import t from 'tap'
import type { Database } from '../../db/database.js'
import { DIALECT_NAMES, dialectOf } from '../../src/dialect.js'
import { availableFeatures } from '../../src/numbering/features.js'
import { ListAnswer } from '../../src/numbering/number-schema.js'
import { viewRules, type ViewRules } from '../../src/numbering/views.js'
import { A, ALL, database, number } from './store-under-test.js'

const NUMBER = '+14155550100'

const VIEWS = DIALECT_NAMES.flatMap((name) => [true, false].map((admin) => viewRules(dialectOf(name), admin)))

/** What a list should show of a number that `numbers.find` returns. */
function expected({ numbers }: Database, rules: ViewRules): string | undefined {
  const found = numbers.find(NUMBER)
  return (
    found &&
    JSON.stringify({
      assigned_to: found.owner,
      created: found.createdAt,
      features: found.features,
      state: found.state,
      updated: found.modifiedAt,
      ...(rules.dialect.features_view === 'available' && {
        features_allowed: [],
        features_available: availableFeatures(found, rules),
        features_denied: []
      }),
      ...(found.usedBy === null ? {} : { used_by: found.usedBy })
    })
  )
}

const ASCII = String.fromCharCode(...Array.from({ length: 0x80 }, (_, code) => code))

const TEXTS: readonly [says: string, text: string][] = [
  ['an empty text', ''],
  ['quotes and backslashes', '"\\\'/</script>'],
  ['every character of ASCII', ASCII],
  ['controls of Latin-1', '\u0080\u0085\u009f\u00a0\u00ad'],
  ['letters of others', 'ключ Straße 電話'],
  ['line separators', '\u2028\u2029\ufeff'],
  ['characters beyond the basic plane', '\u{1f4de}\u{10ffff}'],
  ['lone surrogates', 'a\ud800b\udfff\udc00\ud800'],
  ['JSON', '{"a":[1,null]}'],
  ['an escape', '\\u0041\\n']
]

t.test('a list shows the texts of a number as the number itself does', async (t) => {
  for (const [says, text] of TEXTS) {
    const owner = A + text
    const store = database(t, [number(NUMBER, { owner, usedBy: text, features: [text, 'e911'], carrier: 'local' })])
    for (const rules of VIEWS) {
      const rows = store.numbers.list(owner, ALL, [], rules)
      t.same(rows, [[NUMBER, expected(store, rules)]], `${says}: ${rules.dialect.name}`)
    }
  }
})

t.test('a list shows any number as the number itself does', async (t) => {
  const text = fc.string({ unit: 'binary' })
  const anyNumber = fc.record({
    usedBy: fc.option(fc.oneof(text, fc.constant('trunkstore'))),
    features: fc.array(text),
    carrier: fc.constantFrom('local' as const, 'external' as const),
    createdAt: fc.nat({ max: 10 ** 12 }),
    modifiedAt: fc.nat({ max: 10 ** 12 })
  })
  const store = database(t)
  fc.assert(
    fc.property(anyNumber, fc.constantFrom(...VIEWS), (change, rules) => {
      store.numbers.save(number(NUMBER, change), store.numbers.find(NUMBER))
      const [row] = store.numbers.list(A, ALL, [], rules)
      return row?.[1] === expected(store, rules)
    })
  )
})

t.test('a list has the keys that its schema names, in that order', async (t) => {
  const { numbers } = database(t, [number(NUMBER)])
  const rows = numbers.list(A, ALL, [], viewRules(dialectOf('oneuc'), false))
  const { properties } = ListAnswer.properties.numbers.additionalProperties as { properties: object }
  t.same(
    rows.map(([, entry]) => Object.keys(JSON.parse(entry) as object)),
    [Object.keys(properties)]
  )
})
