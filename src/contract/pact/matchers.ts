import { isObject, type JsonObject, type JsonValue } from '../../json.js'

/** A matcher of Pact: how a value of another response may differ from the example. */
export type Matcher =
  { match: 'type'; min?: number } | { match: 'integer' | 'equality' } | { match: 'regex'; regex: string }

/** Matchers by the path of what they are for, as Pact writes both. */
export type MatchingRules = Record<string, { combine: 'AND'; matchers: Matcher[] }>

/** The values that differ from response to response, by their key; all other values are as documented, and have to be equal. */
const VOLATILE: Readonly<Record<string, Matcher>> = {
  auth_token: { match: 'type' },
  created: { match: 'integer' },
  modified: { match: 'integer' },
  updated: { match: 'integer' },
  request_id: { match: 'regex', regex: '^.+$' },
  revision: { match: 'regex', regex: '^.+$' },
  number_id: { match: 'regex', regex: '^[0-9A-Fa-f-]{36}$' },
  location_id: { match: 'regex', regex: '^\\d+$' },
  latitude: { match: 'regex', regex: '^-?\\d+(\\.\\d+)?$' },
  longitude: { match: 'regex', regex: '^-?\\d+(\\.\\d+)?$' },
  cascade_quantity: { match: 'integer' },
  next_start_key: { match: 'regex', regex: '^.+$' },
  owner_id: { match: 'type' },
  node: { match: 'type' },
  timestamp: { match: 'type' },
  version: { match: 'type' }
}

/** Which numbers are found differs from server to server; what each of them looks like does not. */
const COLLECTIONS: Readonly<Record<string, Matcher>> = {
  'search $.data': { match: 'type', min: 1 },
  'search_account $.data': { match: 'type', min: 1 }
}

/** How the details of a failure may differ that a fault has made: its texts are examples. */
const FORCED_DATA: Matcher = { match: 'type' }

/** Returns the matchers of a response body; all of `data` may differ in its values where a fault has made it. */
export function bodyRules(operation: string, body: JsonValue, isForced: boolean): MatchingRules {
  const rules: MatchingRules = {}
  const add = (path: string, matcher: Matcher) => {
    rules[path] = { combine: 'AND', matchers: [matcher] }
  }
  walk(body, '$', '')
  return rules

  function walk(value: JsonValue, path: string, key: string): void {
    if (isForced && path === '$.data') {
      add(path, FORCED_DATA)
      return
    }
    const volatile = VOLATILE[key]
    const collection = Array.isArray(value) && value.length > 0 ? COLLECTIONS[`${operation} ${path}`] : undefined
    if (volatile !== undefined && !isObject(value)) add(path, volatile)
    else if (collection !== undefined) walkCollection(value, path, collection)
    else if (Array.isArray(value))
      value.forEach((item, i) => {
        walk(item, `${path}[${i}]`, '')
      })
    else if (isObject(value)) for (const [name, inner] of Object.entries(value)) walk(inner, pathTo(path, name), name)
  }

  /** A rule is for all items that have the key. */
  function walkCollection(value: JsonValue, path: string, matcher: Matcher): void {
    add(path, matcher)
    const names = new Set((value as JsonObject[]).flatMap(Object.keys))
    for (const name of names) walkItem(pathTo(`${path}[*]`, name), name)
  }

  function walkItem(path: string, key: string): void {
    add(path, VOLATILE[key] ?? (key === 'status' ? { match: 'equality' } : { match: 'type' }))
  }
}

/** Writes the path of a key. Pact's verifier takes a number in E.164 for the index of a list, but finds every key by a star. */
function pathTo(path: string, name: string): string {
  if (name.startsWith('+')) return `${path}.*`
  return /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}['${name}']`
}
