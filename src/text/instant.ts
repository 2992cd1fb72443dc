/** A date, or a time with its zone: without a zone, the text would name another instant on another machine. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/** Completes the sentence "must be …" in an error about a text that is not an instant. */
export const INSTANT_EXPECTED = 'a time such as 2024-01-31T12:00:00Z'

/** Unix milliseconds of a time in ISO 8601; undefined for any other text. */
export function readInstant(text: string): number | undefined {
  const date = INSTANT.exec(text)?.[1]
  const instant = Date.parse(text)
  return date === undefined || Number.isNaN(instant) || !isInCalendar(date) ? undefined : instant
}

/** Whether the calendar has a date: `Date` reads February 30 as March 1. */
function isInCalendar(date: string): boolean {
  return new Date(date).toISOString().startsWith(date)
}

/** Says what is wrong with a text that should be a time in ISO 8601; undefined where nothing is, or where there is no text. */
export function instantProblem(text: string | undefined): string | undefined {
  return text === undefined || readInstant(text) !== undefined ? undefined : `must be ${INSTANT_EXPECTED}`
}
