import t from 'tap'
import { matchAddress } from '../../src/e911/match.js'
import { acceptAddress } from '../../src/e911/permissive.js'
import { suffixOf } from '../../src/e911/suffixes.js'
import { checkStreets } from '../../src/e911/street-fixture.js'
import type { StreetSegment } from '../../src/e911/street-schema.js'
import { address, fixtureTables, ownStreets, summary } from './fixture-streets.js'
import { SUFFIXES } from './publication-28.js'

const unclear = 'invalid: the street address cannot be read for certain'
const region = 'invalid: the street address goes on to a region and a postal code'
const mailbox = 'invalid: a private mailbox is no place to send help to'
const unknown = 'invalid: no street of this city or postal code has this house'
const direction = 'invalid: the street runs in another direction'

const US = '| RENO | NV | 89501'
const CA = '| MONTREAL | QC | H3B 4W5'

/** Reads `street | unit` in a place; so are the lines of the tables written, and so is what they are read as. */
function read(line: string, place = US): unknown {
  const [street = '', unit = ''] = line.split(' | ')
  const answer = summary(acceptAddress(address(`${street} | ${unit} ${place}`)))
  return typeof answer === 'string' ? answer.replace(` ${place}`, '').replace(/ \| $/, '') : answer
}

// prettier-ignore
const LINES: readonly [kind: string, written: string, read: string][] = [
  ['a house on a grid',                     'N6W23001 Bluemound Rd',              'N6W23001 BLUEMOUND RD'],
  ['a house on a grid',                     'W148 N9748 Tree Tops Dr',            'W148 N9748 TREE TOPS DR'],
  ['a house on a grid',                     'W148-N9748 Tree Tops Dr',            'W148-N9748 TREE TOPS DR'],
  ['a house on a grid',                     '39W123 Silver Glen Rd',              '39W123 SILVER GLEN RD'],
  ['a house on a grid',                     '4N120 Randall Rd',                   '4N120 RANDALL RD'],
  ['a house on a grid',                     'W1234 County Road B',                'W1234 COUNTY ROAD B'],
  ['a house letter apart',                  '12 B Washington St',                 '12B WASHINGTON ST'],
  ['a house letter apart',                  '12 B Park Ave',                      '12B PARK AVE'],
  ['a house letter behind a dash',          '109-A Main St',                      '109A MAIN ST'],
  ['a letter that is the street',           '12 B St',                            '12 B ST'],
  ['a letter that is the street',           '12 B St Apt 4',                      '12 B ST | APT 4'],
  ['a letter that is a road',               '12 I 55',                            '12 INTERSTATE 55'],
  ['a letter that is a direction',          '12 N Washington St',                 '12 N WASHINGTON ST'],
  ['a letter before a highway',             '12 B Highway 61',                    '12B HIGHWAY 61'],
  ['a letter before a letter',              '12 B Ave N',                         unclear],
  ['letters that may be a name',            '120 T I Blvd',                       unclear],
  ['letters that may be a name',            '88 L B J Fwy',                       unclear],
  ['letters that may be a country',         '350 U S 12 Hwy S',                   unclear],
  ['a letter that may go on with a word',   '61 D and R Miller Rd',               unclear],
  ['a letter that may go on with a word',   '45 P de Leon Blvd',                  unclear],
  ['a letter that may be an avenue',        '310 K Avenue Pl SE',                 unclear],
  ['a second letter',                       '12B B Washington St',                '12B B WASHINGTON ST'],
  ['a fraction behind a dash',              '123-1/2 Main St',                    '123 1/2 MAIN ST'],
  ['a fraction and a number for a name',    '2845 27 1/2 Rd',                     '2845 27 1/2 RD'],
  ['a house in words',                      'One Microsoft Way',                  '1 MICROSOFT WAY'],
  ['a house in words',                      'Nineteen Elm St',                    '19 ELM ST'],
  ['a unit before the house',               'Suite 1800 77 W Wacker Dr',          '77 W WACKER DR | STE 1800'],
  ['a unit before the house',               '#4 123 Main St',                     '123 MAIN ST | # 4'],
  ['a unit before the house',               'Unit 205, 100 King St W',            '100 KING ST W | UNIT 205'],
  ['a unit before the house',               'Penthouse, 100 King St W',           '100 KING ST W | PH'],
  ['a unit before the house',               '20th Floor, 350 5th Ave',            '350 5TH AVE | FL 20'],
  ['a unit of a letter before the house',   'Apt B 12 Main St',                   '12 MAIN ST | APT B'],
  ['a unit of a letter before the house',   'Apt E, 123 11 Neck Rd',              unclear],
  ['a unit of a letter before a number',    'Apt E, 123 11 Neck NE',              '123 11 NCK NE | APT E'],
  ['a unit with a letter before the house', 'Suite 100 A 12 Main St',             '12 MAIN ST | STE 100 A'],
  ['a penthouse and its number',            'PH 2 12 Main St',                    '12 MAIN ST | PH 2'],
  ['a second number behind a unit',         'Suite 5, 1 2 Washington St',         unclear],
  ['units before and behind',               'Apt 4 12 Main St Bldg 2',            '12 MAIN ST | BLDG 2 APT 4'],
  ['a number behind the type',              '123 Main St, 4',                     '123 MAIN ST | # 4'],
  ['a number behind the type',              '123 Main St No. 4',                  '123 MAIN ST | # 4'],
  ['a number behind the type',              '123 Main St No 4',                   '123 MAIN ST | # 4'],
  ['a number behind the type',              '1104 Watkins Glen Ct 104',           '1104 WATKINS GLEN CT | # 104'],
  ['a number behind the type',              '123 Main St - 4',                    '123 MAIN ST | # 4'],
  ['a number behind a direction',           '123 Main St NW 4',                   '123 MAIN ST NW | # 4'],
  ['a letter behind the type',              '123 Main St B',                      '123 MAIN ST | # B'],
  ['a unit in one word',                    '123 Main St Apt4B',                  '123 MAIN ST | APT 4B'],
  ['a unit in one word',                    '123 Main St Ste.5300',               '123 MAIN ST | STE 5300'],
  ['a unit shortened',                      '123 Main St UT C2',                  '123 MAIN ST | UNIT C2'],
  ['a saint first in a name',               '12 St Marys Ave',                    '12 SAINT MARYS AVE'],
  ['a saint before the last word',          '12 Old St Marys Ave',                '12 OLD SAINT MARYS AVE'],
  ['a saint without a type',                '12 St James',                        '12 SAINT JAMES'],
  ['a state road',                          '2665 ST HWY 59',                     '2665 STATE HIGHWAY 59'],
  ['a state road',                          '2665 ST RTE 59',                     '2665 STATE ROUTE 59'],
  ['a state road',                          '2665 ST RD 59',                      '2665 STATE ROAD 59'],
  ['a county road',                         '138 Co Rd 502',                      '138 COUNTY ROAD 502'],
  ['a county road',                         '138 CR 502',                         '138 COUNTY ROAD 502'],
  ['a county road',                         '138 CR-502',                         '138 COUNTY ROAD 502'],
  ['a county road',                         '138 CR502',                          '138 COUNTY ROAD 502'],
  ['a county road',                         '138 Cnty Rd 502',                    '138 COUNTY ROAD 502'],
  ['a county road',                         '138 County Road #502',               '138 COUNTY ROAD 502'],
  ['a number that may be of the road',      '310 Al Highway 44',                  unclear],
  ['a number that may be of the road',      '88 OH Rte. 7',                       unclear],
  ['a number that may be of the road',      '120 Baker County Rd 44',             unclear],
  ['a number that may be of the road',      '350 Country Road 12',                unclear],
  ['a county road with letters',            '138 County Road XX',                 '138 COUNTY ROAD XX'],
  ['a state highway of two letters',        '138 State Hwy AB',                   '138 STATE HIGHWAY AB'],
  ['two letters that are a direction',      '138 County Road NE',                 '138 COUNTY RD NE'],
  ['two letters that are a type',           '138 County Road Ct',                 '138 COUNTY ROAD CT'],
  ['two letters that are a word',           '138 Avenue du Lac',                  '138 AVENUE DU LAC'],
  ['a county highway',                      '138 Co Hwy 9 N',                     '138 COUNTY HIGHWAY 9 N'],
  ['a state highway',                       '138 State Hwy 59',                   '138 STATE HIGHWAY 59'],
  ['a state highway',                       '138 SH 59',                          '138 STATE HIGHWAY 59'],
  ['a state highway of letters',            '3911 E State Hwy D, Unit A101',      '3911 E STATE HIGHWAY D | UNIT A101'],
  ['a state route',                         '138 SR 27',                          '138 STATE ROUTE 27'],
  ['a state route',                         '138 Rte 27',                         '138 STATE ROUTE 27'],
  ['a state route with a unit',             '2035 State Route 27 #2150',          '2035 STATE ROUTE 27 | # 2150'],
  ['a US highway',                          '138 US-50',                          '138 US HIGHWAY 50'],
  ['a US highway',                          '138 U.S. Hwy 50',                    '138 US HIGHWAY 50'],
  ['a US highway with a direction',         '138 US 41 SW',                       '138 US HIGHWAY 41 SW'],
  ['a farm road',                           '138 Farm Rd 1383',                   '138 FM 1383'],
  ['a farm road',                           '138 FM 1383',                        '138 FM 1383'],
  ['a farm road',                           '138 Farm to Market Road 1383',       '138 FM 1383'],
  ['a farm road without a number',          '138 Farm Rd',                        '138 FARM RD'],
  ['a highway',                             '138 Hwy #61',                        '138 HIGHWAY 61'],
  ['a highway',                             '138 Old Hwy 61 Lot C',               '138 OLD HIGHWAY 61 | LOT C'],
  ['a road beside a highway',               '138 Hwy 66 Frontage Rd',             '138 HIGHWAY 66 FRONTAGE RD'],
  ['a bypass',                              '138 Highway 11 Bypass',              '138 HIGHWAY 11 BYP'],
  ['a direction before a highway',          '138 South Highway 61',               '138 S HIGHWAY 61'],
  ['a road that has only a number',         '849 Road 6',                         '849 ROAD 6'],
  ['a road that has only a number',         '594 Lane 8 1/2',                     '594 LANE 8 1/2'],
  ['a road that has only a number',         '100 9 Mile Rd',                      '100 9 MILE RD'],
  ['a numbered street',                     '61 E 11 St',                         '61 E 11 ST'],
  ['a numbered street in words',            '100 Thirteenth Ave',                 '100 13TH AVE'],
  ['a numbered street in words',            '100 Twentieth Ave',                  '100 20TH AVE'],
  ['a numbered street in words',            '5 Twenty-First St',                  '5 21ST ST'],
  ['a numbered street without a type',      '5 109th',                            '5 109TH'],
  ['a unit behind a slash',                 '123 Main St / Apt 4',                '123 MAIN ST | APT 4'],
  ['a floor',                               '123 Main St 7th Flr',                '123 MAIN ST | FL 7'],
  ['a floor',                               '123 Main St Flr 2',                  '123 MAIN ST | FL 2'],
  ['a floor',                               '123 Main St 2FL',                    '123 MAIN ST | FL 2'],
  ['a floor',                               '123 Main St 2 Floor',                '123 MAIN ST | FL 2'],
  ['a floor',                               '123 Main St Floor Two',              '123 MAIN ST | FL 2'],
  ['a floor and a room',                    '123 Main St 2 FL RM 12',             '123 MAIN ST | FL 2 RM 12'],
  ['a level',                               '123 Main St Lower Level',            '123 MAIN ST | LOWR'],
  ['a level',                               '123 Main St Level 2',                '123 MAIN ST | LVL 2'],
  ['a level',                               '123 Main St Ground Floor',           '123 MAIN ST | FL G'],
  ['a unit of a letter',                    '11919 State Hwy 93, Lot C',          '11919 STATE HIGHWAY 93 | LOT C'],
  ['a unit of a letter',                    '123 Main St Spc A',                  '123 MAIN ST | SPC A'],
  ['a unit of a letter',                    '123 Main St Wing B',                 '123 MAIN ST | WING B'],
  ['a unit of a number and a letter',       '123 Main St Ste 100 A',              '123 MAIN ST | STE 100 A'],
  ['a unit in words',                       '123 Main St Suite One',              '123 MAIN ST | STE 1'],
  ['a unit behind two designators',         '123 Main St Apt No. 4',              '123 MAIN ST | APT 4'],
  ['a unit that is a place',                '123 Main St Apt Rear',               '123 MAIN ST | APT REAR'],
  ['an abbreviation in a name',             '123 Ave of the Americas',            '123 AVENUE OF THE AMERICAS'],
  ['a letter for a name',                   '5 Ave A',                            '5 AVENUE A'],
  ['a letter for a name',                   '5 Avenue J',                         '5 AVENUE J'],
  ['a letter that is no direction',         '5 Avenue N',                         '5 AVENUE N'],
  ['two kinds of unit',                     '123 Main St Bldg 2 | Apt 4',         '123 MAIN ST | BLDG 2 APT 4'],
  ['two kinds of unit',                     '123 Main St | Apt 4 Bldg 2',         '123 MAIN ST | BLDG 2 APT 4'],
  ['two kinds of unit',                     '123 Main St Ste 130 Unit 359',       '123 MAIN ST | STE 130 UNIT 359'],
  ['two kinds of unit',                     '123 Main St Bldg 2 | 4',             '123 MAIN ST | BLDG 2 # 4'],

  ['a designator without a unit',           '123 Main St Unit',                   unclear],
  ['a private mailbox',                     '123 Main St PMB 12',                 mailbox],
  ['a private mailbox as the second line',  '123 Main St | PMB 12',               mailbox],
  ['a rural route behind a street',         '123 Main St RR 2',                   unclear],
  ['a town in the line',                    '123 Main St Springfield',            unclear],
  ['a town with the word for a type',       '123 Main Rd Forest Park',            unclear],
  ['a town, region and code in the line',   '123 Main St, Springfield, IL 62701', region],
  ['a region and a code in the line',       '123 Broadway FL 33101-1234',         region],
  ['a code in the line',                    '123 Main St 62701',                  unclear],
  ['a town behind a unit',                  '123 Broadway Apt 4 Springfield',     unclear],
  ['two numbers',                           '1 2 Washington St',                  unclear],
  ['two numbers',                           '228 6 Kitchener St',                 unclear],
  ['two numbers with a dash between',       '205 - 100 King St W',                unclear],
  ['a number behind the number of a road',  '138 County Road 5 2',                unclear],
  ['a number behind a name without a type', '200 Broadway 4',                     unclear],
  ['a fraction for a name',                 '1 B 1/2',                            unclear],
  ['a direction that may be the name',      '12 South Ave W',                     unclear],
  ['a direction that becomes a letter',     '5 Avenue East',                      unclear]
]

// prettier-ignore
const CANADIAN_LINES: readonly [kind: string, written: string, read: string][] = [
  ['a unit before a dash',                  '10-100 King St W',                   '100 KING ST W | UNIT 10'],
  ['a unit before a dash with spaces',      '205 - 100 King St W',                '100 KING ST W | UNIT 205'],
  ['a unit before a dash with one space',   '205- 100 King St W',                 '100 KING ST W | UNIT 205'],
  ['a unit with a letter before a dash',    '12A-100 King St W',                  '100 KING ST W | UNIT 12A'],
  ['a unit with a sign before a dash',      '#10-100 King St W',                  '100 KING ST W | UNIT 10'],
  ['a unit with a sign before spaces',      '#10 - 100 King St W',                '100 KING ST W | UNIT 10'],
  ['a unit with a designator before a dash', 'Apt 10-100 King St W',              '100 KING ST W | APT 10'],
  ['a unit and a letter',                   '7 - 9 B King St W',                  '9B KING ST W | UNIT 7'],
  ['a house letter behind a dash',          '109-A King St W',                    '109A KING ST W'],
  ['a French ordinal',                      '5 5ieme avenue',                     '5 5IEME AVE'],
  ['a French ordinal',                      '5 5e avenue Ouest',                  '5 5E AVE O'],
  ['a French floor',                        '5 rue Main étage 2',                 '5 RUE MAIN | FL 2'],
  ['a French floor',                        '5 rue Main 3e étage',                '5 RUE MAIN | FL 3'],
  ['a French unit',                         '5 rue Main local 4',                 '5 RUE MAIN | # 4'],
  ['a French avenue shortened',             '5 Ave du Parc',                      '5 AV DU PARC'],
  ['an avenue for a name',                  '150 Avenue Rd',                      '150 AVENUE RD'],
  ['a state road, as it is written',        '1000 State Hwy 7',                   '1000 STATE HIGHWAY 7'],
  ['a route',                               '1000 Rte 132',                       '1000 ROUTE 132'],
  ['two numbers',                           '228 6 Kitchener St',                 unclear],
  ['a number behind a French name',         '5 rue Main 4',                       unclear]
]

t.test('A line is read as people write it, whatever street it names', async (t) => {
  for (const [kind, written, expected] of LINES) t.equal(read(written), expected, `${kind}: ${written}`)
  for (const [kind, written, expected] of CANADIAN_LINES)
    t.equal(read(written, CA), expected, `${kind} in Canada: ${written}`)
  const units = ['123 MAIN ST | APT 5', '123 MAIN ST | APT 4'].map((line) => `${line} ${US}`)
  t.same(read('123 Main St Apt 4 | Apt 5'), units, 'two units of one kind are a choice')
  const other = ['123 MAIN ST | # 5', '123 MAIN ST | APT 4'].map((line) => `${line} ${US}`)
  t.same(read('123 Main St Apt 4 | 5'), other, 'a unit of no kind contradicts one that has a kind')
})

/** A street of Reno as a row; what is not told is that of an ordinary one. */
const row = (name: string, suffix = '', more: Partial<StreetSegment> = {}) => ({ name, suffix, high: 99999, ...more })

// prettier-ignore
const ROWS: readonly [kind: string, rows: Partial<StreetSegment>[], written: string, expected: string | readonly string[]][] = [
  ['a county road by its number',          [row('COUNTY ROAD 502')],                        '138 Co Rd 502',            '138 COUNTY ROAD 502'],
  ['another number of a road',             [row('COUNTY ROAD 502')],                        '138 County Road 503',      unknown],
  ['a road without its number',            [row('COUNTY ROAD 502')],                        '138 County Road',          unknown],
  ['another number of a route',            [row('ROUTE 132')],                              '12 Route 138',             unknown],
  ['another letter of an avenue',          [row('AVENUE A')],                               '5 Avenue B',               unknown],
  ['no letter of an avenue',               [row('AVENUE N')],                               '5 Avenue',                 unknown],
  ['a route, as it is called',             [row('STATE ROUTE 27')],                         '5 SR 27',                  '5 STATE ROUTE 27'],
  ['a road, as it is called',              [row('STATE ROAD 27')],                          '5 SR 27',                  '5 STATE ROAD 27'],
  ['a route and a road of one number',     [row('STATE ROUTE 27'), row('STATE ROAD 27')],   '5 SR 27',                  ['5 STATE ROAD 27', '5 STATE ROUTE 27']],
  ['a route before a state route',         [row('STATE ROUTE 27'), row('ROUTE 27')],        '5 ROUTE 27',               '5 ROUTE 27'],
  ['a US route by its number',             [row('US ROUTE 1')],                             '5 US 1',                   '5 US ROUTE 1'],
  ['a state highway',                      [row('STATE HIGHWAY 59')],                       '2665 ST HWY 59',           '2665 STATE HIGHWAY 59'],
  ['two numbers',                          [row('WASHINGTON', 'ST')],                       '1 2 Washington St',        unknown],
  ['two numbers of which one is the name', [row('2 WASHINGTON', 'ST')],                     '1 2 Washington St',        '1 2 WASHINGTON ST'],
  ['a house letter apart',                 [row('WASHINGTON', 'ST')],                       '12 B Washington St',       '12B WASHINGTON ST'],
  ['a letter that begins the name',        [row('WASHINGTON', 'ST'), row('B WASHINGTON', 'ST')], '12 B Washington St',  '12 B WASHINGTON ST'],
  ['a letter instead of a direction',      [row('MAIN', 'ST', { predir: 'N' })],            '12 B Main St',             direction],
  ['a letter instead of a direction',      [row('MAIN', 'ST', { postdir: 'W' })],           '12 Main St B',             direction],
  ['a number instead of a direction',      [row('MAIN', 'ST', { postdir: 'W' })],           '12 Main St 4',             direction],
  ['a number behind the type',             [row('MAIN', 'ST')],                             '12 Main St, 4',            '12 MAIN ST | # 4'],
  ['a number that ends the name',          [row('MAIN', 'ST'), row('MAIN ST 4')],           '12 Main St 4',             '12 MAIN ST 4'],
  ['a fraction',                           [row('MAIN', 'ST')],                             '123-1/2 Main St',          '123 1/2 MAIN ST'],
  ['ordinals in three forms',              [row('11', 'ST')],                               '61 Eleventh St',           '61 11 ST'],
  ['ordinals in three forms',              [row('11TH', 'ST')],                             '61 11 St',                 '61 11TH ST'],
  ['ordinals in three forms',              [row('TWENTY FIRST', 'ST')],                     '61 21st St',               '61 TWENTY FIRST ST'],
  ['abbreviations in a name',              [row('MOUNT VERNON', 'ST')],                     '61 Mt. Vernon St',         '61 MOUNT VERNON ST'],
  ['abbreviations in a name',              [row('FORT WORTH', 'AVE')],                      '61 Ft Worth Ave',          '61 FORT WORTH AVE'],
  ['abbreviations in a name',              [row('ST MARYS', 'AVE')],                        '61 Saint Marys Ave',       '61 ST MARYS AVE'],
  ['abbreviations in a name',              [row('AVE OF THE AMERICAS')],                    '61 Avenue of the Americas', '61 AVE OF THE AMERICAS'],
  ['a slip in one word',                   [row('MOUNT VERNON', 'ST')],                     '61 Mount Vermon St',       '61 MOUNT VERNON ST'],
  ['a slip in a number is no slip',        [row('SIXTEENTH HOLE', 'DR')],                   '61 Fifteenth Hole Dr',     unknown],
  ['a slip in a number is no slip',        [row('SIXTH HOLE', 'DR')],                       '61 Sixty Hole Dr',            unknown],
  ['a slip in a number is no slip',        [row('EIGHTIETH ARMORED', 'BLVD')],              '61 Eighteenth Armored Blvd', unknown],
  ['a slip beside a number',               [row('SIXTEENTH GREEN', 'DR')],                  '61 Sixteenth Grean Dr',    '61 SIXTEENTH GREEN DR'],
  ['slips in two words',                   [row('GREEN VERNON', 'ST')],                     '61 Grean Vermon St',       unknown],
  ['a word too many',                      [row('VERNON', 'ST')],                           '61 Vernon Hills St',       unknown],
  ['a slip that is another street',        [row('VERNON', 'ST'), row('VERMON', 'ST', { community: 'ELKO', postal_city: 'ELKO', postal_code: '89801' })], '61 Vermon St', unknown],
  ['another street that lacks the house',  [row('OAK', 'CT', { high: 50 }), row('OAK', 'ST')], '61 Oak Ct',             unknown],
  ['a row that no line names',             [row('APT 4')],                                  '61 Virginia St',           unknown],
  ['a direction that is the name',         [row('SOUTH', 'AVE', { postdir: 'W' })],         '12 South Ave W',           '12 SOUTH AVE W'],
  ['a direction before a letter',          [row('AVENUE W', '', { predir: 'S' })],          '12 South Ave W',           '12 S AVENUE W'],
  ['a town behind the street',             [row('MAIN', 'ST')],                             '61 Main St Sparks',        unknown]
]

t.test('A line is matched with certainty or not at all', async (t) => {
  for (const [kind, rows, written, expected] of ROWS) {
    const answer = summary(matchAddress(address(`${written} |  ${US}`), ownStreets(rows)))
    const plain = (line: string) => line.replace(` ${US}`, '').replace(/ \| $/, '')
    t.same(typeof answer === 'string' ? plain(answer) : answer?.map(plain), expected, `${kind}: ${written}`)
  }
  const grid = ownStreets([row('BLUEMOUND', 'RD')], [{ house_number: 'N6W23001' }])
  const at = (house: string) => summary(matchAddress(address(`${house} Bluemound Rd |  ${US}`), grid))
  t.equal(at('N6W23001'), `N6W23001 BLUEMOUND RD |  ${US}`, 'a house on a grid that is known')
  for (const house of ['N6W23002', 'N6W2300', 'S6W23001', '6W23001'])
    t.equal(at(house), unknown, `${house} is not known`)
  const sides = ownStreets([row('MAIN', 'ST', { predir: 'N' }), row('MAIN', 'ST', { predir: 'S' })])
  const choice = summary(matchAddress(address(`12 B Main St |  ${US}`), sides))
  t.same(choice, [`12B N MAIN ST |  ${US}`, `12B S MAIN ST |  ${US}`], 'a letter instead of one of two directions')
})

t.test('Every suffix of Publication 28 is good in a file of streets, and its word finds the street', async (t) => {
  const [street] = fixtureTables().streets
  t.ok(SUFFIXES.length >= 199, 'there are as many')
  SUFFIXES.forEach(([suffix, , word = ''], index) => {
    const { latitude: lat, longitude: lng, ...fields } = { ...street, name: 'VIRGINIA', suffix, id: index + 1 }
    const checked = checkStreets({ streets: [{ ...fields, lat, lng }] })
    t.notOk('faults' in checked, `${suffix} is good`)
    t.equal(suffixOf(word), suffix, `${word} is ${suffix}`)
    const line = `10 VIRGINIA ${suffix} |  ${US}`
    t.equal(summary(matchAddress(address(line), ownStreets([{ suffix }]))), line, `${suffix} finds itself`)
  })
})
