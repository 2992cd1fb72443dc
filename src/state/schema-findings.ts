import { Ajv, type ErrorObject } from 'ajv'
import type { TSchema } from '@sinclair/typebox'
import { escapePointer } from '../json.js'

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
  if (keyword === 'additionalProperties') {
    return { at: `${instancePath}/${escapePointer(String(detail.additionalProperty))}`, message: 'is no field here' }
  }
  // Ajv's messages for these keywords leave the allowed values out.
  const expected = [detail.allowedValues ?? detail.allowedValue ?? []].flat().map(String)
  return { at: instancePath, message: [String(message), ...expected].join(' ') }
}
