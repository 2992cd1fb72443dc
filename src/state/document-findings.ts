import type { TSchema } from '@sinclair/typebox'
import { ENOUGH, schemaFindings, type SchemaFinding } from '../findings/schema-findings.js'
import { isObject, type JsonValue } from '../json.js'
import { inPieces, type TakeTurn } from './pieces.js'

/**
 * Compares a document with its schema: an object without its lists first, then each list in pieces. So a large one is read up to a
 * thousand findings, where `schemaFindings` would tell the first alone.
 */
export async function documentFindings(
  schema: TSchema,
  content: unknown,
  takeTurn: TakeTurn
): Promise<SchemaFinding[]> {
  if (Array.isArray(content)) return listFindings(schema, content, takeTurn)
  if (!isObject(content)) return schemaFindings(schema, content)
  const lists = Object.keys(content).filter((key) => Array.isArray(content[key]))
  const findings = schemaFindings(schema, { ...content, ...Object.fromEntries(lists.map((key) => [key, []])) })
  const fields = schema.properties as Readonly<Record<string, TSchema>>
  for (const key of lists) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (field === undefined || findings.length >= ENOUGH) continue
    const rows = content[key] as JsonValue[]
    const { maxItems = Infinity } = field as { maxItems?: number }
    if (rows.length > maxItems) {
      const at = `/${key}`
      findings.push({ at, message: `must have at most ${maxItems} items`, doubts: [at] })
      continue
    }
    for (const finding of await listFindings(field, rows, takeTurn)) {
      findings.push(move(finding, (pointer) => `/${key}${pointer}`))
    }
  }
  return findings
}

/** Compares a list with its schema, in pieces. Pointers begin at the list. */
async function listFindings(schema: TSchema, rows: readonly unknown[], takeTurn: TakeTurn): Promise<SchemaFinding[]> {
  const findings: SchemaFinding[] = []
  for await (const { first, piece } of inPieces(rows, takeTurn)) {
    const inList = (pointer: string) => pointer.replace(/^\/\d+/, (position) => `/${first + Number(position.slice(1))}`)
    for (const finding of schemaFindings(schema, piece)) findings.push(move(finding, inList))
    if (findings.length >= ENOUGH) break
  }
  return findings
}

function move({ at, message, doubts }: SchemaFinding, to: (pointer: string) => string): SchemaFinding {
  return { at: to(at), message, doubts: doubts.map(to) }
}
