import type { VerdictReport } from './report-file.js'
import { countVerdicts, type Found } from './verdicts.js'

/** Differences by the name of the case or of what was recorded; those of several records of one name together. */
type Differences = ReadonlyMap<string, readonly string[]>

/** What differs now and did not at the last run, the other way round, and what differs otherwise. */
export interface Change {
  name: string
  change: 'new' | 'gone' | 'changed'
  before: readonly string[]
  now: readonly string[]
}

/** Tells what has changed since the last run, among what was compared this time. */
export function changesSince({ cases }: VerdictReport, { verdicts }: Pick<Found, 'verdicts'>): Change[] {
  const [before, now] = [changesBetween(cases), changesBetween(verdicts)]
  const compared = verdicts.filter(({ result }) => result === 'same' || result === 'different').map(({ name }) => name)
  return [...new Set(compared)].flatMap((name): Change[] => {
    const [was = [], is = []] = [before.get(name), now.get(name)]
    if (was.join('\n') === is.join('\n')) return []
    return [{ name, change: was.length === 0 ? 'new' : is.length === 0 ? 'gone' : 'changed', before: was, now: is }]
  })
}

function changesBetween(cases: VerdictReport['cases'] | Found['verdicts']): Differences {
  const found = new Map<string, Set<string>>()
  for (const { name, result, differences } of cases) {
    if (result === 'different') found.set(name, new Set([...(found.get(name) ?? []), ...differences]))
  }
  return new Map([...found].map(([name, sentences]) => [name, [...sentences].sort()]))
}

/** Writes what was found as a JSON object, with what has changed where there was a run before. `at` is in Unix milliseconds. */
export function verdictJson(found: Found, changes: readonly Change[] | undefined, at: number): string {
  const object = {
    made_at: new Date(at).toISOString(),
    ...(found.server === undefined ? {} : { server: found.server }),
    summary: { cases: found.verdicts.length, ...countVerdicts(found) },
    ...(changes === undefined ? {} : { changes }),
    cases: found.verdicts
  }
  return `${JSON.stringify(object, null, 2)}\n`
}
