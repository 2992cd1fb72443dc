import fc from 'fast-check'
import t from 'tap'
import { Journal, type JournalEntry } from '../src/journal/journal.js'
import type { StateChange, Texts } from '../src/journal/journal-entry.js'
import { STATES } from '../src/numbering/number-state.js'

/** What matters of an entry here. */
interface Given extends Texts {
  url: string
  changes: readonly StateChange[]
}

function enter(journal: Journal, { url, headers, body, answer, changes }: Given): void {
  journal.add({
    sandbox: 'default',
    loggedAt: 0,
    sender: { ip: '127.0.0.1', headers: JSON.stringify(headers) },
    url,
    body,
    course: { method: 'GET', status: 200, operation: undefined, outcome: undefined, fault: undefined, warnings: [] },
    answer,
    changes
  })
}

function said(entry: JournalEntry): Given {
  return { url: entry.url, ...entry.texts(), changes: entry.changes }
}

const state = fc.option(fc.constantFrom(...STATES))
const given: fc.Arbitrary<Given> = fc.record({
  url: fc.webPath(),
  headers: fc.dictionary(fc.stringMatching(/^[a-z-]{1,10}$/), fc.oneof(fc.string(), fc.array(fc.string()))),
  body: fc.string(),
  answer: fc.string(),
  changes: fc.array(fc.record({ e164: fc.stringMatching(/^\+1\d{10}$/), from: state, to: state }), { maxLength: 2 })
})
const step = fc.oneof(
  { weight: 20, arbitrary: given.map((entered) => ({ does: 'enter' as const, entered })) },
  { weight: 3, arbitrary: fc.nat(60).map((id) => ({ does: 'remove' as const, id: String(id) })) },
  { weight: 1, arbitrary: fc.constant({ does: 'clear' as const }) }
)

t.test('whatever comes and goes, each entry says what was entered', async (t) => {
  const journeys = fc.property(fc.integer({ min: 0, max: 8 }), fc.array(step, { maxLength: 60 }), (limit, steps) => {
    const journal = new Journal(limit)
    let model: { id: string; entered: Given }[] = []
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
      const found = journal.entries().map((entry) => ({ id: entry.id, entered: said(entry) }))
      if (JSON.stringify(found) !== JSON.stringify(model)) return false
    }
    return true
  })
  fc.assert(journeys, { numRuns: 150 })
  t.pass('in every case')
})

t.test('who listens hears of an entry that the journal does not keep', async (t) => {
  const journal = new Journal(0)
  const heard: Given[] = []
  journal.listen((entry) => heard.push(said(entry)))
  const sent = { url: '/', headers: { host: 'x' }, body: '{}', answer: 'yes', changes: [] }
  enter(journal, sent)
  t.same(heard, [sent])
  t.same(journal.entries(), [])
})
