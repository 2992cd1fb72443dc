import type { JsonObject } from '../json.js'
import { nationalNumber, toE164 } from '../numbering/e164.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { readNumbers } from './rules/number-list.js'

/** `POST …/check`: which numbers could be bought (reference implementation: `success`, or `error` without a reason). */
export function check(sandbox: Sandbox, data: JsonObject): JsonObject {
  return Object.fromEntries(readNumbers(data).map((number) => [number, checkStatus(sandbox, toE164(number))]))
}

function checkStatus({ store, inventory }: Sandbox, e164: string): string {
  const number = store.numbers.find(e164)
  if (number !== undefined) return number.state === 'available' && number.carrier === 'external' ? 'success' : 'error'
  return inventory.contains(nationalNumber(e164) ?? '') ? 'success' : 'error'
}
