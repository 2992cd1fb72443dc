import { distance } from 'fastest-levenshtein'

/** How many letters may differ between a misspelt name and the one that was meant, and from which length on it may be one more. */
const MAX_DISTANCE = 2
const LONG_NAME = 8

/**
 * Completes the error about a name that does not exist: a question for a name that is near, else the list of what there is.
 * `format` writes a candidate as the client would.
 */
export function suggest(
  name: string,
  candidates: readonly string[],
  format: (candidate: string) => string = String
): string {
  const nearest = findNearest(name, candidates)
  if (nearest !== undefined) return `did you mean "${format(nearest)}"?`
  return `there ${candidates.length === 1 ? 'is' : 'are'} ${candidates.map(format).join(', ')}`
}

/** Returns the candidate that differs least from a name; undefined where none is near. */
export function findNearest(name: string, candidates: readonly string[]): string | undefined {
  const limit = name.length < LONG_NAME ? MAX_DISTANCE : MAX_DISTANCE + 1
  const [nearest] = candidates
    .filter(({ length }) => Math.abs(length - name.length) <= limit)
    .map((candidate) => ({ candidate, differences: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    // Two short names that have no letter in common are not near, whatever their distance.
    .filter(
      ({ candidate, differences }) => differences <= limit && differences < Math.max(name.length, candidate.length)
    )
    .sort((one, other) => one.differences - other.differences)
  return nearest?.candidate
}
