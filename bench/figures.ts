/** A row of the table. */
export interface Figure {
  row: string
  /** The unit of `emulator` and of `other`. */
  unit: string
  emulator: number
  /** The same of the thing that the emulator is compared with. */
  other: number
  /** The name of that thing. */
  against: string
  ratio: number
  /** The highest ratio that is wanted. */
  goal?: number | undefined
  /** The highest figure of the emulator that is wanted, in `unit`. */
  limit?: number
  note?: string
}

/** Compares what the emulator costs with what something else costs, round by round. */
export function compare(
  row: Omit<Figure, 'emulator' | 'other' | 'ratio'>,
  emulator: readonly number[] = [],
  other: readonly number[] = []
): Figure {
  return { ...row, emulator: median(emulator), other: median(other), ratio: medianRatio(emulator, other) }
}

/** Tells whether a figure keeps to its goal or limit. Figures without either are only shown. */
export function isReached({ emulator, ratio, goal = Infinity, limit = Infinity }: Figure): boolean {
  return ratio <= goal && emulator <= limit
}

/** Finds the middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
  return (lower + upper) / 2
}

/** Finds the median of the ratios of each round, which is steadier than the ratio of the medians. */
export function medianRatio(ones: readonly number[], others: readonly number[]): number {
  return median(ones.map((one, i) => one / (others[i] ?? Number.NaN)))
}

/**
 * Measures each subject once a round, every second round in reverse order, so that other load on the machine hits all subjects
 * alike.
 */
export async function inTurn<Subject, Sample>(
  rounds: number,
  subjects: readonly Subject[],
  measure: (subject: Subject) => Promise<Sample>
): Promise<Map<Subject, Sample[]>> {
  const samples = new Map(subjects.map((subject) => [subject, [] as Sample[]]))
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [...samples] : [...samples].reverse()
    for (const [subject, taken] of order) taken.push(await measure(subject))
  }
  return samples
}
