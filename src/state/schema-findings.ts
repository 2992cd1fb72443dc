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

function toFinding({ instancePath, keyword, message, params }: ErrorObject): Finding {
  const detail: Record<string, unknown> = params
  switch (keyword) {
    case 'additionalProperties':
      return { at: `${instancePath}/${escapePointer(String(detail.additionalProperty))}`, message: 'is no field here' }
    case 'pattern':
      return { at: instancePath, message: `must be ${describePattern(String(detail.pattern))}` }
    case 'enum':
      return {
        at: instancePath,
        message: `must be one of ${(detail.allowedValues as unknown[]).map(String).join(', ')}`
      }
    case 'const':
      return { at: instancePath, message: `must be ${String(detail.allowedValue)}` }
    default:
      return { at: instancePath, message: String(message) }
  }
}
