/**
 * A list with one value more. Most lists stay at one, for which a list that is pushed to would keep room for sixteen. Only the
 * list that is returned may be used on.
 */
export function appended<Value>(list: Value[], value: Value): Value[] {
  if (list.length === 0) return [value]
  list.push(value)
  return list
}
