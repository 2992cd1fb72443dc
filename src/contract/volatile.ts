import { isMissing } from '../journal/redaction.js'

/** A matcher of Pact: how a value of another response may differ from the example. */
export type Matcher =
  { match: 'type'; min?: number } | { match: 'integer' | 'equality' } | { match: 'regex'; regex: string }

interface VolatileKind {
  fits: (value: unknown) => boolean
  /** The same in Pact's words. */
  matcher: Matcher
}

/** A kind of texts. */
function texts(regex: string): VolatileKind {
  const pattern = new RegExp(regex)
  return { fits: (value) => typeof value === 'string' && pattern.test(value), matcher: { match: 'regex', regex } }
}

/** The kinds of values that may differ from response to response. */
export const VOLATILE_KINDS = {
  text: { fits: (value) => typeof value === 'string', matcher: { match: 'type' } },
  token: { fits: (value) => typeof value === 'string' && !isMissing(value), matcher: { match: 'type' } },
  filled: texts('^.+$'),
  integer: { fits: Number.isInteger, matcher: { match: 'integer' } },
  digits: texts('^\\d+$'),
  decimal: texts('^-?\\d+(\\.\\d+)?$'),
  uuid: texts('^[0-9A-Fa-f-]{36}$')
} as const satisfies Record<string, VolatileKind>
export type VolatileKindName = keyof typeof VOLATILE_KINDS

/** The values that differ from response to response, by their key; all other values are as documented, and have to be equal. */
export const VOLATILE: Readonly<Record<string, VolatileKindName>> = {
  auth_token: 'token',
  created: 'integer',
  modified: 'integer',
  updated: 'integer',
  request_id: 'filled',
  revision: 'filled',
  number_id: 'uuid',
  location_id: 'digits',
  latitude: 'decimal',
  longitude: 'decimal',
  cascade_quantity: 'integer',
  owner_id: 'text',
  node: 'text',
  timestamp: 'text',
  version: 'text'
}
