import type { TSchema } from '@sinclair/typebox'
import { isObject } from '../json.js'
import type { Account } from '../sandbox/accounts.js'
import { ruleFindings } from '../contract/fault-rules.js'
import { checkAccounts, checkNumbers, duplicates, type NumberFixture } from './fixture-schemas.js'
import { schemaFindings, type Finding } from './schema-findings.js'
import { clockFindings } from '../sandbox/clock.js'
import { MAX_RULES } from '../sandbox/fault-rule.js'
import { settingsFindings } from '../sandbox/own-settings.js'
import { STATE, type StateDocument } from './schema.js'
import { slices, type TakeTurn } from './slices.js'

/** A document that cannot be imported, with everything that is wrong with it. */
export class StateError extends Error {
  override readonly name = 'StateError'
  readonly findings: readonly [Finding, ...Finding[]]

  constructor(findings: readonly [Finding, ...Finding[]]) {
    super(findings.map(({ at, message }) => `${at} ${message}`).join('\n'))
    this.findings = findings
  }
}

/** Checks a state document. Throws a StateError. */
export async function checkState(content: unknown, takeTurn: TakeTurn): Promise<StateDocument> {
  assertNone(await stateFindings(content, [], takeTurn))
  return content as StateDocument
}

/** Throws a StateError unless there are no findings. */
export function assertNone([first, ...more]: readonly Finding[]): void {
  if (first !== undefined) throw new StateError([first, ...more])
}

/** Finds everything that is wrong with a state document. `others` are accounts that exist beside those of the document. */
export async function stateFindings(
  content: unknown,
  others: Iterable<Account>,
  takeTurn: TakeTurn
): Promise<Finding[]> {
  const findings = await formFindings(content, takeTurn)
  // A document of the wrong form cannot be compared with itself.
  if (findings.length > 0) return findings
  return [
    ...semanticFindings(content as StateDocument, others),
    ...at('/numbers', await numberFindings((content as StateDocument).numbers ?? [], takeTurn))
  ]
}

/** Compares a document with its schema: without the lists first, then each list in slices. */
async function formFindings(content: unknown, takeTurn: TakeTurn): Promise<Finding[]> {
  if (!isObject(content)) return schemaFindings(STATE, content)
  const outline = Object.entries(content).map(([key, value]) => [key, Array.isArray(value) ? [] : value] as const)
  const findings = schemaFindings(STATE, Object.fromEntries(outline))
  const schemas: Readonly<Record<string, TSchema>> = STATE.properties
  for (const [key, rows] of Object.entries(content)) {
    const schema = Object.hasOwn(schemas, key) ? schemas[key] : undefined
    if (schema === undefined || !Array.isArray(rows)) continue
    for (const finding of await listFindings(schema, rows, takeTurn)) {
      findings.push({ ...finding, at: `/${key}${finding.at}` })
    }
  }
  return findings
}

/** Compares a list with its schema, in slices. Pointers begin at the list. */
export async function listFindings(schema: TSchema, rows: readonly unknown[], takeTurn: TakeTurn): Promise<Finding[]> {
  const findings: Finding[] = []
  for await (const { first, piece } of slices(rows, takeTurn)) {
    for (const { at: pointer, message } of schemaFindings(schema, piece)) {
      findings.push({ at: pointer.replace(/^\/\d+/, (position) => `/${first + Number(position.slice(1))}`), message })
    }
  }
  return findings
}

/** Finds duplicate numbers, and those of no numbering plan, in slices. */
export async function numberFindings(numbers: readonly NumberFixture[], takeTurn: TakeTurn): Promise<Finding[]> {
  const seen = new Set<string>()
  const findings: Finding[] = []
  for await (const { first, piece } of slices(numbers, takeTurn)) findings.push(...checkNumbers(piece, first, seen))
  return findings
}

function semanticFindings(document: StateDocument, others: Iterable<Account>): Finding[] {
  const { clock, accounts = [], offers = [], searches = [] } = document
  const { tokens = [], attempts = [], faults = [], settings = {} } = document
  return [
    // The schema sees the list in slices.
    ...(faults.length > MAX_RULES ? [{ at: '/faults', message: `must NOT have more than ${MAX_RULES} items` }] : []),
    ...(clock === undefined ? [] : clockFindings(clock, '/clock')),
    ...at('/accounts', checkAccounts(accounts, others)),
    ...offers.flatMap(({ first, last }, i) =>
      first <= last ? [] : [{ at: `/offers/${i}/last`, message: `must not be less than first, ${first}` }]
    ),
    ...unique(
      '/searches',
      'query',
      searches.map(({ query }) => query)
    ),
    ...unique(
      '/tokens',
      'token',
      tokens.map(({ token }) => token)
    ),
    ...unique(
      '/attempts',
      'e164',
      attempts.map(({ e164 }) => e164)
    ),
    ...unique(
      '/faults',
      'id',
      faults.map(({ id }, i) => id ?? `rule ${i}`)
    ),
    ...faults.flatMap((rule, i) => ruleFindings(rule, `/faults/${i}`)),
    ...settingsFindings(settings, '/settings')
  ]
}

function at(pointer: string, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, at: pointer + finding.at }))
}

function unique(at: string, key: string, values: readonly string[]): Finding[] {
  return duplicates(values).map((i) => ({
    at: `${at}/${i}/${key}`,
    message: `must not stand twice: ${String(values[i])}`
  }))
}
