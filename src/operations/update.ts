import type { JsonObject } from '../json.js'
import { changed, type PhoneNumber } from '../numbering/phone-number.js'
import { merged, publicFields, withoutNulls } from '../numbering/public-fields.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox.js'
import type { Caller } from './caller.js'
import { withCarrier } from './carrier.js'
import { keep } from './keep-number.js'
import { load } from './load-number.js'
import { postedUse } from './posted-use.js'

/** POST: the body takes the place of the public fields; without `e911` it removes E911 (document: E911). */
export function replaceFields(sandbox: Sandbox, caller: Caller, e164: string, data: JsonObject): PhoneNumber {
  return change(sandbox, caller, e164, data, () => withoutNulls(publicFields(data)))
}

/** PATCH: the body is merged into the public fields, a null deletes (reference implementation). */
export function mergeFields(sandbox: Sandbox, caller: Caller, e164: string, data: JsonObject): PhoneNumber {
  return change(sandbox, caller, e164, data, (stored) => merged(stored, publicFields(data)))
}

/** Neither changes the state. */
function change(
  sandbox: Sandbox,
  caller: Caller,
  e164: string,
  data: JsonObject,
  fields: (stored: JsonObject) => JsonObject
): PhoneNumber {
  const before = load(sandbox, caller, e164, caller.path)
  if (before === undefined) throw new Problem('bad_identifier')
  const usedBy = postedUse(sandbox, before.usedBy, data)
  const wanted = changed(before, { document: fields(before.document), usedBy })
  return keep(sandbox, caller, before, withCarrier(caller, wanted, data.carrier_name))
}
