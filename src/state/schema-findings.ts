import { Ajv, type ErrorObject } from 'ajv'
import type { TSchema } from '@sinclair/typebox'
import { escapePointer } from '../json.js'

/** A fault at a JSON pointer within one document, and what would have been right. */
export interface Finding {
  at: string
  message: string
}

/** Remembers what it has compiled: a schema is a constant, and tests import a state again and again. */
const ajv = new Ajv({ allErrors: true, strict: false, validateSchema: false })

/** Everything in `content` that `schema` does not allow. */
export function schemaFindings(schema: TSchema, content: unknown): Finding[] {
  ajv.validate(schema, content)
  return (ajv.errors ?? []).map(found)
}

function found({ instancePath, keyword, message, params }: ErrorObject): Finding {
  const detail: Record<string, unknown> = params
  if (keyword === 'additionalProperties') {
    return { at: `${instancePath}/${escapePointer(String(detail.additionalProperty))}`, message: 'is no field here' }
  }
  // Only these say less than they know.
  const right = [detail.allowedValues ?? detail.allowedValue ?? []].flat().map(String)
  return { at: instancePath, message: [String(message), ...right].join(' ') }
}
