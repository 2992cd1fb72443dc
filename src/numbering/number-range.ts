/** Consecutive ten-digit numbers, both ends included. */
export interface NumberRange {
  first: string
  last: string
}
