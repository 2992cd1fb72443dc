import type { Static, TSchema } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import type { Finding } from '../findings/finding.js'
import { Part } from '../findings/part.js'
import { schemaFindings, type SchemaFinding } from '../findings/schema-findings.js'
import { refuseFindings } from './problems.js'

/** What a schema does not allow in a call. */
class SchemaError extends Error {
  override readonly name = 'SchemaError'
  readonly findings: readonly SchemaFinding[]

  constructor(findings: readonly SchemaFinding[]) {
    super()
    this.findings = findings
  }
}

/** Makes the validator of a schema. A schema is compiled when its first call comes: a start needs none. */
export function compileSchema({ schema }: { schema: TSchema }) {
  return (value: unknown): { value: unknown } | { error: Error } => {
    const findings = schemaFindings(schema, value)
    return findings.length === 0 ? { value } : { error: new SchemaError(findings) }
  }
}

/** Finds what a schema cannot say of an input: names that are unknown, fields that do not go together. */
type FindMeaning<Input> = (
  input: Part<NonNullable<Input>>,
  request: FastifyRequest
) => readonly Finding[] | Promise<readonly Finding[]>

/**
 * The options of a call with a body. One that is wrong is refused with everything that is wrong with it: what its schema does not
 * allow, and what its meaning is found to lack in all that the schema accepts.
 */
export function takesBody<Schema extends TSchema>(schema: Schema, findMeaning?: FindMeaning<Static<Schema>>) {
  return { schema: { body: schema }, ...refuseAll((request) => request.body, findMeaning) }
}

/** The options of a call with a query, which is refused as a body is. */
export function takesQuery<Schema extends TSchema>(schema: Schema, findMeaning?: FindMeaning<Static<Schema>>) {
  return { schema: { querystring: schema }, ...refuseAll((request) => request.query, findMeaning) }
}

function refuseAll<Input>(read: (request: FastifyRequest) => unknown, findMeaning: FindMeaning<Input> = () => []) {
  return {
    // Fastify keeps the error of a schema for the hook, which adds what else is wrong.
    attachValidation: true,
    preHandler: async (request: FastifyRequest): Promise<void> => {
      const { validationError: error } = request
      const found = error instanceof SchemaError ? error.findings : []
      refuseFindings([...found, ...(await findMeaning(Part.of<NonNullable<Input>>(read(request), found), request))])
    }
  }
}
