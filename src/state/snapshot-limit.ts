/** How many snapshots a sandbox keeps. */
export const MOST_SNAPSHOTS = 100

/** One more snapshot than a sandbox keeps. */
export class SnapshotLimitError extends Error {
  override readonly name = 'SnapshotLimitError'
}

/** Throws a SnapshotLimitError where no snapshot called `name` fits beside those of `names`. */
export function claimPlace(name: string, names: readonly string[]): void {
  if (names.length < MOST_SNAPSHOTS || names.includes(name)) return
  throw new SnapshotLimitError(`a sandbox keeps ${MOST_SNAPSHOTS} snapshots; drop one before you save ${name}`)
}
