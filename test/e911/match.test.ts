import t from 'tap'
import { magicMatch } from '../../src/e911/magic-addresses.js'
import { matchAddress } from '../../src/e911/match.js'
import { acceptAddress } from '../../src/e911/permissive.js'
import { createMasterStreets } from '../../src/e911/master-streets.js'
import { address, fixtureTables, summary } from './fixture-streets.js'

const tables = fixtureTables()

const streets = createMasterStreets(tables)

t.test("the document's address comes out as the document prints it", async (t) => {
  const match = matchAddress(address('116 natoma street | #116 | san francisco | ca | 94105'), streets)
  t.equal(
    JSON.stringify(match),
    JSON.stringify({
      outcome: 'success',
      location: {
        street_address: '116 NATOMA ST',
        extended_address: 'APT 116',
        locality: 'SAN FRANCISCO',
        latitude: '37.786861',
        longitude: '-122.399484',
        location_id: '27578725',
        plus_four: '3745',
        postal_code: '94105',
        region: 'CA',
        status: 'PROVISIONED',
        legacy_data: { house_number: '116', streetname: 'NATOMA ST', suite: 'APT 116' }
      }
    })
  )
})

t.test('a leading direction stands apart in the legacy data', async (t) => {
  const match = matchAddress(address('100 North Main Street |  | Springfield | IL | 62702'), streets)
  t.match(match, {
    location: { plus_four: '1001', legacy_data: { house_number: '100', predirectional: 'N', streetname: 'MAIN ST' } }
  })
})

t.test('a French street has its type in front, and a Canadian location no plus four', async (t) => {
  const match = matchAddress(address('1000 rue Ste-Catherine Ouest |  | Montréal | QC | h3b4w5'), streets)
  t.same(match.outcome === 'success' && match.location, {
    street_address: '1000 RUE SAINTE CATHERINE O',
    locality: 'MONTREAL',
    latitude: '45.500900',
    longitude: '-73.573500',
    location_id: '62749424',
    postal_code: 'H3B 4W5',
    region: 'QC',
    status: 'PROVISIONED',
    legacy_data: { house_number: '1000', streetname: 'RUE SAINTE CATHERINE O' }
  })
})

const NATOMA = '116 NATOMA ST |  | SAN FRANCISCO | CA | 94105'

const NATOMA_116 = '116 NATOMA ST | APT 116 | SAN FRANCISCO | CA | 94105'

const N_MAIN = '100 N MAIN ST |  | SPRINGFIELD | IL | 62702'

const S_MAIN = '100 S MAIN ST |  | SPRINGFIELD | IL | 62703'

const ELM = '300 ELM ST |  | SPRINGFIELD | IL | 62701'

const JEROME = '300 ELM ST |  | JEROME | IL | 62711'

const OAKS = [
  '200 OAK AVE |  | SPRINGFIELD | IL | 62704',
  '200 OAK CT |  | SPRINGFIELD | IL | 62704',
  '200 OAK ST |  | SPRINGFIELD | IL | 62704'
]

const WHITE_HOUSE = '1600 PENNSYLVANIA AVE NW |  | WASHINGTON | DC | 20500'

const CAPITOL_HILL = '1600 PENNSYLVANIA AVE SE |  | WASHINGTON | DC | 20003'

const TOWER = ['101', '102', '201'].map((unit) => `500 TOWER PL | APT ${unit} | AUSTIN | TX | 78701`)

const EMPIRE_STATE = '350 5TH AVE |  | NEW YORK | NY | 10118'

const MADISON = '1901 W MADISON ST |  | CHICAGO | IL | 60612'

const unknown = 'invalid: no street of this city or postal code has this house'

const malformed = 'invalid: the postal code is malformed'

const foreign = 'invalid: the region is in neither the US nor Canada'

const unitless = 'invalid: the house needs a unit, and none is known'

const houseless = 'invalid: the street address has no house number or no street'

const noPlace = (form: string) => `invalid: ${form} is no place to send help to`

// prettier-ignore
const CASES: readonly [what: string, submitted: string, expected: string | readonly string[]][] = [
  // What is corrected in silence.
  ['a street in lower case with punctuation',            '116 natoma st., | apt. #116 | san francisco | ca | 94105',     NATOMA_116],
  ['a suffix spelled out',                               '116 Natoma Street |  | San Francisco | CA | 94105',            NATOMA],
  ['zeros before the house number',                      '00116 Natoma St |  | San Francisco | CA | 94105',              NATOMA],
  ['an ordinal written out',                             '350 Fifth Avenue |  | New York | NY | 10118',                  EMPIRE_STATE],
  ['a ZIP+4 with a hyphen',                              '116 Natoma St |  | San Francisco | CA | 94105-9999',           NATOMA],
  ['a ZIP+4 without a hyphen',                           '116 Natoma St |  | San Francisco | CA | 941059999',            NATOMA],
  ['the wrong city with the right ZIP code',             '116 Natoma St |  | Oakland | CA | 94105',                      NATOMA],
  ['the wrong ZIP code with the right city',             '116 Natoma St |  | San Francisco | CA | 94999',                NATOMA],
  ['another name of the city',                           '116 Natoma St |  | SF | CA | 94999',                           NATOMA],
  ['another name of the city, and a borough',            '350 5th Ave |  | Manhattan | NY | 10118',                      EMPIRE_STATE],
  ['a saint spelled out in the city',                    "100 Water St |  | Saint John's | NL | A1C1A9",                 '100 WATER ST |  | ST JOHNS | NL | A1C 1A9'],
  ['the postal city instead of the community',           '112-10 Queens Blvd |  | Forest Hills | NY | 11375',            '112-10 QUEENS BLVD |  | QUEENS | NY | 11375'],
  ['a missing direction where one street is near',       '100 Main St |  | Springfield | IL | 62702',                    N_MAIN],
  ['a missing direction where there is one street',      '1901 Madison St |  | Chicago | IL | 60612',                    MADISON],
  ['a surplus direction',                                '116 N Natoma St |  | San Francisco | CA | 94105',              NATOMA],
  ['a direction on the wrong side',                      '1901 Madison St West |  | Chicago | IL | 60612',               MADISON],
  ['a direction spelled out before the street',          '700 West Georgia St |  | Vancouver | BC | V7Y 1K8',            '700 W GEORGIA ST |  | VANCOUVER | BC | V7Y 1K8'],
  ['a direction in two words',                           '100 South West 5th Ave |  | Portland | OR | 97204',            '100 SW 5TH AVE |  | PORTLAND | OR | 97204'],
  ['an English direction on a French street',            '1000 rue Sainte-Catherine West |  | Montreal | QC | H3B 4W5',  '1000 RUE SAINTE CATHERINE O |  | MONTREAL | QC | H3B 4W5'],
  ['a missing suffix where there is one street',         '116 Natoma |  | San Francisco | CA | 94105',                   NATOMA],
  ['the wrong suffix where there is one street',         '116 Natoma Blvd |  | San Francisco | CA | 94105',              NATOMA],
  ['a suffix on a street without one',                   '200 Broadway Ave |  | New York | NY | 10007',                  '200 BROADWAY |  | NEW YORK | NY | 10007'],
  ['a letter left out',                                  '116 Natma St |  | San Francisco | CA | 94105',                 NATOMA],
  ['a letter too many',                                  '116 Nattoma St |  | San Francisco | CA | 94105',               NATOMA],
  ['a letter changed',                                   '116 Netoma St |  | San Francisco | CA | 94105',                NATOMA],
  ['two letters swapped',                                '116 Natmoa St |  | San Francisco | CA | 94105',                NATOMA],
  ['two slips in a long name',                           '1600 Pensilvania Ave NW |  | Washington | DC | 20500',         WHITE_HOUSE],
  ['a unit in the street line',                          '116 Natoma St Apt 116 |  | San Francisco | CA | 94105',        NATOMA_116],
  ['a unit in the street line after a hyphen',           '116 Natoma St - #116 |  | San Francisco | CA | 94105',         NATOMA_116],
  ['the same unit twice',                                '116 Natoma St Unit 116 | Apt 116 | San Francisco | CA | 94105', NATOMA_116],
  ['a unit with another designator',                     '500 Tower Pl | Suite 102 | Austin | TX | 78701',               TOWER[1] ?? ''],
  ['a unit with no designator',                          '500 Tower Pl | 102 | Austin | TX | 78701',                     TOWER[1] ?? ''],
  ['a unit that an ordinary building is not known for',  '140 Geary St | Suite 9 | San Francisco | CA | 94108',          '140 GEARY ST | STE 9 | SAN FRANCISCO | CA | 94108'],
  ['a floor as an ordinal',                              '350 5th Ave, 20th Floor |  | New York | NY | 10118',           '350 5TH AVE | FL 20 | NEW YORK | NY | 10118'],
  ['a Canadian unit before the house number',            '10-100 King St W |  | Toronto | ON | M5X 1A9',                 '100 KING ST W | UNIT 10 | TORONTO | ON | M5X 1A9'],
  ['a row with the exact city where its ZIP is right',   '300 Elm St |  | Jerome | IL | 62711',                          JEROME],
  ['a postal city with the ZIP of the community',        '300 Elm St |  | Springfield | IL | 62711',                     JEROME],
  ['a half in the house number',                         '13 1/2 Beacon St |  | Boston | MA | 02108',                    '13 1/2 BEACON ST |  | BOSTON | MA | 02108'],
  ['a half as one character',                            '13½ Beacon St |  | Boston | MA | 02108',                       '13 1/2 BEACON ST |  | BOSTON | MA | 02108'],
  ['a house number with a letter',                       '116a Natoma St |  | San Francisco | CA | 94105',               '116A NATOMA ST |  | SAN FRANCISCO | CA | 94105'],
  ['a house letter and a unit where no unit is known',   '500B Tower Pl | Apt 7 | Austin | TX | 78701',                  '500B TOWER PL | APT 7 | AUSTIN | TX | 78701'],
  ['spaces around a ZIP code',                           '116 Natoma St |  | San Francisco | CA |  94105 ',              NATOMA],
  ['punctuation around a ZIP code',                      '116 Natoma St |  | San Francisco | CA | (94105).',             NATOMA],
  ['full-width letters and digits',                      '１１６ Ｎａｔｏｍａ Ｓｔ |  | San Francisco | ＣＡ | ９４１０５', NATOMA],
  ['a ZIP+4 with a dash',                                '116 Natoma St |  | San Francisco | CA | 94105–9999',           NATOMA],

  // What the client has to choose from.
  ['a missing direction',                                '100 Main St |  | Springfield | IL | 62799',                    [N_MAIN, S_MAIN]],
  ['a missing quadrant',                                 '1600 Pennsylvania Ave |  | Washington | DC | 20001',           [WHITE_HOUSE, CAPITOL_HILL]],
  ['a missing suffix',                                   '200 Oak |  | Springfield | IL | 62704',                        OAKS],
  ['a conflicting direction between two streets',        '100 E Main St |  | Springfield | IL | 62799',                  [N_MAIN, S_MAIN]],
  ['one street in two communities',                      '300 Elm St |  | Springfield | IL | 62799',                     [ELM, JEROME]],
  ['the city of one street with the ZIP of another',     '300 Elm St |  | Jerome | IL | 62701',                          [ELM, JEROME]],
  ['a missing unit where units are required',            '500 Tower Pl |  | Austin | TX | 78701',                        TOWER],
  ['an unknown unit where units are required',           '500 Tower Pl | Apt 999 | Austin | TX | 78701',                 TOWER],
  ['two different units',                                '116 Natoma St Apt 4 | Apt 5 | San Francisco | CA | 94105',     ['116 NATOMA ST | APT 5 | SAN FRANCISCO | CA | 94105', '116 NATOMA ST | APT 4 | SAN FRANCISCO | CA | 94105']],
  ['one kind of unit twice in the street line',          '140 Geary St Apt 4 Apt 5 |  | San Francisco | CA | 94108',     ['140 GEARY ST | APT 4 | SAN FRANCISCO | CA | 94108', '140 GEARY ST | APT 5 | SAN FRANCISCO | CA | 94108']],
  ['one kind of unit twice as the second line',          '140 Geary St | # 4, #5 | San Francisco | CA | 94108',          ['140 GEARY ST | # 4 | SAN FRANCISCO | CA | 94108', '140 GEARY ST | # 5 | SAN FRANCISCO | CA | 94108']],
  ['one kind of unit twice in one building',             '140 Geary St | Bldg 2 Fl 1 Fl 3 | San Francisco | CA | 94108', ['140 GEARY ST | BLDG 2 FL 1 | SAN FRANCISCO | CA | 94108', '140 GEARY ST | BLDG 2 FL 3 | SAN FRANCISCO | CA | 94108']],
  ['one kind of unit twice where units are required',    '500 Tower Pl | Apt 101 Apt 201 | Austin | TX | 78701',         [TOWER[0] ?? '', TOWER[2] ?? '']],

  // What is invalid.
  ['a post office box',                                  'P.O. Box 12 |  | San Francisco | CA | 94105',                  noPlace('a post office box')],
  ['a post office box behind a street',                  '116 Natoma St, PO Box 3 |  | San Francisco | CA | 94105',      noPlace('a post office box')],
  ['a post office box as the second line',               '116 Natoma St | POB 3 | San Francisco | CA | 94105',           noPlace('a post office box')],
  ['a box alone',                                        'Drawer L |  | San Francisco | CA | 94105',                     noPlace('a post office box')],
  ['general delivery',                                   'General Delivery |  | San Francisco | CA | 94105',             noPlace('general delivery')],
  ['general delivery in Canada',                         'GD |  | Toronto | ON | M5X 1A9',                               noPlace('general delivery')],
  ['a rural route',                                      'RR 2 Box 18 |  | Springfield | IL | 62702',                    noPlace('a rural route')],
  ['a highway contract route',                           'HC 1 Box 2 |  | Springfield | IL | 62702',                     noPlace('a rural route')],
  ['a military box',                                     'PSC 3 Box 1200 |  | San Francisco | CA | 94105',               noPlace('a military address')],
  ['a military city',                                    '116 Natoma St |  | APO | CA | 94105',                          noPlace('a military address')],
  ['a military region',                                  '116 Natoma St |  | APO | AE | 09012',                          foreign],
  ['a postal case in Canada',                            '100 King St W | C.P. 9 | Toronto | ON | M5X 1A9',              noPlace('a Canadian post office')],
  ['no house number',                                    'Natoma St |  | San Francisco | CA | 94105',                    houseless],
  ['a house number in words out of range',               'One Natoma St |  | San Francisco | CA | 94105',                unknown],
  ['a house number alone',                               '116 |  | San Francisco | CA | 94105',                          houseless],
  ['a house number with nothing but a unit',             '116 Apt 4 |  | San Francisco | CA | 94105',                    houseless],
  ['an intersection',                                    'Main St & Elm St |  | Springfield | IL | 62702',               houseless],
  ['nothing at all',                                     ' |  |  |  | ',                                                 foreign],
  ['an unknown region',                                  '116 Natoma St |  | San Francisco | ZZ | 94105',                foreign],
  ['a country for a region',                             '116 Natoma St |  | San Francisco | US | 94105',                foreign],
  ['a house letter without a unit where units are required', '500B Tower Pl |  | Austin | TX | 78701',                   unitless],
  ['a house letter apart where units are required',      '500 B Tower Pl |  | Austin | TX | 78701',                      unitless],
  ['a fraction without a unit where units are required', '500 1/2 Tower Pl |  | Austin | TX | 78701',                    unitless],
  ['an improper fraction',                               '116 11/2 Natoma St |  | San Francisco | CA | 94105',           unknown],
  ['an improper fraction behind a dash',                 '116-3/2 Natoma St |  | San Francisco | CA | 94105',            houseless],
  ['a fraction of nothing',                              '116 0/2 Natoma St |  | San Francisco | CA | 94105',            unknown],
  ['a military city with spaces',                        '116 Natoma St |  | F P O | CA | 94105',                        noPlace('a military address')],
  ['a post office box with spaces',                      '116 Natoma St | P O B 3 | San Francisco | CA | 94105',         noPlace('a post office box')],
  ['a ZIP code with nothing behind its hyphen',          '116 Natoma St |  | San Francisco | CA | 94105-',               malformed],
  ['a ZIP code with a hyphen before it',                 '116 Natoma St |  | San Francisco | CA | -94105',               malformed],
  ['a ZIP+4 that lacks digits',                          '116 Natoma St |  | San Francisco | CA | 94105-12',             malformed],
  ['a ZIP+4 with two hyphens',                           '116 Natoma St |  | San Francisco | CA | 94105--1234',          malformed],
  ['a ZIP+4 with a digit too many',                      '116 Natoma St |  | San Francisco | CA | 94105-12345',          malformed],
  ['a Canadian postal code with a hyphen behind it',     '100 King St W |  | Toronto | ON | M5X 1A9-',                   malformed],
  ['a short postal code',                                '116 Natoma St |  | San Francisco | CA | 9410',                 malformed],
  ['a US postal code in Canada',                         '100 King St W |  | Toronto | ON | 94105',                      malformed],
  ['a Canadian postal code with a letter never used',    '100 King St W |  | Toronto | ON | M5D 1A9',                    malformed],
  ['an empty city',                                      '116 Natoma St |  |  | CA | 94105',                             'invalid: the locality is empty'],
  ['an unknown street',                                  '116 Nowhere St |  | San Francisco | CA | 94105',               unknown],
  ['a slip where the ZIP code is wrong as well',         '116 Natma St |  | San Francisco | CA | 94999',                 unknown],
  ['a slip in a short name',                             '100 N Mann St |  | Springfield | IL | 62702',                  unknown],
  ['another number for a name',                          '100 6th Ave |  | Portland | OR | 97204',                       unknown],
  ['a house number out of range',                        '800 Natoma St |  | San Francisco | CA | 94105',                unknown],
  ['a house on the side without houses',                 '141 Geary St |  | San Francisco | CA | 94108',                 unknown],
  ['an even house on the odd side',                      '302 Marina Blvd |  | San Francisco | CA | 94123',              unknown],
  ['city and ZIP code both wrong',                       '116 Natoma St |  | Oakland | CA | 94999',                      unknown],
  ['the right address in another region',                '116 Natoma St |  | San Francisco | NV | 94105',                unknown],
  ['one street, another direction',                      '1901 E Madison St |  | Chicago | IL | 60612',                  'invalid: the street runs in another direction']
]

t.test('Addresses are matched against the master streets', async (t) => {
  for (const [what, submitted, expected] of CASES)
    t.same(summary(matchAddress(address(submitted), streets)), expected, what)
})

t.test('A lookup that returns too many streets changes no match', async (t) => {
  const all = { ...streets, segments: () => tables.streets }
  for (const [what, submitted, expected] of CASES)
    t.same(summary(matchAddress(address(submitted), all)), expected, what)
})

t.test('Lines of any length are answered', async (t) => {
  const tooLong = 'invalid: a line is longer than 200 characters'
  for (const field of ['street_address', 'extended_address', 'locality', 'region', 'postal_code']) {
    const submitted = { ...address(NATOMA), [field]: '1 A '.repeat(1_000_000) }
    t.equal(summary(matchAddress(submitted, streets)), tooLong, field)
    t.equal(magicMatch({ ...submitted }), undefined, `${field}, magic`)
  }
  const grown = address(`1 St ${'x'.repeat(195)} |  | Reno | NV | 89501`)
  t.equal(summary(acceptAddress(grown)), 'invalid: a line grows too long when spelled out')
})

// prettier-ignore
const READINGS: readonly [what: string, submitted: string, expected: string | readonly string[]][] = [
  ['a direction that is the whole name is the name',     '100 North Ave |  | Reno | NV | 89501',                         '100 NORTH AVE |  | RENO | NV | 89501'],
  ['a letter that is the whole name is the name',        '100 N E St |  | Reno | NV | 89501',                            '100 N E ST |  | RENO | NV | 89501'],
  ['two directions are one',                             '100 Main St S E |  | Reno | NV | 89501',                       '100 MAIN ST SE |  | RENO | NV | 89501'],
  ['only the last of two suffixes is abbreviated',       '100 Mill Point Road |  | Reno | NV | 89501',                   '100 MILL POINT RD |  | RENO | NV | 89501'],
  ['a saint is not a street',                            '100 St James St |  | Reno | NV | 89501',                       '100 SAINT JAMES ST |  | RENO | NV | 89501'],
  ['a street within a name stays',                       '100 Mill St Road |  | Reno | NV | 89501',                      '100 MILL ST RD |  | RENO | NV | 89501'],
  ['a side within a name stays',                         '100 Ocean Side |  | Reno | NV | 89501',                        '100 OCEAN SIDE |  | RENO | NV | 89501'],
  ['an ordinal within a name stays',                     '100 First Colony Way |  | Reno | NV | 89501',                  '100 FIRST COLONY WAY |  | RENO | NV | 89501'],
  ['a hyphen within a name is a space',                  '100 Winston-Salem Ave |  | Reno | NV | 89501',                 '100 WINSTON SALEM AVE |  | RENO | NV | 89501'],
  ['a decimal house number stays',                       '39.2 Main St. |  | Reno | NV | 89501',                         '39.2 MAIN ST |  | RENO | NV | 89501'],
  ['a long dash is a hyphen',                            '112–10 Main St |  | Reno | NV | 89501',                        '112-10 MAIN ST |  | RENO | NV | 89501'],
  ['a box in a name is a street',                        '100 Box Canyon Rd |  | Reno | NV | 89501',                     '100 BOX CANYON RD |  | RENO | NV | 89501'],
  ['a pier in a name is a street',                       '100 Old Pier East |  | Reno | NV | 89501',                     '100 OLD PIER E |  | RENO | NV | 89501'],
  ['a pier first in a name is a street',                 '12 Pier 39 |  | Reno | NV | 89501',                            '12 PIER 39 |  | RENO | NV | 89501'],
  ['a unit of a letter',                                 '100 Main St Apt E |  | Reno | NV | 89501',                     '100 MAIN ST | APT E | RENO | NV | 89501'],
  ['a unit of a letter that is no direction',            '100 Main St Apt B |  | Reno | NV | 89501',                     '100 MAIN ST | APT B | RENO | NV | 89501'],
  ['a unit of a direction',                              '100 Main St Apt East |  | Reno | NV | 89501',                  '100 MAIN ST | APT EAST | RENO | NV | 89501'],
  ['a unit without a designator',                        '100 Main St # 4 B |  | Reno | NV | 89501',                     '100 MAIN ST | # 4 B | RENO | NV | 89501'],
  ['a unit that stands alone',                           '100 Main St Rear |  | Reno | NV | 89501',                      '100 MAIN ST | REAR | RENO | NV | 89501'],
  ['a unit that stands alone before another',            '100 Main St Rear Apt #4 |  | Reno | NV | 89501',               '100 MAIN ST | REAR APT 4 | RENO | NV | 89501'],
  ['a unit that may stand alone, with a value',          '100 Main St Penthouse 2 |  | Reno | NV | 89501',               '100 MAIN ST | PH 2 | RENO | NV | 89501'],
  ['a building and a unit',                              '100 Main St | Building 2 Apartment 4 | Reno | NV | 89501',     '100 MAIN ST | BLDG 2 APT 4 | RENO | NV | 89501'],
  ['a floor in words',                                   '100 Main St | fifth floor | Reno | NV | 89501',                '100 MAIN ST | FL 5 | RENO | NV | 89501'],
  ['words that are no unit stay',                        '100 Main St | back house | Reno | NV | 89501',                 '100 MAIN ST | BACK HOUSE | RENO | NV | 89501'],
  ['a unit of nothing but marks is none',                '100 Main St | # - | Reno | NV | 89501',                        '100 MAIN ST |  | RENO | NV | 89501'],
  ['the end of a ZIP+4 is dropped',                                   '100 Main St |  | Reno | NV | 89501-1234',                      '100 MAIN ST |  | RENO | NV | 89501'],
  ['units in French',                                    '100 rue du Parc bureau 300 |  | Trois-Rivières | QC | G9A5C9', '100 RUE DU PARC | STE 300 | TROIS RIVIERES | QC | G9A 5C9'],
  ['a French avenue and its direction',                  '100 avenue du Parc Est |  | Québec | QC | G1K 1A1',            '100 AV DU PARC E |  | QUEBEC | QC | G1K 1A1'],
  ['a French type alone is a name',                      '100 Chemin |  | Québec | QC | G1K 1A1',                        '100 CHEMIN |  | QUEBEC | QC | G1K 1A1'],
  ['an estate in the US',                                '100 Park Est |  | Reno | NV | 89501',                          '100 PARK EST |  | RENO | NV | 89501'],
  ['two different units are still a choice',             '100 Main St Apt 1 | 2 | Reno | NV | 89501',                    ['100 MAIN ST | # 2 | RENO | NV | 89501', '100 MAIN ST | APT 1 | RENO | NV | 89501']],
  ['a box is still invalid',                             'PO Box 1 |  | Reno | NV | 89501',                              noPlace('a post office box')],
  ['a house number is still needed',                     'Main St |  | Reno | NV | 89501',                               houseless],
  ['a real region is still needed',                      '100 Main St |  | Paris | FR | 75001',                          foreign]
]

t.test('Permissive mode accepts any address', async (t) => {
  for (const [what, submitted, expected] of READINGS) t.same(summary(acceptAddress(address(submitted))), expected, what)
  const match = acceptAddress(address('100 N Main St | 4 | Reno | NV | 89501-1234'))
  t.match(match, { location: { plus_four: /^\d{4}$/, status: 'PROVISIONED', latitude: /^\d\d\.\d{6}$/ } })
  t.match(match, { location: { longitude: /^-\d{2,3}\.\d{6}$/, location_id: /^\d{8}$/ } })
  t.match(match, { location: { legacy_data: { house_number: '100', predirectional: 'N', suite: '# 4' } } })
})
