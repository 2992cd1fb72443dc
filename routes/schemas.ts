import { Type, type TSchema } from '@sinclair/typebox'
import type { App } from '../src/api/app-type.js'
import type { Dialect } from '../src/dialect.js'
import type { JsonObject } from '../src/json.js'
import type { numberSchema } from '../src/numbering/number-schema.js'

/** The options of every route plugin. */
export interface RouteOptions {
  dialect: Dialect
  /** The schema of a body with the fields that a client may store with a number: one object, so that it is compiled once. */
  numberBody: ReturnType<typeof Body<ReturnType<typeof numberSchema>>>
}

/** A route plugin: it registers one endpoint, or a few that are alike. */
export type RoutePlugin = (app: App, options: RouteOptions, done: () => void) => void

/** The path of the numbers of an account. */
export const NUMBERS = '/v2/accounts/:account_id/phone_numbers'

/** The path of one of them. */
export const NUMBER = `${NUMBERS}/:phone_number`

/** The path prefix before the name of a sandbox; any other path follows the name. */
export const SANDBOXES = '/sandboxes/'

export const AccountParams = Type.Object({ account_id: Type.String({ description: '32 characters' }) })

export const NumberParams = Type.Object({
  account_id: Type.String({ description: '32 characters' }),
  phone_number: Type.String({ description: 'E.164, URL-encoded' })
})

/** A request body: the envelope around `data`. */
export function Body<Data extends TSchema>(data: Data) {
  return Type.Object({ data, accept_charges: Type.Optional(Type.Unknown()) })
}

/**
 * The part of a collection's body that names the numbers. The operations check it, with texts of their own; a list in the place
 * of `data` names none.
 */
export const Collection = Type.Unsafe<JsonObject>({
  ...Type.Object({ numbers: Type.Optional(Type.Unknown({ description: 'A list of numbers' })) }),
  type: ['object', 'array']
})

/** A key of a query at the admin API. */
export const queryKey = (description: string) => Type.Optional(Type.String({ maxLength: 100, description }))
