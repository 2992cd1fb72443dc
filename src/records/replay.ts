import type { Verdict } from '../contract/verify/verdicts.js'
import { compareAnswers, type Rules } from './compare.js'
import { playRecord, type Stage } from './play-record.js'
import type { FoundRecord } from './record-folder.js'

/** Plays the request of a record, and compares the answers. */
export async function replayRecord({ file, entry }: FoundRecord, stage: Stage, rules: Rules): Promise<Verdict> {
  const { _operation: operation, _outcome: outcome, startedDateTime: at } = entry
  const name = `${operation ?? 'unmatched'}.${outcome ?? 'no_outcome'}`
  const played = await playRecord(entry, stage)
  if ('unknown' in played) return { name, file, at, result: 'not comparable', differences: [played.unknown] }
  const { recorded, emulated, isForced } = played
  const differences = compareAnswers(recorded, emulated, { operation, isForced, rules })
  return { name, file, at, result: differences.length === 0 ? 'same' : 'different', differences }
}
