import type { ErrorObject } from 'ajv'
import type { TSchema } from '@sinclair/typebox'
import { escapePointer } from '../json.js'
import { findNearest } from '../text/nearest.js'
import { describeViolation, detailsOf, fieldsOf } from './describe-violation.js'
import type { Finding } from './finding.js'
import { createErrorFinder } from './schema-errors.js'

/** What a schema does not allow. */
export interface SchemaFinding extends Finding {
  /** Pointers to the values that are wrong or missing, first its own: no check of meaning may rest on them. */
  doubts: readonly string[]
}

/** It keeps the compiled schemas: tests import states again and again. */
const findErrors = createErrorFinder()

/** A document with so many faults is read no further: each of its 16 million rows may be wrong. */
export const ENOUGH = 1_000

/** Finds what `schema` does not allow in `content`, one finding for each place and each field that is missing. */
export function schemaFindings(schema: TSchema, content: unknown): SchemaFinding[] {
  const { errors, areAll } = findErrors(schema, content)
  const findings = new Map<string, SchemaFinding>()
  for (const error of errors) {
    // The parts of a condition say what is wrong.
    if (error.keyword === 'if') continue
    const finding = toFinding(error)
    const place = missingField(error) ?? finding.at
    if (findings.has(place)) continue
    const isLast = !areAll || findings.size === ENOUGH - 1
    findings.set(place, isLast ? { ...finding, doubts: [''] } : finding)
    if (isLast) break
  }
  // A misspelt field explains one that seems to be missing.
  for (const { doubts } of findings.values()) for (const meant of doubts.slice(1)) findings.delete(meant)
  return [...findings.values()]
}

function toFinding(error: ErrorObject): SchemaFinding {
  const { instancePath: at, keyword } = error
  const message = describeViolation(error)
  const missing = missingField(error)
  if (missing !== undefined) return { at, message, doubts: [missing] }
  // What an object lacks does not make its fields wrong.
  if (keyword === 'minProperties') return { at, message, doubts: [] }
  if (keyword !== 'additionalProperties') return { at, message, doubts: [at] }
  const unknown = `${at}/${escapePointer(detailsOf(error).additionalProperty)}`
  return { at: unknown, message, doubts: [unknown, ...meantBy(error)] }
}

/** A pointer to a field that has to be there. */
function missingField(error: ErrorObject): string | undefined {
  if (error.keyword !== 'required') return undefined
  return `${error.instancePath}/${escapePointer(detailsOf(error).missingProperty)}`
}

/** A pointer to the field that is meant by an unknown one, if one that is not there is near. */
function meantBy(error: ErrorObject): string[] {
  const nearest = findNearest(detailsOf(error).additionalProperty, fieldsOf(error))
  if (nearest === undefined || Object.hasOwn(error.data as object, nearest)) return []
  return [`${error.instancePath}/${escapePointer(nearest)}`]
}
