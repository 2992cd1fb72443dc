import type { JsonObject } from '../json.js'
import type { PhoneNumber } from '../numbering/phone-number.js'
import type { Sandbox } from '../sandbox.js'
import { activate } from './activate.js'
import type { Caller } from './caller.js'
import { withEach, withOne, type CollectionOutcome } from './collection.js'
import { meetMagic } from './magic.js'
import { readNumbers } from './number-list.js'

/** `PUT …/{PHONE_NUMBER}/activate`. */
export async function buyOne(
  sandbox: Sandbox,
  caller: Caller,
  written: string,
  data: JsonObject
): Promise<PhoneNumber> {
  const problems = await meetMagic(sandbox, caller, [written])
  return withOne(sandbox, written, activation(sandbox, caller, data, problems))
}

/** `PUT …/collection/activate`. The fields beside `numbers` go to every one of them. */
export async function buyAll(sandbox: Sandbox, caller: Caller, data: JsonObject): Promise<CollectionOutcome> {
  const written = readNumbers(data)
  const { numbers: _, ...fields } = data
  const problems = await meetMagic(sandbox, caller, written)
  return withEach(sandbox, caller, written, activation(sandbox, caller, fields, problems))
}

function activation(sandbox: Sandbox, caller: Caller, data: JsonObject, problems: ReadonlyMap<string, Error>) {
  return (e164: string): PhoneNumber => {
    const problem = problems.get(e164)
    if (problem !== undefined) throw problem
    return activate(sandbox, caller, e164, data)
  }
}
