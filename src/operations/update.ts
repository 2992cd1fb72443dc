import type { JsonObject } from '../json.js'
import type { PhoneNumber } from '../numbering/phone-number.js'
import { merged, publicFields, withoutNulls } from '../numbering/public-fields.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import type { Caller } from './rules/permissions.js'
import { applyCarrierName } from './rules/carrier.js'
import { saveNumber, usedByAfter } from './rules/save-number.js'
import { findVisible } from './rules/load-number.js'

/** POST: the body takes the place of the public fields; without `e911` it removes E911 (document: E911). */
export function replaceFields(sandbox: Sandbox, caller: Caller, e164: string, data: JsonObject): PhoneNumber {
  return change(sandbox, caller, e164, data, () => withoutNulls(publicFields(data)))
}

/** PATCH: the body is merged into the public fields, a null deletes (reference implementation). */
export function mergeFields(sandbox: Sandbox, caller: Caller, e164: string, data: JsonObject): PhoneNumber {
  return change(sandbox, caller, e164, data, (stored) => merged(stored, publicFields(data)))
}

/** Neither changes the state; a deleted number is answered as it is, and nothing is stored (reference implementation). */
function change(
  sandbox: Sandbox,
  caller: Caller,
  e164: string,
  data: JsonObject,
  fields: (stored: JsonObject) => JsonObject
): PhoneNumber {
  const before = findVisible(sandbox, caller, e164, caller.path)
  if (before === undefined) throw new Problem('bad_identifier')
  if (before.state === 'deleted') return before
  const usedBy = usedByAfter(sandbox, before.usedBy, data)
  const wanted = { ...before, document: fields(before.document), usedBy }
  return saveNumber(sandbox, caller, before, applyCarrierName(caller, wanted, data))
}
