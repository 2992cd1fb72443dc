import { readFileSync, statSync } from 'node:fs'
import { Type, type Static } from '@sinclair/typebox'
import { parseJson } from '../../json.js'
import { UsageError } from '../../settings.js'
import { schemaFindings } from '../../state/schema-findings.js'
import { countVerdicts, type Found } from './verdicts.js'

/** Differences by the name of the case or of what was recorded; those of several records of one name together. */
type Differences = ReadonlyMap<string, readonly string[]>

/** What a run writes as JSON, as far as the next one reads it. */
const LAST_RUN = Type.Object({
  cases: Type.Array(Type.Object({ name: Type.String(), result: Type.String(), differences: Type.Array(Type.String()) }))
})
export type LastRun = Static<typeof LAST_RUN>

/** What differs now and did not at the last run, the other way round, and what differs otherwise. */
export interface Change {
  name: string
  change: 'new' | 'gone' | 'changed'
  before: readonly string[]
  now: readonly string[]
}

const MAX_BASELINE_BYTES = 64_000_000
const MAX_LEVELS = 10

/** Reads what the last run has found; undefined for a file that is not there, as before the first run. Throws a UsageError. */
export function readBaseline(file: string): LastRun | undefined {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined) return undefined
  if (stats.size > MAX_BASELINE_BYTES)
    throw new UsageError(`--baseline: ${file} has ${stats.size} bytes; at most ${MAX_BASELINE_BYTES} are read`)
  const content = parseBaseline(file)
  const [finding] = schemaFindings(LAST_RUN, content)
  if (finding !== undefined)
    throw new UsageError(`--baseline: ${file} is no report of verify in JSON: ${finding.at} ${finding.message}`)
  return content as LastRun
}

function parseBaseline(file: string): unknown {
  try {
    return parseJson(readFileSync(file, 'utf8'), MAX_LEVELS)
  } catch (error) {
    throw new UsageError(`--baseline: ${file} cannot be read: ${(error as Error).message}`)
  }
}

/** Tells what has changed since the last run, among what was compared this time. */
export function changesSince({ cases }: LastRun, { verdicts }: Pick<Found, 'verdicts'>): Change[] {
  const [before, now] = [changesBetween(cases), changesBetween(verdicts)]
  const compared = verdicts.filter(({ result }) => result === 'same' || result === 'different').map(({ name }) => name)
  return [...new Set(compared)].flatMap((name): Change[] => {
    const [was = [], is = []] = [before.get(name), now.get(name)]
    if (was.join('\n') === is.join('\n')) return []
    return [{ name, change: was.length === 0 ? 'new' : is.length === 0 ? 'gone' : 'changed', before: was, now: is }]
  })
}

function changesBetween(cases: LastRun['cases'] | Found['verdicts']): Differences {
  const found = new Map<string, Set<string>>()
  for (const { name, result, differences } of cases) {
    if (result === 'different') found.set(name, new Set([...(found.get(name) ?? []), ...differences]))
  }
  return new Map([...found].map(([name, sentences]) => [name, [...sentences].sort()]))
}

/** Writes what was found as a JSON object, with what has changed where there was a run before. */
export function verdictJson(found: Found, changes: readonly Change[] | undefined): string {
  const summary = { cases: found.verdicts.length, ...countVerdicts(found) }
  const object = { summary, ...(changes === undefined ? {} : { changes }), cases: found.verdicts }
  return `${JSON.stringify(object, null, 2)}\n`
}
