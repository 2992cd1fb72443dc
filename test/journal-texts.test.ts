import fc from 'fast-check'
import t from 'tap'
import { Journal } from '../src/journal.js'
import type { Texts } from '../src/kept-texts.js'

/** An entry about which nothing matters but its texts. */
function enter(journal: Journal, texts: Texts): void {
  journal.add({
    id: journal.nextId(),
    sandbox: 'default',
    loggedAt: 0,
    method: 'GET',
    url: '/',
    clientIp: '127.0.0.1',
    status: 200,
    texts: journal.keep({
      ...texts,
      headers: JSON.stringify(texts.headers),
      bytes: Buffer.byteLength(texts.answer)
    }),
    operation: undefined,
    outcome: undefined,
    fault: undefined,
    changes: [],
    warnings: []
  })
}

/** Short ones, some of several bytes a character, and now and then one that no usual page holds. */
const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ minLength: 1_000, maxLength: 9_000 }) },
  { weight: 1, arbitrary: fc.constantFrom('ß'.repeat(20_000), 'x'.repeat(1_200_000)) }
)
const texts: fc.Arbitrary<Texts> = fc.record({
  headers: fc.dictionary(fc.stringMatching(/^[a-z-]{1,10}$/), fc.oneof(fc.string(), fc.array(fc.string()))),
  body: text,
  answer: text
})
const step = fc.oneof(
  { weight: 20, arbitrary: texts.map((entered) => ({ does: 'enter' as const, entered })) },
  { weight: 3, arbitrary: fc.nat(60).map((id) => ({ does: 'remove' as const, id: String(id) })) },
  { weight: 1, arbitrary: fc.constant({ does: 'clear' as const }) }
)

t.test('whatever comes and goes, each entry says what was entered', async (t) => {
  const journeys = fc.property(fc.integer({ min: 0, max: 8 }), fc.array(step, { maxLength: 60 }), (limit, steps) => {
    const journal = new Journal(limit)
    let model: { id: string; entered: Texts }[] = []
    let entered = 0
    for (const one of steps) {
      if (one.does === 'enter') {
        enter(journal, one.entered)
        model = [...model, { id: String(++entered), entered: one.entered }].slice(limit === 0 ? Infinity : -limit)
      } else if (one.does === 'remove') {
        const isThere = model.some(({ id }) => id === one.id)
        if (journal.remove(one.id) !== isThere) return false
        model = model.filter(({ id }) => id !== one.id)
      } else {
        journal.clear()
        model = []
      }
      const found = journal.entries().map(({ id, texts: kept }) => ({ id, entered: kept.read() }))
      if (JSON.stringify(found) !== JSON.stringify(model)) return false
    }
    return true
  })
  fc.assert(journeys, { numRuns: 150 })
  t.pass('in every case')
})

t.test('who listens hears of an entry that the journal does not keep', async (t) => {
  const journal = new Journal(0)
  const heard: Texts[] = []
  journal.listen((entry) => heard.push(entry.texts.read()))
  const sent = { headers: { host: 'x' }, body: '{}', answer: 'yes' }
  enter(journal, sent)
  t.same(heard, [sent])
  t.same(journal.entries(), [])
})

t.test('long texts that follow one another take one another’s place', async (t) => {
  const journal = new Journal(1)
  // The third comes where the first was too small for two, the fourth where the second was.
  for (const letter of ['a', 'b', 'c', 'd', 'e']) {
    const answer = letter.repeat(600_000)
    enter(journal, { headers: {}, body: letter, answer })
    t.same(
      journal.entries().map(({ texts: kept }) => kept.read()),
      [{ headers: {}, body: letter, answer }],
      letter
    )
  }
})
