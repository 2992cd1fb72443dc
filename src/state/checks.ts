import type { Account } from '../sandbox/accounts.js'
import { ruleFindings } from '../contract/fault-rules.js'
import { addUnseen, inOrder, type Finding } from '../findings/finding.js'
import { assertNone } from '../findings/findings-error.js'
import { Part } from '../findings/part.js'
import { ENOUGH } from '../findings/schema-findings.js'
import { documentFindings } from './document-findings.js'
import {
  accountFindings,
  NUMBER_FIXTURE,
  numberFindings,
  NumberFixtures,
  type NumberFixture
} from './fixture-schemas.js'
import { clockFindings } from '../sandbox/clock.js'
import { settingsFindings } from '../sandbox/own-settings.js'
import { STATE, type StateDocument } from './schema.js'
import { inPieces, type TakeTurn } from './pieces.js'

/** Checks a state document. Throws a FindingsError. */
export async function checkState(content: unknown, takeTurn: TakeTurn): Promise<StateDocument> {
  assertNone(await stateFindings(content, [], takeTurn))
  return content as StateDocument
}

/** Finds everything that is wrong with a state document. `others` are accounts that exist beside those of the document. */
export async function stateFindings(
  content: unknown,
  others: Iterable<Account>,
  takeTurn: TakeTurn
): Promise<Finding[]> {
  const found = await documentFindings(STATE, content, takeTurn)
  if (found.length >= ENOUGH) return inOrder(found)
  const document = Part.of<StateDocument>(content, found)
  return inOrder([
    ...found,
    ...meaningFindings(document, others),
    ...(await rowFindings(document.field('numbers'), takeTurn))
  ])
}

/** Finds everything that is wrong with numbers: one, or a list. */
export async function numbersFindings(content: unknown, takeTurn: TakeTurn): Promise<Finding[]> {
  const found = await documentFindings(Array.isArray(content) ? NumberFixtures : NUMBER_FIXTURE, content, takeTurn)
  if (found.length >= ENOUGH) return found
  return [...found, ...(await rowFindings(Part.of<NumberFixture[]>(content, found), takeTurn))]
}

/** Finds duplicate numbers, and those of no numbering plan, in pieces. */
async function rowFindings(numbers: Part<readonly NumberFixture[]>, takeTurn: TakeTurn): Promise<Finding[]> {
  const seen = new Set<string>()
  const findings: Finding[] = []
  for await (const { piece } of inPieces(numbers.each(), takeTurn)) findings.push(...numberFindings(piece, seen))
  return findings
}

function meaningFindings(document: Part<StateDocument>, others: Iterable<Account>): Finding[] {
  const faults = document.field('faults')
  return [
    ...clockFindings(document.field('clock')),
    ...accountFindings(document.field('accounts'), others),
    ...document
      .field('offers')
      .each()
      .flatMap((offer) =>
        offer.check('/last', ['first', 'last'], ({ first, last }) =>
          first <= last ? undefined : `must not be less than first, ${first}`
        )
      ),
    ...unique(document.field('searches'), 'query'),
    ...unique(document.field('tokens'), 'token'),
    ...unique(document.field('attempts'), 'e164'),
    ...unique(faults, 'id'),
    ...faults.each().flatMap(ruleFindings),
    ...settingsFindings(document.field('settings'))
  ]
}

/** Finds rows whose value of a field stands in a row before them, too. */
function unique<Name extends string>(rows: Part<readonly Partial<Record<Name, string>>[]>, name: Name): Finding[] {
  const seen = new Set<string>()
  return rows
    .each()
    .flatMap((row) =>
      row.check(`/${name}`, [name], ({ [name]: value }) =>
        value === undefined || addUnseen(seen, value) ? undefined : `must not stand twice: ${value}`
      )
    )
}
