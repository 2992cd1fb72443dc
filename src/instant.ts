/** A date, or a time that says its zone: any other would be another instant on another machine. */
const INSTANT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/** What is expected where a text is no instant. */
export const INSTANT_EXPECTED = 'a time such as 2024-01-31T12:00:00Z'

/** Unix milliseconds of a time in ISO 8601; undefined where the text is none. */
export function readInstant(text: string): number | undefined {
  return !INSTANT.test(text) || Number.isNaN(Date.parse(text)) ? undefined : Date.parse(text)
}
