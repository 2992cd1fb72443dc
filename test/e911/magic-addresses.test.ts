import t from 'tap'
import { magicMatch, MAGIC_ADDRESSES } from '../../src/e911/magic-addresses.js'
import { address, summary } from './fixture-streets.js'

const MAGIC = (street: string) => address(`${street} | apt. 4 | Nowhere | CA | 94105-1234`)

const anywhere = 'APT 4 | NOWHERE | CA | 94105'

const units = (count: number) =>
  Array.from({ length: count }, (_, index) => `911 PROVISIONED TEST ST | UNIT ${index + 1} | NOWHERE | CA | 94105`)

t.test('magic addresses', async (t) => {
  // prettier-ignore
  const cases: readonly [street: string, expected: string | readonly string[] | undefined, status?: string][] = [
    ['911 PROVISIONED TEST ST',          `911 PROVISIONED TEST ST | ${anywhere}`,    'PROVISIONED'],
    ['911  provisioned test street.',    `911 PROVISIONED TEST ST | ${anywhere}`,    'PROVISIONED'],
    ['911 CORRECTED TEST ST',            `911 N CORRECTED TEST ST | ${anywhere}`,    'PROVISIONED'],
    ['911 N CORRECTED TEST ST',          `911 N CORRECTED TEST ST | ${anywhere}`,    'PROVISIONED'],
    ['911 GEOCODED TEST ST',             `911 GEOCODED TEST ST | ${anywhere}`,       'GEOCODED'],
    ['911 STATUS INVALID TEST ST',       `911 STATUS INVALID TEST ST | ${anywhere}`, 'INVALID'],
    ['911 STATUS ERROR TEST ST',         `911 STATUS ERROR TEST ST | ${anywhere}`,   'ERROR'],
    ['911 STATUS REMOVED TEST ST',       `911 STATUS REMOVED TEST ST | ${anywhere}`, 'REMOVED'],
    ['911 MULTIPLE TEST ST',             units(2)],
    ['911 MULTIPLE 3 TEST ST',           units(3)],
    ['911 MULTIPLE 1 TEST ST',           units(2)],
    ['911 MULTIPLE 99 TEST ST',          units(10)],
    ['911 INVALID TEST ST',              'invalid: the magic address is an invalid one'],
    ['911 UNREACHABLE TEST ST',          'fault: unreachable'],
    ['911 ERROR TEST ST',                'fault: Location could not be processed'],
    ['911 MULTIPLE N TEST ST',           undefined],
    ['911 INVALID 3 TEST ST',            undefined],
    ['912 INVALID TEST ST',              undefined],
    ['',                                 undefined]
  ]
  for (const [street, expected, status] of cases) {
    const match = magicMatch(MAGIC(street))
    t.same(summary(match), expected, street)
    if (status !== undefined) t.match(match, { location: { status, plus_four: '0911' } }, `${street}, status`)
  }
  const tried = cases.map(([street]) => street.replace('3', 'n'))
  t.same(
    MAGIC_ADDRESSES.map((row) => row.street_address).filter((street) => !tried.includes(street)),
    [],
    'each is tried'
  )

  const match = magicMatch(address('911 Corrected Test St |  | Saint-Jérôme | QC | j7y1a1'))
  t.match(match, {
    location: {
      locality: 'ST JEROME',
      postal_code: 'J7Y 1A1',
      plus_four: undefined,
      latitude: '37.000000',
      longitude: '-122.000000',
      location_id: /^911\d{5}$/,
      legacy_data: { house_number: '911', predirectional: 'N', streetname: 'CORRECTED TEST ST', suite: undefined }
    }
  })
  const anything = '911 PROVISIONED TEST ST |  | X | ZZ | NO CODE'
  t.equal(summary(magicMatch(address(anything))), anything, 'the rest need not be an address')
  t.equal(magicMatch({ ...MAGIC('911 PROVISIONED TEST ST'), locality: 'ﷺ'.repeat(100) }), undefined, 'nor endless')
})
