import { type Invalid, invalid } from './location.js'
import { LONGEST_LINE, plainText, wordsOf } from './postal-text.js'
import { type Country, countryOf, readPostalCode } from './regions.js'
import { printStreet, type Street } from './street.js'
import { readStreetLine } from './street-line.js'
import { formWithoutPlace } from './undeliverable.js'
import { readUnit, unitValue } from './units.js'

/** The address that a client submits (document: Schema, `e911`). Any string may be in it. */
export interface SubmittedAddress {
  street_address: string
  extended_address?: string | undefined
  locality: string
  region: string
  postal_code: string
  caller_name?: string | undefined
}

/** An address as it was understood, before anything is known about the street. */
export interface CivicAddress {
  country: Country
  region: string
  locality: string
  postalCode: string
  house: string
  street: Street
  /** No unit, one, or several that contradict one another, the one of the extended address first. */
  units: readonly string[]
}

/** Reads an address by the rules of USPS Publication 28, or says why it can be none. */
export function readAddress(submitted: SubmittedAddress): CivicAddress | Invalid {
  if (isTooLong(submitted)) return invalid(`a line is longer than ${LONGEST_LINE} characters`)
  const region = plainText(submitted.region)
  const country = countryOf(region)
  if (country === undefined) return invalid('the region is in neither the US nor Canada')
  const postalCode = readPostalCode(plainText(submitted.postal_code), country)
  if (postalCode === undefined) return invalid('the postal code is malformed')
  const locality = readLocality(submitted.locality)
  if (locality === '') return invalid('the locality is empty')
  const [streetText, extended] = [plainText(submitted.street_address), plainText(submitted.extended_address ?? '')]
  const line = readStreetLine(streetText, country)
  const units = distinctUnits([wordsOf(extended), ...(line?.units ?? [])])
  const form = formWithoutPlace([streetText, extended, locality, ...units])
  if (form !== undefined) return invalid(`${form} is no place to send help to`)
  if (line === undefined) return invalid('the street address has no house number or no street')
  const { house, street } = line
  const printed = [`${house} ${printStreet(street)}`, locality, ...units]
  if (printed.some(isLong)) return invalid('a line grows too long when spelled out')
  return { country, region, locality, postalCode, house, street, units }
}

/** A city's name as it is compared: `Saint-Jérôme` is `ST JEROME`. */
export function readLocality(locality: string): string {
  return plainText(plainText(locality).replaceAll('-', ' ')).replace(/^SAINT (?=.)/, 'ST ')
}

/** Whether a field is longer than any that is read. It is asked first, so that no rule ever meets a megabyte. */
export function isTooLong(submitted: SubmittedAddress): boolean {
  const { street_address, extended_address = '', locality, region, postal_code } = submitted
  return [street_address, extended_address, locality, region, postal_code].some(isLong)
}

/** Whether a line is longer than any that is read or printed. */
export function isLong(line: string): boolean {
  return line.length > LONGEST_LINE
}

function distinctUnits(written: readonly (readonly string[])[]): readonly string[] {
  const units = written.map(readUnit).filter((unit) => unit !== '')
  return units.filter((unit, index) => units.findIndex((other) => unitValue(other) === unitValue(unit)) === index)
}
