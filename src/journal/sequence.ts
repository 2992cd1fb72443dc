import type { JournalEntry } from './journal-entry.js'
import { redactUrl } from './redaction.js'
import type { EntryTest } from './request-pattern.js'

/** The most patterns of a sequence. */
export const MAX_SEQUENCE = 20

/** The most requests that a message about a sequence lists. */
const MAX_LISTED = 20

/** A pattern of a sequence, and its words in a message. */
export interface SequenceStep {
  matches: EntryTest
  description: string
}

/** Whether requests came in an order. `found` has the first request for each pattern in turn, as far as there is one. */
interface SequenceResult {
  isMet: boolean
  found: JournalEntry[]
  message: string
}

/** Looks for requests that match patterns one after another; others may stand between. One request a step. */
export function* findSequence(
  entries: readonly JournalEntry[],
  steps: readonly SequenceStep[]
): Generator<undefined, SequenceResult> {
  const found: JournalEntry[] = []
  for (const entry of entries) {
    // The earliest request for each pattern leaves the most for those behind it.
    const step = steps[found.length]
    if (step !== undefined && (yield* step.matches(entry))) found.push(entry)
    yield
  }
  return { isMet: found.length === steps.length, found, message: describeSequence(entries, steps, found) }
}

function describeSequence(
  entries: readonly JournalEntry[],
  steps: readonly SequenceStep[],
  found: readonly JournalEntry[]
): string {
  const previous = found.at(-1)
  const wanted = steps.map(({ description }, i) => {
    const one = found[i]
    const missing = previous === undefined ? 'no request' : `no request after ${previous.id}`
    return `  ${i + 1}. ${description}: ${one !== undefined ? `request ${one.id}` : i === found.length ? missing : 'not looked for'}`
  })
  const last = entries.slice(-MAX_LISTED).map(({ id, method, url, operation, outcome, status }) => {
    const name = operation === undefined ? 'no route' : `${operation}.${outcome ?? 'none'}`
    return `  ${id}. ${method} ${redactUrl(url).slice(0, 200)}: ${status} ${name}`
  })
  const left = entries.length - last.length
  const came = [...(left > 0 ? [`  (${left} earlier)`] : []), ...last]
  return [
    'expected requests in this order:',
    ...wanted,
    ...(came.length === 0 ? ['but there was no request'] : ['but these came:', ...came])
  ].join('\n')
}
