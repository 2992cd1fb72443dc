import type { OperationName } from './outcomes.js'

interface Key {
  name: string
  says: string
  example: string
  isNumber?: true
}

const PREFIX = (isRequired: boolean): Key => ({
  name: 'prefix',
  says: `A 3-digit number prefix or a URL-encoded E.164 prefix: a + is written %2B${isRequired ? '' : '. Makes the call a search'}`,
  example: '415'
})
const SEARCH: readonly Key[] = [
  { name: 'quantity', says: 'Maximum amount of numbers to be returned', example: '2', isNumber: true },
  { name: 'offset', says: 'Page number, from 0', example: '0', isNumber: true }
]

/** The query of each documented call, in the document's words. */
export const QUERIES: Partial<Record<OperationName, readonly Key[]>> = {
  search: [PREFIX(true), ...SEARCH],
  search_account: [PREFIX(false), ...SEARCH],
  list: [
    { name: 'page_size', says: 'Numbers a page', example: '3', isNumber: true },
    { name: 'start_key', says: 'Where the page begins, URL-encoded: a + is written %2B', example: '+14152338421' },
    { name: 'filter_state', says: 'One state, or a URL-encoded JSON list of them', example: 'in_service' },
    { name: 'created_from', says: 'Gregorian seconds', example: '63627345744', isNumber: true }
  ],
  buy: [],
  buy_collection: [],
  remove: [],
  read: [],
  e911: []
}

/** Keys that real clients send with any call and the service takes or overlooks. */
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

/** Whether a call knows a key of its query; calls that the document does not describe know all. */
export function isKnownKey(operation: OperationName, name: string): boolean {
  const keys = QUERIES[operation]
  if (keys === undefined || EVERYWHERE.has(name) || keys.some((key) => key.name === name)) return true
  return operation === 'list' && FILTER.test(name)
}

/** The keys of a call's query that count something. */
export function countsOf(operation: OperationName): readonly string[] {
  return COUNTS.get(operation) ?? NONE
}

const COUNTS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(QUERIES).map(([operation, keys]) => [
    operation,
    keys.filter(({ isNumber }) => isNumber).map(({ name }) => name)
  ])
)
const NONE: readonly string[] = []
