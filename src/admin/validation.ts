import type { Static, TSchema } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import type { Finding } from '../findings/finding.js'
import { assertNone } from '../findings/findings-error.js'
import { Part } from '../findings/part.js'
import { schemaFindings } from '../findings/schema-findings.js'
import { isSandboxName } from '../sandbox/sandboxes.js'
import { invalidCall } from './problems.js'

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
  // An absent body is null to a schema.
  return { schema: { body: schema }, preHandler: refuseAll(schema, ({ body }) => body ?? null, findMeaning) }
}

/** The options of a call with a query, which is refused as a body is. */
export function takesQuery<Schema extends TSchema>(schema: Schema, findMeaning?: FindMeaning<Static<Schema>>) {
  return { schema: { querystring: schema }, preHandler: refuseAll(schema, ({ query }) => query, findMeaning) }
}

function refuseAll<Input>(
  schema: TSchema,
  read: (request: FastifyRequest) => unknown,
  findMeaning: FindMeaning<Input> = () => []
) {
  return async (request: FastifyRequest): Promise<void> => {
    const input = read(request)
    const found = schemaFindings(schema, input)
    assertNone([...found, ...(await findMeaning(Part.of<NonNullable<Input>>(input, found), request))])
  }
}

/** Returns the name of the sandbox or the snapshot in the path of a call. Throws an AdminProblem where it cannot be one. */
export function readPathName({ params }: Pick<FastifyRequest, 'params'>, kind: 'sandbox' | 'snapshot'): string {
  const { name } = params as { name: string }
  if (isSandboxName(name)) return name
  throw invalidCall(`the name of a ${kind} is 1 to 64 letters, digits, dots, dashes and underscores`)
}
