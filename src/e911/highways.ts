import { isFraction } from './number-words.js'
import { joined } from './postal-text.js'
import { directionOf } from './directions.js'
import type { Country } from './regions.js'
import { suffixOf } from './suffixes.js'

/**
 * Roads whose name ends in a number or in letters, `COUNTY ROAD 502` (USPS Publication 28, appendix F): what is written, and
 * what it is read as, the first name first. `SR` is one of two; the row that exists decides.
 */
// prettier-ignore
const HIGHWAYS: readonly [written: string, ...read: string[]][] = [
  ['CO|CNTY|CTY|COUNTY RD|ROAD',            'COUNTY ROAD'],
  ['CR',                                    'COUNTY ROAD'],
  ['CO|CNTY|CTY|COUNTY HWY|HIGHWAY',        'COUNTY HIGHWAY'],
  ['CO|CNTY|CTY|COUNTY RTE|RT|ROUTE',       'COUNTY ROUTE'],
  ['ST|STATE HWY|HIGHWAY',                  'STATE HIGHWAY'],
  ['SH',                                    'STATE HIGHWAY'],
  ['ST|STATE RTE|RT|ROUTE',                 'STATE ROUTE'],
  ['ST|STATE RD|ROAD',                      'STATE ROAD'],
  ['SR',                                    'STATE ROUTE', 'STATE ROAD'],
  ['RTE|RT|ROUTE',                          'STATE ROUTE', 'STATE ROAD', 'ROUTE'],
  ['US HWY|HIGHWAY',                        'US HIGHWAY'],
  ['US RTE|RT|ROUTE',                       'US HIGHWAY', 'US ROUTE'],
  ['US',                                    'US HIGHWAY', 'US ROUTE'],
  ['U S HWY|HIGHWAY',                       'US HIGHWAY'],
  ['FARM RD|ROAD',                          'FM'],
  ['FARM TO MARKET RD|ROAD',                'FM'],
  ['FARM TO MARKET',                        'FM'],
  ['FM RD|ROAD',                            'FM'],
  ['HWY|HIGHWAY FM',                        'FM'],
  ['FM',                                    'FM'],
  ['RANCH RD|ROAD',                         'RANCH ROAD'],
  ['RM',                                    'RM'],
  ['TWP|TWNSHP|TOWNSHIP RD|ROAD',           'TOWNSHIP ROAD'],
  ['TSR',                                   'TOWNSHIP ROAD'],
  ['RGE|RANGE RD|ROAD',                     'RANGE ROAD'],
  ['PARISH RD|ROAD',                        'PARISH ROAD'],
  ['PRIVATE RD|ROAD',                       'PRIVATE ROAD'],
  ['FOREST RD|ROAD',                        'FOREST ROAD'],
  ['FOREST SERVICE RD|ROAD',                'FOREST SERVICE ROAD'],
  ['INDIAN RD|ROAD',                        'INDIAN ROAD'],
  ['INTERSTATE HWY|HIGHWAY',                'INTERSTATE'],
  ['I|IH|INTERSTATE',                       'INTERSTATE'],
  ['HWY|HIGHWAY|HIWAY',                     'HIGHWAY'],
  ['EXPY|EXPRESSWAY',                       'EXPRESSWAY'],
  ['CONCESSION RD|ROAD',                    'CONCESSION ROAD'],
  ['CONCESSION',                            'CONCESSION'],
  ['SIDEROAD',                              'SIDEROAD'],
  ['LINE',                                  'LINE'],
  ['LOOP',                                  'LOOP'],
  ['PIER',                                  'PIER'],
  ['AV|AVE|AVENUE',                         'AVENUE'],
  ['LN|LANE',                               'LANE'],
  ['RD|ROAD',                               'ROAD'],
  ['STREET',                                'STREET']
]

/** Every way to write the beginning of such a name, with what it is read as. */
const BEGINNINGS: ReadonlyMap<string, readonly string[]> = new Map(
  HIGHWAYS.flatMap(([written, ...read]) =>
    waysToWrite(written.split(' ')).map((way): [string, string[]] => [way, read])
  )
)
const MOST_WORDS = 4

/** Roads that letters name as well: AVENUE A, COUNTY ROAD DD, and STATE HIGHWAY AB. */
const ONE_LETTER = /^(?:AVENUE|LANE|STREET)$|ROAD$|HIGHWAY$|ROUTE$/
const TWO_LETTERS = /ROAD$|HIGHWAY$|ROUTE$/
const ROUTE_NUMBER = /^\d+(?:-\d+)?[A-Z]{0,2}$/

/** A road with a number: its names, the likeliest first, and the words behind. */
interface Highway {
  names: readonly string[]
  rest: readonly string[]
}

/** Reads a road with a number or with letters at the beginning of the words. `#` before its number is no unit. */
export function readHighway(words: readonly string[], country: Country): Highway | undefined {
  const [lead = '', ...others] = words
  const after = lead === 'OLD' || lead === 'NEW' ? readHighway(others, country) : undefined
  if (after !== undefined) return { ...after, names: after.names.map((name) => `${lead} ${name}`) }
  const [, glued, number] = /^(FM|CR|SR|SH|US|IH?|HWY)(\d+[A-Z]?)$/.exec(lead) ?? []
  const parts = glued === undefined || number === undefined ? words : [glued, number, ...others]
  for (let count = MOST_WORDS; count > 0; count--) {
    const read = BEGINNINGS.get(parts.slice(0, count).join(' '))
    const from = ['#', 'NO'].includes(parts[count] ?? '') ? count + 1 : count
    const value = parts[from] ?? ''
    if (read === undefined || !isRoadNumber(value, String(read[0]))) continue
    const to = isFraction(parts[from + 1] ?? '') ? from + 2 : from + 1
    return {
      names: routeNames(country, read).map((name) => joined(name, ...parts.slice(from, to))),
      rest: parts.slice(to)
    }
  }
  return undefined
}

/** Canada has no state roads, so that `RTE 132` is ROUTE 132 there. */
function routeNames(country: Country, names: readonly string[]): readonly string[] {
  const known = names.filter((name) => country === 'US' || !name.startsWith('STATE '))
  return known.length > 0 ? known : names
}

function isRoadNumber(value: string, name: string): boolean {
  if (ROUTE_NUMBER.test(value)) return true
  if (/^([A-Z])\1?$/.test(value)) return ONE_LETTER.test(name)
  return /^[A-Z]{2}$/.test(value) && TWO_LETTERS.test(name) && !suffixOf(value) && !directionOf([value], 'US')
}

function waysToWrite([word, ...others]: readonly string[]): readonly string[] {
  if (word === undefined) return ['']
  return word.split('|').flatMap((way) => waysToWrite(others).map((rest) => joined(way, rest)))
}
