import type { Static } from '@sinclair/typebox'
import { splitNational } from '../numbering/e164.js'
import type { SearchRecordSchema as SearchRecordSchema } from '../numbering/number-schema.js'
import type { Inventory } from './inventory.js'

export type SearchRecord = Static<typeof SearchRecordSchema>

/** Makes the record of a number on offer (document: Search For Available Numbers), its keys in the order of the document. */
export function searchRecord(inventory: Pick<Inventory, 'rateCentre' | 'numberId'>, national: string): SearchRecord {
  const { npa, nxx, line } = splitNational(national)
  const e164 = `+1${national}`
  const centre = inventory.rateCentre(national)
  return {
    e164,
    formatted_number: `1-${npa}-${nxx}-${line}`,
    npa_nxx: npa + nxx,
    number: e164,
    number_id: inventory.numberId(e164),
    ...(centre === undefined ? {} : { rate_center: centre }),
    status: 'Available',
    ten_digit: national
  }
}
