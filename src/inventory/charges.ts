import { isObject, type JsonObject, type JsonValue } from '../json.js'

/** The price of activating a number, in the account's currency. */
export interface Charge {
  /** First digits of the E.164 form that it is for; all numbers where absent. */
  prefix?: string
  category: string
  item: string
  /** Each month. */
  rate: number
  /** Once. */
  activation_charge: number
}

/** The charge that the magic number 0402 quotes. */
export const MAGIC_CHARGE: Charge = { category: 'phone_numbers', item: 'did', rate: 1, activation_charge: 1 }

/**
 * The `data` of a 402 (reference implementation: category, then item, then the line of the bill).
 * ASSUMED: no service plan of the real service was seen; the member names are the reference's.
 */
export function quote({ category, item, rate, activation_charge }: Charge): JsonObject {
  const line = {
    category,
    item,
    quantity: 1,
    rate,
    single_discount: false,
    single_discount_rate: 0,
    cumulative_discount: 0,
    cumulative_discount_rate: 0,
    activation_charges: activation_charge
  }
  return { [category]: { [item]: line } }
}

/** Several quotes as one: the quantities and the single payments of equal items add up. */
export function sumOfQuotes(quotes: readonly JsonObject[]): JsonObject {
  const sum: Record<string, JsonObject> = {}
  for (const [category, items] of quotes.flatMap(Object.entries<JsonValue>)) {
    const known = (sum[category] ??= {})
    for (const [item, line] of Object.entries(isObject(items) ? items : {})) {
      const before = known[item]
      known[item] = isObject(before) && isObject(line) ? { ...line, ...addLines(before, line) } : line
    }
  }
  return sum
}

function addLines(one: JsonObject, other: JsonObject): JsonObject {
  const sum = (key: string) => Number(one[key]) + Number(other[key])
  return { quantity: sum('quantity'), activation_charges: sum('activation_charges') }
}
