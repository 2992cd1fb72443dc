import type { JournalEntry } from './journal-entry.js'

/** Which requests of a journal a list has. */
export interface PageOptions {
  /** The most requests. @default all */
  limit?: number | undefined
  /** How many to leave out at the beginning. @default 0 */
  offset?: number | undefined
  /** From the newest to the oldest, or the other way. @default 'desc' */
  sort?: 'asc' | 'desc' | undefined
  /** Only requests since then, in Unix milliseconds. */
  since?: number | undefined
  /** Only requests that met no route. */
  unmatched?: boolean | undefined
}

/** Cuts a page of entries, which come from the oldest to the newest; `total` counts those of all pages. */
export function cutPage(
  entries: readonly JournalEntry[],
  { limit = Infinity, offset = 0, sort = 'desc', since = -Infinity, unmatched = false }: PageOptions
): { entries: JournalEntry[]; total: number } {
  const found = entries.filter(
    ({ loggedAt, operation }) => loggedAt >= since && !(unmatched && operation !== undefined)
  )
  if (sort === 'desc') found.reverse()
  return { entries: found.slice(offset, offset + limit), total: found.length }
}
