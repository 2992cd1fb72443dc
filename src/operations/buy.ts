import type { JsonObject } from '../json.js'
import type { PhoneNumber } from '../numbering/phone-number.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { activate } from './activate.js'
import type { Caller } from './rules/permissions.js'
import { forEachNumber, forOne, type CollectionOutcome } from './rules/collection.js'
import { applyMagicNumbers } from './rules/magic-numbers.js'
import { readNumbers } from './rules/number-list.js'

/** `PUT …/{PHONE_NUMBER}/activate`. */
export async function buyOne(
  sandbox: Sandbox,
  caller: Caller,
  written: string,
  data: JsonObject
): Promise<PhoneNumber> {
  const problems = await applyMagicNumbers(sandbox, caller, [written])
  return forOne(sandbox, written, activation(sandbox, caller, data, problems))
}

/** `PUT …/collection/activate`. The fields beside `numbers` go to every one of them. */
export async function buyAll(sandbox: Sandbox, caller: Caller, data: JsonObject): Promise<CollectionOutcome> {
  const written = readNumbers(data)
  const { numbers: _, ...fields } = data
  const problems = await applyMagicNumbers(sandbox, caller, written)
  return forEachNumber(sandbox, caller, written, activation(sandbox, caller, fields, problems))
}

function activation(sandbox: Sandbox, caller: Caller, data: JsonObject, problems: ReadonlyMap<string, Error>) {
  return (e164: string): PhoneNumber => {
    const problem = problems.get(e164)
    if (problem !== undefined) throw problem
    return activate(sandbox, caller, e164, data)
  }
}
