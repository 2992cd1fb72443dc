import type { ClockState } from '../sandbox/clock.js'
import type { Finding } from './schema-findings.js'
import type { ClockDocument } from './schema.js'

/**
 * A clock as a state document writes it, so that the text stays the same as long as nobody touches the clock: one that
 * stands still by what it shows, one that runs as time does by how far ahead it is, any other by two moments.
 */
export function toClockDocument({ source, shown, rate }: ClockState): ClockDocument {
  if (rate === 0) return { rate, now: iso(shown) }
  if (rate === 1) return { rate, offset_ms: shown - source }
  return { rate, now: iso(shown), since: iso(source) }
}

/** The clock that a document describes, for a source that shows `real` (Unix milliseconds). */
export function fromClockDocument({ rate, now, since, offset_ms = 0 }: ClockDocument, real: number): ClockState {
  if (now === undefined) return { rate, source: 0, shown: offset_ms }
  return { rate, source: since === undefined ? real : Date.parse(since), shown: Date.parse(now) }
}

/** What is wrong with a clock that has the right form. */
export function clockFindings({ rate, now, since, offset_ms }: ClockDocument, at: string): Finding[] {
  const time = 'must be a time such as 2024-01-31T12:00:00Z'
  const rules: readonly [broken: boolean, field: string, message: string][] = [
    [now !== undefined && Number.isNaN(Date.parse(now)), '/now', time],
    [since !== undefined && Number.isNaN(Date.parse(since)), '/since', time],
    [rate !== 1 && now === undefined, '/now', 'must be there unless the rate is 1'],
    [since !== undefined && now === undefined, '/since', 'must stand beside now'],
    [offset_ms !== undefined && now !== undefined, '/offset_ms', 'must not stand beside now'],
    [offset_ms !== undefined && rate !== 1, '/offset_ms', 'goes with a rate of 1 only']
  ]
  return rules.flatMap(([broken, field, message]) => (broken ? [{ at: at + field, message }] : []))
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
