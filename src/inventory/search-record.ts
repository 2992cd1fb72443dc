import type { Static } from '@sinclair/typebox'
import { AREA_CODE_DIGITS, EXCHANGE_DIGITS } from '../numbering/e164.js'
import type { SearchRecordSchema as SearchRecordSchema } from '../numbering/number-schema.js'
import type { Inventory } from './inventory.js'

export type SearchRecord = Static<typeof SearchRecordSchema>

/** Makes the record of a number on offer (document: Search For Available Numbers), its keys in the order of the document. */
export function searchRecord(inventory: Inventory, national: string): SearchRecord {
  const exchange = national.slice(0, EXCHANGE_DIGITS)
  const npa = national.slice(0, AREA_CODE_DIGITS)
  const nxx = national.slice(AREA_CODE_DIGITS, EXCHANGE_DIGITS)
  const e164 = `+1${national}`
  const centre = inventory.rateCentre(national)
  return {
    e164,
    formatted_number: `1-${npa}-${nxx}-${national.slice(EXCHANGE_DIGITS)}`,
    npa_nxx: exchange,
    number: e164,
    number_id: inventory.numberId(e164),
    ...(centre === undefined ? {} : { rate_center: centre }),
    status: 'Available',
    ten_digit: national
  }
}
