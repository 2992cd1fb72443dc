import { Ajv, type ErrorObject } from 'ajv'
import type { TSchema } from '@sinclair/typebox'
import { escapePointer } from '../json.js'
import { describePattern } from '../text/patterns.js'

/** A fault at a JSON pointer within one document, and what would be right. */
export interface Finding {
  at: string
  message: string
}

/** Ajv keeps the compiled schemas: tests import states again and again. */
const ajv = new Ajv({ allErrors: true, strict: false, validateSchema: false })

/** Finds everything in `content` that `schema` does not allow. */
export function schemaFindings(schema: TSchema, content: unknown): Finding[] {
  ajv.validate(schema, content)
  return (ajv.errors ?? []).map(toFinding)
}

function toFinding(error: ErrorObject): Finding {
  const { instancePath, keyword } = error
  const detail: Record<string, unknown> = error.params
  switch (keyword) {
    case 'additionalProperties':
      return { at: `${instancePath}/${escapePointer(String(detail.additionalProperty))}`, message: 'is no field here' }
    case 'const':
      return { at: instancePath, message: `must be ${String(detail.allowedValue)}` }
    default:
      return { at: instancePath, message: describeExpected(error) }
  }
}

/** Says what a value must be: in words for a pattern, and by name for one of several. */
export function describeExpected({ keyword, message, params }: ErrorObject): string {
  const detail: Record<string, unknown> = params
  if (keyword === 'pattern') return `must be ${describePattern(String(detail.pattern))}`
  if (keyword === 'enum') return `must be one of ${(detail.allowedValues as unknown[]).map(String).join(', ')}`
  return String(message)
}
