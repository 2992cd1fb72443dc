import { describeJsonFault } from './text/json-fault.js'
import { isDeeper } from './text/json-text.js'

/** What JSON can say, so that nothing read from outside is ever `any`. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
export interface JsonObject {
  [key: string]: JsonValue
}

/** A value that is JSON text already. */
export class JsonText {
  constructor(readonly text: string) {}
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isEmpty(object: object): boolean {
  for (const _ in object) return false
  return true
}

/** Whether two values are the same JSON, whatever the order of their keys. */
export function sameJson(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === other) return true
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, i) => sameJson(item, other[i]))
  }
  if (!isObject(one) || !isObject(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && sameJson(one[key], other[key]))
  )
}

/** Parses JSON that nests at most so many levels. Throws a SyntaxError that says what is wrong, by line and column. */
export function parseJson(text: string, levels: number): JsonValue {
  if (isDeeper(text, levels)) throw tooDeep(levels)
  try {
    return JSON.parse(text) as JsonValue
  } catch (error) {
    throw new SyntaxError(describeJsonFault(text), { cause: error })
  }
}

function tooDeep(levels: number): SyntaxError {
  return new SyntaxError(`JSON must not nest deeper than ${levels} levels`)
}

/** Throws a SyntaxError where a value nests deeper than so many levels. It goes level by level: a deep one must not exhaust the stack. */
export function rejectDeep(value: unknown, levels: number): void {
  let inside: object[] = [value].filter(isNested)
  for (let level = 0; inside.length > 0; level++) {
    if (level === levels) throw tooDeep(levels)
    inside = inside.flatMap((one) => nestedIn(one))
  }
}

/** Returns the lists and objects in one. A list of eight megabytes is not copied for that. */
function nestedIn(one: object): object[] {
  return (Array.isArray(one) ? (one as unknown[]) : Object.values(one)).filter(isNested)
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Parses a body; one that is not JSON stays a text. */
export function parseOrKeep(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return text
  }
}

/** Escapes a key for a JSON pointer (RFC 6901). */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Returns the keys and positions that a JSON pointer (RFC 6901) names, from the root. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Finds what a JSON pointer (RFC 6901) points to; undefined where there is nothing. */
export function valueAtPointer(document: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>((value, name) => {
    if (Array.isArray(value)) return value[Number(name)] as unknown
    return isObject(value) ? value[name] : undefined
  }, document)
}
