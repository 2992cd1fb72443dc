import { readFileSync, statSync } from 'node:fs'
import { Type, type Static } from '@sinclair/typebox'
import { parseJson } from '../../json.js'
import { UsageError } from '../../settings.js'
import { schemaFindings } from '../../findings/schema-findings.js'

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

const MAX_REPORT_BYTES = 64_000_000
const MAX_LEVELS = 10

/**
 * Reads the JSON report of a run; undefined for a file that is not there. Throws a UsageError, which names the flag that names the
 * file.
 */
export function readVerdictReport(flag: string, file: string): VerdictReport | undefined {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined) return undefined
  if (stats.size > MAX_REPORT_BYTES) {
    throw new UsageError(`${flag}: ${file} has ${stats.size} bytes; at most ${MAX_REPORT_BYTES} are read`)
  }
  const content = parseReport(flag, file)
  const [finding] = schemaFindings(VERDICT_REPORT, content)
  if (finding !== undefined) {
    throw new UsageError(`${flag}: ${file} is no report of verify in JSON: ${finding.at} ${finding.message}`)
  }
  return content as VerdictReport
}

function parseReport(flag: string, file: string): unknown {
  try {
    return parseJson(readFileSync(file, 'utf8'), MAX_LEVELS)
  } catch (error) {
    throw new UsageError(`${flag}: ${file} cannot be read: ${(error as Error).message}`)
  }
}
