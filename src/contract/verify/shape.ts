import { isObject, type JsonValue } from '../../json.js'

/** The placeholders of a shape for values that differ from response to response. */
const PLACEHOLDERS: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  '<text>': (value) => typeof value === 'string',
  '<integer>': Number.isInteger,
  '<object>': isObject,
  '<list>': Array.isArray
}

/**
 * Compares a value with a shape, and returns a sentence with the dotted path for each difference. The keys of the shape have
 * to be there, others may be; a list of one shape stands for any list that is not empty and has that shape throughout.
 */
export function diffShape(shape: JsonValue, value: JsonValue | undefined, at = ''): string[] {
  const place = at === '' ? 'the answer' : at
  if (value === undefined) return [`${place} is missing`]
  if (Array.isArray(shape)) return diffList(shape, value, at)
  if (isObject(shape)) {
    if (!isObject(value)) return [`${place} is ${JSON.stringify(value)} instead of an object`]
    return Object.entries(shape).flatMap(([key, inner]) =>
      diffShape(inner, value[key], at === '' ? key : `${at}.${key}`)
    )
  }
  const fits = typeof shape === 'string' ? PLACEHOLDERS[shape] : undefined
  const isSame = fits === undefined ? shape === value : fits(value)
  return isSame ? [] : [`${place} is ${JSON.stringify(value)} instead of ${JSON.stringify(shape)}`]
}

function diffList([inner = null]: readonly JsonValue[], value: JsonValue, at: string): string[] {
  if (!Array.isArray(value) || value.length === 0) return [`${at} is ${JSON.stringify(value)} instead of a list`]
  return value.flatMap((item, i) => diffShape(inner, item, `${at}.${i}`))
}
