import { pino } from 'pino'
import { composeEmulator } from '../emulator.js'
import type { Verdict } from '../contract/verify/verdicts.js'
import type { Rules } from '../records/compare.js'
import { createStage } from '../records/play-record.js'
import { readRecords } from '../records/record-folder.js'
import { replayRecord } from '../records/replay.js'
import { readRules } from '../records/volatile-file.js'
import type { Settings } from '../settings.js'
import { readSettings } from '../text/read-settings.js'

const NO_RULES: Rules = new Map()

/** Plays the records of a folder against an emulator of its own, one after the other. */
export async function replay(folder: string, settings: Settings): Promise<Verdict[]> {
  const { dialect, e911, fixtures, volatile } = settings
  const rules = volatile === undefined ? NO_RULES : await readRules(volatile)
  const own = { dialect, e911, fixtures, contract: 'off', journalSize: 0 } as const
  const emulator = await composeEmulator({ ...readSettings({}, {}), ...own }, pino({ level: 'silent' }))
  const stage = createStage(emulator.app, emulator.sandboxes.default)
  try {
    const verdicts: Verdict[] = []
    for (const record of readRecords(folder)) verdicts.push(await replayRecord(record, stage, rules))
    return verdicts
  } finally {
    await emulator.close()
  }
}
