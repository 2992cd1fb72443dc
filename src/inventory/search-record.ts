import { AREA_CODE_DIGITS, EXCHANGE_DIGITS } from '../numbering/e164.js'
import type { Inventory } from './inventory.js'

/**
 * The text of a number on offer (document: Search For Available Numbers), its keys in the order of the document. Searches
 * are what is asked most, and little in a record could have to be escaped.
 */
export function searchRecordText(stock: Inventory, national: string): string {
  const exchange = national.slice(0, EXCHANGE_DIGITS)
  const npa = national.slice(0, AREA_CODE_DIGITS)
  const nxx = national.slice(AREA_CODE_DIGITS, EXCHANGE_DIGITS)
  const e164 = `+1${national}`
  const rateCentre = stock.rateCentreText(exchange)
  return (
    `{"e164":"${e164}","formatted_number":"1-${npa}-${nxx}-${national.slice(EXCHANGE_DIGITS)}","npa_nxx":"${exchange}",` +
    `"number":"${e164}","number_id":${JSON.stringify(stock.numberId(e164))},${rateCentre === '' ? '' : `"rate_center":${rateCentre},`}"status":"Available",` +
    `"ten_digit":"${national}"}`
  )
}
