import { Type, type TSchema } from '@sinclair/typebox'
import type { JsonObject } from '../src/json.js'

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
 * The part of a collection's body that names the numbers; its faults have texts of their own, and a list in the place of
 * `data` names none.
 */
export const Collection = Type.Unsafe<JsonObject>({
  ...Type.Object({ numbers: Type.Optional(Type.Unknown({ description: 'A list of numbers' })) }),
  type: ['object', 'array']
})
