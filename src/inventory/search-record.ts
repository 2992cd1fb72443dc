import type { Stock } from './stock.js'

/** A number on offer (document: Search For Available Numbers). */
export interface SearchRecord {
  e164: string
  formatted_number: string
  npa_nxx: string
  number: string
  number_id: string
  /** Absent for toll-free numbers and for area codes that no plan knows. */
  rate_center?: { lata: string; name: string; state: string }
  status: 'Available'
  ten_digit: string
}

/** The record of a ten-digit number. */
export function searchRecord(stock: Stock, national: string): SearchRecord {
  const e164 = `+1${national}`
  const npa = national.slice(0, 3)
  const nxx = national.slice(3, 6)
  const rateCentre = stock.rateCentre(national)
  return {
    e164,
    formatted_number: `1-${npa}-${nxx}-${national.slice(6)}`,
    npa_nxx: npa + nxx,
    number: e164,
    number_id: stock.numberId(e164),
    ...(rateCentre === undefined ? {} : { rate_center: rateCentre }),
    status: 'Available',
    ten_digit: national
  }
}
