import { existsSync } from 'node:fs'
import { Type, type Static } from '@sinclair/typebox'
import { readJsonFile } from '../../state/json-file.js'

/** What a run writes as JSON, as far as others read it. */
const VERDICT_REPORT = Type.Object({
  /** When the run was made, in ISO 8601; absent in reports of older versions. */
  made_at: Type.Optional(Type.String()),
  /** The server that was asked; absent where records were played. */
  server: Type.Optional(Type.String()),
  cases: Type.Array(
    Type.Object({
      name: Type.String(),
      file: Type.Optional(Type.String()),
      at: Type.Optional(Type.String()),
      result: Type.String(),
      differences: Type.Array(Type.String())
    })
  )
})
export type VerdictReport = Static<typeof VERDICT_REPORT>

/** A report nests three levels; other keys may nest a little deeper. */
const MAX_LEVELS = 10

const REPORT_FILE = { message: 'is no report of verify in JSON', schema: VERDICT_REPORT, levels: MAX_LEVELS }

/** Reads the JSON report of a run, which a flag names; undefined for a file that is not there. Throws a UsageError. */
export function readVerdictReport(flag: string, file: string): VerdictReport | undefined {
  return existsSync(file) ? readJsonFile(flag, file, REPORT_FILE) : undefined
}
