import { closest } from 'fastest-levenshtein'

/** Returns the candidate that differs least from `name`, for the "did you mean" of an error. */
export function nearest(name: string, candidates: readonly string[]): string {
  return closest(name, candidates)
}
