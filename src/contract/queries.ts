import { Type, type TObject } from '@sinclair/typebox'
import { OPERATIONS, type OperationName } from './outcomes.js'

const prefix = 'A 3-digit number prefix or a URL-encoded E.164 prefix: a + is written %2B'
const page = {
  quantity: Type.Optional(Type.Integer({ description: 'Maximum amount of numbers to be returned', example: 2 })),
  offset: Type.Optional(Type.Integer({ description: 'Page number, from 0', example: 0 }))
}

/**
 * The queries of the documented calls, in the document's words. Routes describe them, and the contract check knows their keys;
 * no query is refused for them: a wrong value is read as the default (reference implementation).
 */
export const QUERIES = {
  search: Type.Object({ prefix: Type.String({ description: prefix, example: '415' }), ...page }),
  search_account: Type.Object({
    prefix: Type.Optional(Type.String({ description: `${prefix}. Makes the call a search`, example: '415' })),
    ...page
  }),
  list: Type.Object({
    page_size: Type.Optional(Type.Integer({ description: 'Numbers a page', example: 3 })),
    start_key: Type.Optional(
      Type.String({
        description: 'Where the page begins, URL-encoded: a + is written %2B',
        example: '+14152338421'
      })
    ),
    filter_state: Type.Optional(
      Type.String({ description: 'One state, or a URL-encoded JSON list of them', example: 'in_service' })
    ),
    created_from: Type.Optional(Type.Integer({ description: 'Gregorian seconds', example: 63627345744 }))
  })
} satisfies Partial<Record<OperationName, TObject>>

/** Keys that real clients send with any call, and that the service takes or ignores. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  '_',
  'accept',
  'accept_charges',
  'auth_token',
  'blocks',
  'city',
  'country',
  'hard',
  'include_ports',
  'jsonp',
  'paginate',
  'pretty_print',
  'reseller_id',
  'verb'
])

/** Filters of the list beyond the two that the document shows ("such as"). */
const FILTER = /^(?:filter_.+|(?:created|modified)_(?:from|to)|(?:has|value)_(?:key|value|missing)|key_missing)$/

/** Those of the filters that have a name of their own. */
const FILTERS = ['filter_not_state', 'filter_used_by', 'created_to', 'modified_from', 'modified_to', 'key_missing']

/** Tells whether a call has a key in its query; calls that the document does not describe have all. */
export function isKnownKey(operation: OperationName, name: string): boolean {
  if (!OPERATIONS[operation].isDocumented || EVERYWHERE.has(name) || Object.hasOwn(keysOf(operation), name)) return true
  return operation === 'list' && FILTER.test(name)
}

/** Lists the keys that a call reads in its query, filters of the list included. */
export function queryKeysOf(operation: OperationName): readonly string[] {
  const filters = operation === 'list' ? FILTERS : []
  return [...Object.keys(keysOf(operation)), ...EVERYWHERE, ...filters]
}

/** Lists the keys of a call's query that count something. */
export function countsOf(operation: OperationName): readonly string[] {
  return COUNTS[operation] ?? []
}

function keysOf(operation: OperationName): TObject['properties'] {
  const queries: Partial<Record<OperationName, TObject>> = QUERIES
  return queries[operation]?.properties ?? {}
}

const COUNTS: Partial<Record<OperationName, readonly string[]>> = Object.fromEntries(
  Object.entries<TObject>(QUERIES).map(([operation, { properties }]) => [
    operation,
    Object.keys(properties).filter((name) => properties[name]?.type === 'integer')
  ])
)
