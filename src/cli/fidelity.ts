import { describeFidelity, type OutcomeFidelity } from '../contract/fidelity.js'
import type { Settings } from '../settings.js'
import { EXIT, type Terminal } from './process.js'

/** Prints where each outcome comes from: as a table, or as JSON. */
export async function fidelity(
  { json }: Pick<Settings, 'json'>,
  { stdout }: Pick<Terminal, 'stdout'>
): Promise<number> {
  stdout.write(json ? `${JSON.stringify(describeFidelity(), null, 2)}\n` : fidelityText())
  return EXIT.clean
}

/** Writes the table: a line for each outcome, below its operation. */
function fidelityText(): string {
  const { summary, operations, anywhere } = describeFidelity()
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

function outcomeLine({ name, origin, source, verify, assumptions }: OutcomeFidelity): string {
  const note = assumptions.map((one) => `\n    assumed: ${one}`).join('')
  return `  ${name.padEnd(26)}${origin.padEnd(11)}${verify.padEnd(14)}${source}${note}`
}
