/** Shortest and longest national prefix that a search takes (document: "a 3-digit number prefix or …"). */
export const PREFIX_LENGTHS = { least: 3, most: 10 } as const

/**
 * The national digits that a search prefix means: `%2B1499`, `+1499` (whose plus arrives as a space), `1499` and `499`
 * are one. Another text comes back without its spaces; the caller checks its length and digits.
 */
export function nationalPrefix(written: string): string {
  const digits = written.replaceAll(/[\s+]/g, '')
  return /^1\d{3,}$/.test(digits) ? digits.slice(1) : digits
}

/**
 * The beginning of the E.164 numbers that `written` means: one with a plus (which arrives as a space where it is not encoded) as it
 * is, as other countries have numbers too, and one without as of the North American plan.
 */
export function e164Prefix(written: string): string {
  const text = written.replace(/^ /, '+')
  return text === '' || text.startsWith('+') ? text : `+1${text.replace(/^1/, '')}`
}
