import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { VOLATILE, VOLATILE_KINDS, type Matcher, type VolatileKindName } from '../volatile.js'

/** Matchers by the path of what they are for, as Pact writes both. */
type MatchingRules = Record<string, { combine: 'AND'; matchers: Matcher[] }>

/** Where the next page begins depends on which numbers the server has. */
const START_KEYS: Readonly<Record<string, VolatileKindName>> = { next_start_key: 'filled' }

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
    const volatile = matcherOf(key)
    const collection = Array.isArray(value) && value.length > 0 ? COLLECTIONS[`${operation} ${path}`] : undefined
    if (volatile !== undefined && !isObject(value)) add(path, volatile)
    else if (collection !== undefined) walkCollection(value, path, collection)
    else if (Array.isArray(value))
      value.forEach((item, i) => {
        walk(item, `${path}[${i}]`, '')
      })
    else if (isObject(value))
      for (const [name, inner] of Object.entries(value)) walk(inner, matcherPath(path, name), name)
  }

  /** A rule is for all items that have the key. */
  function walkCollection(value: JsonValue, path: string, matcher: Matcher): void {
    add(path, matcher)
    const names = new Set((value as JsonObject[]).flatMap(Object.keys))
    for (const name of names) walkItem(matcherPath(`${path}[*]`, name), name)
  }

  function walkItem(path: string, key: string): void {
    add(path, matcherOf(key) ?? (key === 'status' ? { match: 'equality' } : { match: 'type' }))
  }
}

/** The matcher of a key whose values differ from response to response. */
function matcherOf(key: string): Matcher | undefined {
  const kind = VOLATILE[key] ?? START_KEYS[key]
  return kind === undefined ? undefined : VOLATILE_KINDS[kind].matcher
}

/** Writes the path of a key. Pact's verifier takes a number in E.164 for the index of a list, but finds every key by a star. */
function matcherPath(path: string, name: string): string {
  if (name.startsWith('+')) return `${path}.*`
  return /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}['${name}']`
}
