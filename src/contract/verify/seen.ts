import { readVerdictReport, type VerdictReport } from './report-file.js'
import { UsageError } from '../../settings.js'

/** Where and when the real service was seen to answer as the emulator does. */
interface Sighting {
  /** The day, such as 2024-01-31. */
  on: string
  /** The record, or the server that was asked. */
  by: string
}

/** What a run of `verify` has seen of an outcome: the newest sighting, or `different` where any answer differed. */
export type SeenOutcomes = ReadonlyMap<string, Sighting | 'different'>

/** Reads what a run of `verify` has seen, by `operation.outcome`. Throws a UsageError where the file is no report of one. */
export function readSightings(file: string): SeenOutcomes {
  const report = readVerdictReport('--seen', file)
  if (report === undefined) throw new UsageError(`--seen: there is no file ${file}`)
  return seenIn(report, file)
}

function seenIn({ made_at, server, cases }: VerdictReport, file: string): SeenOutcomes {
  const seen = new Map<string, Sighting | 'different'>()
  for (const { name, result, at = made_at, file: record = server } of cases) {
    if (result === 'different') seen.set(name, 'different')
    if (result !== 'same' || seen.get(name) === 'different') continue
    if (at === undefined || record === undefined) {
      throw new UsageError(`--seen: ${file} does not say when ${name} was seen or by what; make it anew`)
    }
    const known = seen.get(name)
    const on = at.slice(0, 'yyyy-mm-dd'.length)
    if (known === undefined || (known !== 'different' && known.on < on)) seen.set(name, { on, by: record })
  }
  return seen
}
