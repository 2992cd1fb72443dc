import { isObject, type JsonValue } from '../../json.js'

/** What stands in a shape for values that differ from answer to answer. */
const KINDS: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  '<text>': (value) => typeof value === 'string',
  '<integer>': Number.isInteger,
  '<object>': isObject,
  '<list>': Array.isArray
}

/**
 * Where a value differs from a shape: keys of the shape have to be there, others may be; a list of one shape stands for any
 * list that is not empty and has that shape throughout. Returns sentences, each with the dotted place.
 */
export function differences(shape: JsonValue, value: JsonValue | undefined, at = ''): string[] {
  const place = at === '' ? 'the answer' : at
  if (value === undefined) return [`${place} is missing`]
  if (Array.isArray(shape)) return inList(shape, value, at)
  if (isObject(shape)) {
    if (!isObject(value)) return [`${place} is ${JSON.stringify(value)} instead of an object`]
    return Object.entries(shape).flatMap(([key, inner]) =>
      differences(inner, value[key], at === '' ? key : `${at}.${key}`)
    )
  }
  const fits = typeof shape === 'string' ? KINDS[shape] : undefined
  const isSame = fits === undefined ? shape === value : fits(value)
  return isSame ? [] : [`${place} is ${JSON.stringify(value)} instead of ${JSON.stringify(shape)}`]
}

function inList([inner = null]: readonly JsonValue[], value: JsonValue, at: string): string[] {
  if (!Array.isArray(value) || value.length === 0) return [`${at} is ${JSON.stringify(value)} instead of a list`]
  return value.flatMap((item, i) => differences(inner, item, `${at}.${i}`))
}
