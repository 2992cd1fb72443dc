/** A row of the table. */
export interface Figure {
  row: string
  /** Of the two figures. */
  unit: string
  /** What the emulator came to. */
  emulator: number
  /** What it is compared with came to: the bare server, or the emulator at a smaller size. */
  yardstick: number
  /** The first over the second, or against a fixed limit. */
  ratio: number
  /** The ratio to stay below; undefined for what is shown only. */
  goal: number | undefined
  /** Shown beside, since it swings with the machine. */
  beside?: string
  /** Whether it is compared with a fixed limit, and with no other server. */
  isLimited?: boolean
}

/** A figure that has a limit of its own and is compared with nothing else. */
export function againstLimit(row: string, unit: string, value: number, limit: number): Figure {
  return {
    row,
    unit,
    emulator: value,
    yardstick: limit,
    ratio: value / limit,
    goal: 1,
    beside: 'against a fixed limit',
    isLimited: true
  }
}

/** The same work done by somebody else's server. */
export interface PeerFigure {
  row: string
  peer: string
  /** Over the bare server. */
  ratio: number
}
