import type { JournalEntry } from './journal-entry.js'
import { toRecordedRequest } from './recorded-request.js'
import type { EntryCondition } from './request-pattern.js'
import { shorten } from '../text/shorten.js'

/** How many requests a message names. */
const NEAREST = 3

/** The longest URL that a message repeats, in characters. */
const MAX_SHOWN_URL = 200

/** Describes the requests that meet most conditions of a pattern, the newest first among equals, with what came of them. */
export function* describeNearest(
  entries: readonly JournalEntry[],
  conditions: readonly EntryCondition[]
): Generator<undefined, string> {
  if (entries.length === 0) return '; no request has come'
  let nearest: { entry: JournalEntry; met: number }[] = []
  for (const entry of entries) {
    let met = 0
    for (const isMet of conditions) {
      if (isMet(entry)) met++
      yield
    }
    nearest = [{ entry, met }, ...nearest].sort((one, other) => other.met - one.met).slice(0, NEAREST)
    yield
  }
  return `; the nearest requests: ${nearest.map(({ entry }) => describeEntry(entry)).join(', ')}`
}

/** Formats a request and its outcome, with the secrets redacted: `PUT /v2/phone_numbers → buy carrier_fault (500)`. */
function describeEntry(entry: JournalEntry): string {
  const { method, operation, outcome, status } = entry
  const { url } = toRecordedRequest(entry).request
  const came = [operation ?? 'no route', ...(outcome === undefined ? [] : [outcome])].join(' ')
  return `${method} ${shorten(url, MAX_SHOWN_URL)} → ${came} (${status})`
}
