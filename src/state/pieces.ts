/** Rows that are worked on in one go: a millisecond or ten. */
const PIECE_ROWS = 1_000

/** Lets other requests have their turn. Throws where the work must not go on. */
export type TakeTurn = () => Promise<void>

/** Cuts a long list into pieces, with a turn of the event loop between two of them. `first` is the position of a piece. */
export async function* inPieces<Row>(
  rows: Iterable<Row>,
  takeTurn: TakeTurn
): AsyncGenerator<{ first: number; piece: readonly Row[] }> {
  let first = 0
  let piece: Row[] = []
  for (const row of rows) {
    if (piece.length === PIECE_ROWS) {
      yield { first, piece }
      first += piece.length
      piece = []
      await takeTurn()
    }
    piece.push(row)
  }
  yield { first, piece }
}
