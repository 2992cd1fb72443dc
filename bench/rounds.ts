/** What one measurement of one subject came to: figures by name. */
export type Sample<Name extends string> = Record<Name, number>

/** How often everything is measured. */
export const ROUNDS = 7

/** What is looked for in some requests is smaller than what one round is off by. */
export const closely = (rounds: number) => 2 * rounds

/**
 * Measures the subjects in turn, `rounds` times, each round the other way round: what the machine does beside it then hits
 * them alike.
 */
export async function inTurn<Subject, Name extends string>(
  rounds: number,
  subjects: readonly Subject[],
  measure: (subject: Subject) => Promise<Sample<Name>>
): Promise<Map<Subject, Sample<Name>[]>> {
  const samples = new Map(subjects.map((subject) => [subject, [] as Sample<Name>[]]))
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [...samples] : [...samples].reverse()
    for (const [subject, taken] of order) taken.push(await measure(subject))
  }
  return samples
}

/** The middle one, or what lies between the two in the middle: where rounds differ by their order, one of these is of each. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
  return (lower + upper) / 2
}

/** The middle of the ratios of each round, which is steadier than the ratio of the middles. */
export function medianRatio(ones: readonly number[], others: readonly number[]): number {
  return median(ones.map((one, i) => one / (others[i] ?? Number.NaN)))
}
