import { wordsOf } from './postal-text.js'

/** E911 is offered in these two only (document: E911, Note). */
export type Country = 'US' | 'CA'

/** Two letters name a region, never a country: `CA` is California. Military regions (AA, AE, AP) are on no map. */
// prettier-ignore
const REGIONS: readonly [country: Country, regions: string][] = [
  ['US', 'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR ' +
         'PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI'],
  ['CA', 'AB BC MB NB NL NS NT NU ON PE QC SK YT']
]

const COUNTRIES: ReadonlyMap<string, Country> = new Map(
  REGIONS.flatMap(([country, regions]) => wordsOf(regions).map((region): [string, Country] => [region, country]))
)

/** Each pattern captures the part of a code that is kept: the ZIP code of a ZIP+4, both halves of a Canadian code (no D, F, I, O, Q, U). */
const POSTAL_CODES: Readonly<Record<Country, RegExp>> = {
  US: /^(\d{5})(?:-?\d{4})?$/,
  CA: /^([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]) ?(\d[ABCEGHJ-NPRSTV-Z]\d)$/
}

/** The country of a region in plain text, or undefined where the region is of neither. */
export function countryOf(region: string): Country | undefined {
  return COUNTRIES.get(region)
}

/** A plain postal code as the country writes it (`94105`, `A1A 1A1`); the end of a ZIP+4 is dropped. */
export function readPostalCode(text: string, country: Country): string | undefined {
  const [, ...parts] = POSTAL_CODES[country].exec(text) ?? []
  return parts.length > 0 ? parts.join(' ') : undefined
}
