import { describeFidelity, type Fidelity, type OutcomeFidelity } from '../contract/fidelity.js'
import { readSightings, type SeenOutcomes } from '../contract/verify/seen.js'
import { isOperation, outcomeNamed } from '../contract/outcomes.js'
import type { Settings } from '../settings.js'
import { EXIT, type Terminal } from './process.js'

/** Prints where each outcome comes from, and what a run of `verify` has seen of it: as a table, or as JSON. */
export async function fidelity(
  { json, seen: file }: Pick<Settings, 'json' | 'seen'>,
  { stdout, stderr }: Pick<Terminal, 'stdout' | 'stderr'>
): Promise<number> {
  const seen: SeenOutcomes = file === undefined ? new Map() : readSightings(file)
  const report = describeFidelity(seen)
  const unknown = [...seen.keys()].filter((name) => !isOutcome(name))
  if (unknown.length > 0) stderr.write(`oneuc-emulator: --seen: no outcomes, and not counted: ${unknown.join(', ')}\n`)
  stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : fidelityText(report))
  return EXIT.clean
}

/** Writes the table: a line for each outcome, below its operation. */
function fidelityText({ summary, operations, anywhere }: Fidelity): string {
  const { agreed, ...origins } = summary
  const counts = Object.entries(origins).map(([origin, count]) => `${count} ${origin}`)
  return [
    `Outcomes by origin: ${counts.join(', ')}; seen to agree with the real service: ${agreed}`,
    ...operations.flatMap(({ name, source, outcomes }) => ['', `${name} (${source})`, ...outcomes.map(outcomeLine)]),
    '',
    'any operation',
    ...anywhere.map(outcomeLine),
    ''
  ].join('\n')
}

/** Tells whether a name is that of an operation with one of its outcomes. */
function isOutcome(name: string): boolean {
  const [operation = '', outcome = ''] = name.split('.')
  return isOperation(operation) && outcomeNamed(operation, outcome) !== undefined
}

function outcomeLine({ name, origin, source, verify, assumptions, seen }: OutcomeFidelity): string {
  const notes = [
    ...(seen === undefined ? [] : [`seen to agree on ${seen.on} by ${seen.by}`]),
    ...assumptions.map((one) => `assumed: ${one}`)
  ]
  const note = notes.map((one) => `\n    ${one}`).join('')
  return `  ${name.padEnd(26)}${origin.padEnd(11)}${verify.padEnd(14)}${source}${note}`
}
