/** Numbers and addresses that answer as their digits and words say, for clients that want to see a failure. */
import { MAGIC_NUMBERS } from '../../src/inventory/magic-numbers.js'
import { addressAt, BOUGHT, buy, buyAll, FIRST, list, read, release, search, store } from '../harness/calls.js'
import type { Case, Expected } from '../harness/case.js'
import { DEMO } from '../harness/emulator-under-test.js'

const magic = (line: string) => `+1500555${line}`

const PORTING = magic('0400')
const QUOTED = magic('0402')
const BUSY = magic('0429')
const DOWN = magic('0503')

const SEARCHED = search('500', MAGIC_NUMBERS.length)

const QUOTE = (quantity: number) => ({
  phone_numbers: {
    did: {
      category: 'phone_numbers',
      item: 'did',
      quantity,
      rate: 1,
      single_discount: false,
      single_discount_rate: 0,
      cumulative_discount: 0,
      cumulative_discount_rate: 0,
      activation_charges: quantity
    }
  }
})

// prettier-ignore
export const MAGIC_NUMBER_CASES: readonly Case[] = [
  { title: 'a search for 500 shows all of them', when: search('500', 500), expect: { status: 200, numbers: MAGIC_NUMBERS.map(({ line }) => magic(line)) } },
  ...MAGIC_NUMBERS.filter(({ fails, delay, losesResponse }) => fails !== undefined && delay === undefined && losesResponse === undefined && fails('', '').kind !== 'connection_closed').map(({ line, fails }): Case => ({ title: `${line} fails without a search as it does after one`, when: buy(magic(line)), expect: { status: Number(fails?.('', '').status) } })),
  { title: '0402 is bought without a search once the charges are accepted', when: buy(QUOTED, DEMO, { data: {}, accept_charges: true }), expect: { status: 201, at: { '/data/state': 'in_service' } } },
  { title: '0429 is bought the third time without a search', given: [{ ...buy(BUSY), expect: { status: 429 } }, { ...buy(BUSY), expect: { status: 429 } }], when: buy(BUSY), expect: { status: 201 } },
  { title: '0200 is bought without a search', when: buy(magic('0200')), expect: { status: 201, at: { '/data/state': 'in_service' } } },
  { title: '0400 is porting', given: [SEARCHED], when: buy(PORTING), expect: { status: 400, message: 'number_is_porting', data: { code: 400, error: 'number_is_porting', cause: PORTING, message: `number ${PORTING} is porting` } } },
  { title: '0402 quotes what it costs', given: [SEARCHED], when: buy(QUOTED), expect: { status: 402, message: 'accept charges', data: QUOTE(1), at: { '/error': '402' } } },
  { title: '0402 is bought once the charges are accepted beside data', given: [SEARCHED, { ...buy(QUOTED), expect: { status: 402 } }], when: buy(QUOTED, DEMO, { data: {}, accept_charges: true }), expect: { status: 201, at: { '/data/state': 'in_service', '/data/accept_charges': null } } },
  { title: '0402 is not quoted to the account that has it', given: [SEARCHED, buy(QUOTED, DEMO, { data: {}, accept_charges: true })], when: buy(QUOTED), expect: { status: 201 } },
  { title: '0402 is quoted again after its release', given: [SEARCHED, buy(QUOTED, DEMO, { data: {}, accept_charges: true }), release(QUOTED)], when: buy(QUOTED), expect: { status: 402 } },
  { title: '0403 is forbidden', given: [SEARCHED], when: buy(magic('0403')), expect: { status: 403, message: 'forbidden', data: { code: 403, error: 'forbidden', message: 'requestor is unauthorized to perform operation' } } },
  { title: '0404 is not found', given: [SEARCHED], when: buy(magic('0404')), expect: { status: 404, message: 'bad_identifier', data: { message: 'bad identifier', not_found: 'The number could not be found' } } },
  { title: '0412 costs more than there is', given: [SEARCHED], when: buy(magic('0412')), expect: { status: 402, message: 'not_enough_credit', data: { code: 402, error: 'not_enough_credit', cause: 1, message: `account ${DEMO} does not have enough credit to perform the operation` } } },
  { title: '0429 asks to come back', given: [SEARCHED], when: buy(BUSY), expect: { status: 429, message: 'too_many_requests', data: { message: 'too many requests' }, headers: { 'retry-after': '1' } } },
  { title: '0429 asks a second time', given: [SEARCHED, { ...buy(BUSY), expect: { status: 429 } }], when: buy(BUSY), expect: { status: 429, headers: { 'retry-after': '1' } } },
  { title: '0429 is bought the third time', given: [SEARCHED, { ...buy(BUSY), expect: { status: 429 } }, { ...buy(BUSY), expect: { status: 429 } }], when: buy(BUSY), expect: { status: 201, headers: { 'retry-after': null } } },
  { title: '0500 is a fault of the carrier', given: [SEARCHED], when: buy(magic('0500')), expect: { status: 500, message: 'unspecified_fault', data: { code: 500, error: 'unspecified_fault', cause: magic('0500'), message: 'fault by carrier' } } },
  { title: '0501 has no provider, though it was searched for', given: [SEARCHED], when: buy(magic('0501')), expect: { status: 500, message: 'unspecified_fault', data: { code: 500, error: 'unspecified_fault', message: 'missing_provider_url' } } },
  { title: '0503 cannot be reached', given: [SEARCHED], when: buy(DOWN), expect: { status: 503, message: 'datastore_unreachable', data: { message: 'datastore unreachable' }, headers: { 'retry-after': '1' } } },
  { title: '0503 is bought the third time', given: [SEARCHED, { ...buy(DOWN), expect: { status: 503 } }, { ...buy(DOWN), expect: { status: 503 } }], when: buy(DOWN), expect: { status: 201 } },
  { title: 'a reset makes it fail anew', given: [SEARCHED, { ...buy(DOWN), expect: { status: 503 } }, { ...buy(DOWN), expect: { status: 503 } }, { method: 'POST', url: '/__admin/reset' }, SEARCHED], when: buy(DOWN), expect: { status: 503 } },
  { title: 'in a collection each fails under its number', given: [SEARCHED, search('415')], when: buyAll([FIRST, PORTING, magic('0500'), magic('0200')]), expect: { status: 400, message: 'client error', at: { [`/data/${PORTING}/error`]: 'number_is_porting', [`/data/${magic('0500')}/message`]: 'fault by carrier', [`/data/${FIRST}`]: null, [`/data/${magic('0200')}`]: null } } },
  { title: 'in a collection the quotes add up', given: [SEARCHED, search('415')], when: buyAll([FIRST, QUOTED]), expect: { status: 402, message: 'accept charges', data: QUOTE(1) } },
  { title: 'a quoted collection is bought once the charges are accepted', given: [SEARCHED, search('415')], when: buyAll([FIRST, QUOTED], { accept_charges: true }), expect: { status: 201, at: { [`/data/success/${FIRST}/state`]: 'in_service', [`/data/success/${QUOTED}/state`]: 'in_service' } } },
  { title: 'any spelling of it is magic', given: [SEARCHED], when: buy('5005550400'), expect: { status: 400, message: 'number_is_porting' } },
  { title: 'other calls know no magic', when: read(magic('0500')), expect: { status: 404, message: 'bad_identifier' } }
]

const ADDRESS_CASES: readonly [street: string, expect: Expected][] = [
  ['911 PROVISIONED TEST ST', { status: 200, at: { '/data/e911/status': 'PROVISIONED' } }],
  ['911 provisioned  test street', { status: 200, at: { '/data/e911/street_address': '911 PROVISIONED TEST ST' } }],
  [
    '911 CORRECTED TEST ST',
    {
      status: 200,
      at: {
        '/data/e911/street_address': '911 N CORRECTED TEST ST',
        '/data/e911/legacy_data/predirectional': 'N',
        '/data/e911/legacy_data/house_number': '911'
      }
    }
  ],
  ['911 GEOCODED TEST ST', { status: 200, at: { '/data/e911/status': 'GEOCODED' } }],
  ['911 STATUS INVALID TEST ST', { status: 200, at: { '/data/e911/status': 'INVALID' } }],
  ['911 STATUS ERROR TEST ST', { status: 200, at: { '/data/e911/status': 'ERROR' } }],
  ['911 STATUS REMOVED TEST ST', { status: 200, at: { '/data/e911/status': 'REMOVED' } }],
  [
    '911 MULTIPLE 3 TEST ST',
    {
      status: 400,
      message: 'multiple_choice',
      at: {
        '/data/multiple_choice/e911/details/2/extended_address': 'UNIT 3',
        '/data/multiple_choice/e911/details/3': null
      }
    }
  ],
  ['911 INVALID TEST ST', { status: 400, message: 'invalid data' }],
  ['911 UNREACHABLE TEST ST', { status: 500, message: 'unspecified_fault', at: { '/data/message': 'unreachable' } }],
  [
    '911 ERROR TEST ST',
    { status: 500, message: 'unspecified_fault', at: { '/data/message': 'Location could not be processed' } }
  ]
]

/** The first choice of `911 MULTIPLE TEST ST`. */
const CHOICE = {
  postal_code: '94105',
  street_address: '911 PROVISIONED TEST ST',
  extended_address: 'UNIT 1',
  locality: 'SAN FRANCISCO',
  region: 'CA'
}

export const MAGIC_ADDRESS_CASES: readonly Case[] = [
  ...ADDRESS_CASES.map(([street, expect]): Case => ({
    title: street,
    when: store(BOUGHT, { e911: addressAt(street) }),
    expect
  })),
  {
    title: 'the choice that is sent back is provisioned',
    given: [{ ...store(BOUGHT, { e911: addressAt('911 MULTIPLE TEST ST') }), expect: { status: 400 } }],
    when: store(BOUGHT, { e911: CHOICE }),
    expect: { status: 200, at: { '/data/e911/status': 'PROVISIONED', '/data/e911/extended_address': 'UNIT 1' } }
  },
  {
    title: 'the corrected line is good as it stands',
    given: [store(BOUGHT, { e911: addressAt('911 CORRECTED TEST ST') })],
    when: store(BOUGHT, { e911: addressAt('911 N CORRECTED TEST ST') }),
    expect: { status: 200, at: { '/data/e911/street_address': '911 N CORRECTED TEST ST' } }
  },
  {
    title: 'a number with such an address is listed with its feature',
    given: [store(BOUGHT, { e911: addressAt('911 PROVISIONED TEST ST') })],
    when: list(),
    expect: { status: 200, at: { [`/data/numbers/${BOUGHT}/features`]: ['e911'] } }
  }
]
