import { type Invalid, invalidLocation } from './location.js'
import { LONGEST_LINE, plainCode, plainText, wordsOf } from './postal-text.js'
import { type Country, countryOf, readPostalCode } from './regions.js'
import { printStreet } from './street.js'
import { readStreetLine, type StreetLine } from './street-line.js'
import { formWithoutPlace } from './undeliverable.js'
import { combineUnits, readUnit } from './units.js'

/** The address that a client submits (document: Schema, `e911`). Any string may be in it. */
export interface SubmittedAddress {
  street_address: string
  extended_address?: string | undefined
  locality: string
  region: string
  postal_code: string
  caller_name?: string | undefined
}

/** What an address may mean, before anything is known about the street. */
export interface Reading extends Omit<StreetLine, 'units'> {
  /** One unit, empty where there is none, or several that contradict one another, that of the extended address first. */
  units: readonly string[]
}

/** An address as it was understood. */
export interface CivicAddress {
  country: Country
  region: string
  locality: string
  postalCode: string
  /** At least one, the likeliest first. */
  readings: readonly [Reading, ...Reading[]]
}

/** Reads an address by the rules of USPS Publication 28, or says why it can be none. */
export function readAddress(submitted: SubmittedAddress): CivicAddress | Invalid {
  if (isTooLong(submitted)) return invalidLocation(`a line is longer than ${LONGEST_LINE} characters`)
  const region = plainText(submitted.region)
  const country = countryOf(region)
  if (country === undefined) return invalidLocation('the region is in neither the US nor Canada')
  const postalCode = readPostalCode(plainCode(submitted.postal_code), country)
  if (postalCode === undefined) return invalidLocation('the postal code is malformed')
  const locality = readLocality(submitted.locality)
  if (locality === '') return invalidLocation('the locality is empty')
  const [streetText, extended] = [plainText(submitted.street_address), plainText(submitted.extended_address ?? '')]
  const lines = readStreetLine(streetText, country)
  const [first, ...others] = lines.map((line): Reading => {
    return { ...line, units: combineUnits([readUnit(wordsOf(extended)), ...line.units]) }
  })
  const form = formWithoutPlace([streetText, extended, locality, ...(first?.units ?? [])])
  if (form !== undefined) return invalidLocation(`${form} is no place to send help to`)
  if (first === undefined) return invalidLocation('the street address has no house number or no street')
  if (endsInPostalCode(streetText)) return invalidLocation('the street address goes on to a region and a postal code')
  const readings = [first, ...others] as const
  const printed = readings.flatMap(({ house, street, units }) => [`${house} ${printStreet(street, country)}`, ...units])
  if ([locality, ...printed].some(isLong)) return invalidLocation('a line grows too long when spelled out')
  return { country, region, locality, postalCode, readings }
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

function endsInPostalCode(line: string): boolean {
  const [, region = '', code = ''] = / ([A-Z]{2}) (\S+(?: \d[A-Z]\d)?)$/.exec(line) ?? []
  const country = countryOf(region)
  return country !== undefined && readPostalCode(code, country) !== undefined
}
