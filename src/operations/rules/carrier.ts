import type { JsonObject } from '../../json.js'
import type { PhoneNumber } from '../../numbering/phone-number.js'
import { Problem } from '../../problems.js'
import type { Caller } from './permissions.js'

/** The carriers that an admin may name, without the prefix `knm_` (reference implementation). */
export const CARRIERS: readonly string[] = ['bandwidth2', 'local', 'mdn', 'other', 'telnyx', 'vitelity']

/**
 * The number under the carrier that the body names in `carrier_name`, if it does, with or without `knm_`: clients send back the
 * names of `carriers_info`, which have none. Only an admin may; going local loses CNAM. Throws `forbidden` and `invalid`.
 */
export function applyCarrierName(
  { account }: Caller,
  number: PhoneNumber,
  { carrier_name: name }: JsonObject
): PhoneNumber {
  if (typeof name !== 'string') return number
  if (!account.admin) throw new Problem('forbidden')
  const carrier = name.replace(/^knm_/, '')
  if (!CARRIERS.includes(carrier)) throw new Problem('invalid', `'${name}' is not known by the system`)
  if (carrier !== 'local' && carrier !== 'mdn') return { ...number, carrier: 'external' }
  const { cnam: _, ...document } = number.document
  return { ...number, carrier: 'local', document }
}
