import type { Test } from 'tap'
import type { JournalEntry } from '../../src/journal/journal-entry.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'

/** An answer that the journal cannot name: it belongs to an operation, or it is a failure, and has no outcome. */
function isUnnamed({ operation, outcome, status, fault, url, responseBody }: JournalEntry): boolean {
  // What another request has answered is named where that one is entered.
  const isPlaced = operation !== undefined || (status >= 400 && !isHandedOn(url))
  const isWhole = status !== 0 || fault === undefined
  // A rule may answer with a body of its own, which is no envelope.
  const isOwn = fault !== undefined && !responseBody.text.includes('"request_id"')
  return isPlaced && isWhole && !isOwn && outcome === undefined
}

/** Requests that become another one on their way: tunnelled verbs, and paths without an account. */
function isHandedOn(url: string): boolean {
  return /^\/v2\/phone_numbers\/|[?&]verb=|\/collection\/activate/.test(url)
}

/**
 * Holds every answer of a sandbox to the rule that each has a named outcome, whatever the test is about and however it asks.
 * The test fails in its teardown where a name is missing, once all else is torn down.
 */
export function watchNames(t: Test, { journal }: Pick<Sandbox, 'journal'>): void {
  const unnamed: string[] = []
  journal.listen((entry) => {
    if (isUnnamed(entry)) unnamed.push(`${entry.method} ${entry.url} ${entry.status} ${entry.responseBody.text}`)
  })
  t.teardown(() => {
    if (unnamed.length > 0) throw new Error(`an answer has no named outcome: ${unnamed.join('; ')}`)
  })
}
