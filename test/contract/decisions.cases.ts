/** What the emulator answers where the document is silent, odd or contradictory: a row a decision, in the order of the README. */
import { DEMO } from '../emulator-under-test.js'
import {
  ADDRESS,
  addressAt,
  bought,
  BOUGHT,
  buy,
  buyAll,
  collectionOf,
  FIRST,
  IN_SERVICE,
  list,
  NEW,
  numbersOf,
  OTHER,
  pathOf,
  read,
  release,
  RESERVED,
  search,
  searchWithin,
  SECOND,
  store,
  STRANGER,
  TOKEN,
  UNSEARCHED
} from './calls.js'
import type { Case } from './replay.js'

interface Decision {
  point: string
  cases: readonly Case[]
}

const BAD_IDENTIFIER = { message: 'bad identifier', not_found: 'The number could not be found' }
const FORBIDDEN = { code: 403, error: 'forbidden', message: 'requestor is unauthorized to perform operation' }
const NO_PROVIDER = { code: 500, error: 'unspecified_fault', message: 'missing_provider_url' }

const DISCOVERY = (number: string) => ({ number, state: 'discovery' })
const AVAILABLE = (number: string) => ({ number, state: 'available' })

/** The sentences of the validation form. */
const REQUIRED = (value: string) => ({ required: { message: 'Field is required but missing', value } })
const AT_LEAST = (target: number, value: string) => ({
  minLength: { message: `String must be at least ${target} characters`, target, cause: value, value }
})
const AT_MOST = (target: number, value: string) => ({
  maxLength: { message: `String must not be more than ${target} characters`, target, cause: value, value }
})
const TYPE = (target: string, value: string | number | boolean | null | []) => ({
  type: { message: `Value did not match type(s): ${target}`, target, value }
})
const DIGITS_ONLY = (value: string) => ({
  pattern: { message: "Failed to match pattern '^[0-9]+$'", target: '^[0-9]+$', value }
})

export const DECISIONS: readonly Decision[] = [
  {
    point: '1 the keys of the envelope',
    cases: [
      // Every answer of every case is held to the documented keys; these are the kinds of answer.
      { says: 'a search has no paging keys', when: search('415'), status: 200, at: { '/page_size': null } },
      { says: 'a list has page_size', when: list(), status: 200, at: { '/page_size': 3 } },
      { says: 'an error repeats the token', when: read(FIRST), status: 404, at: { '/auth_token': TOKEN } },
      {
        says: 'an answer without a token has an empty auth_token',
        when: search('415'),
        status: 200,
        at: { '/auth_token': '' }
      },
      {
        says: 'an error without a token has an empty auth_token',
        when: { method: 'GET', url: numbersOf() },
        status: 401,
        at: { '/auth_token': '' }
      },
      {
        says: 'an error that comes before the token is looked at repeats it all the same',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: '{' },
        status: 400,
        at: { '/auth_token': TOKEN }
      }
    ]
  },
  {
    point: '2 the status of a successful PUT',
    cases: [
      { says: 'buying a number answers 201', given: [search('415')], when: buy(FIRST), status: 201 },
      { says: 'buying my own number again answers 201', given: bought(FIRST), when: buy(FIRST), status: 201 },
      { says: 'buying a collection answers 201', given: [search('415')], when: buyAll([FIRST]), status: 201 },
      { says: 'storing fields answers 200', when: store(BOUGHT, {}), status: 200 },
      { says: 'releasing a number answers 200', when: release(BOUGHT), status: 200 }
    ]
  },
  {
    point: '3 buying a number that no search has returned',
    cases: [
      {
        says: 'a number that nobody searched for cannot be bought',
        when: buy(UNSEARCHED),
        status: 500,
        message: 'unspecified_fault',
        data: NO_PROVIDER
      },
      {
        says: 'a number beyond the page that the search returned cannot be bought',
        given: [search('415', 1)],
        when: buy(SECOND),
        status: 500,
        data: NO_PROVIDER
      },
      {
        says: 'a number that somebody else searched for can be bought',
        given: [searchWithin('prefix=415&quantity=2', STRANGER)],
        when: buy(SECOND),
        status: 201,
        at: { '/data/state': 'in_service' }
      },
      {
        says: 'a number of the second page can be bought',
        given: [searchWithin('prefix=415233&quantity=2&offset=1')],
        when: buy('+14152330001'),
        status: 201
      },
      {
        says: 'a released number needs no search',
        given: [...bought(FIRST), release(FIRST)],
        when: buy(FIRST, STRANGER),
        status: 201
      },
      {
        says: 'after a reset nothing is searched for',
        given: [search('415'), { method: 'POST', url: '/__admin/reset' }],
        when: buy(FIRST),
        status: 500,
        data: NO_PROVIDER
      }
    ]
  },
  {
    point: '4 a collection in which some fail',
    cases: [
      {
        says: 'only the failed numbers are listed, and none is bought',
        given: [search('415')],
        when: buyAll([FIRST, UNSEARCHED, SECOND]),
        status: 400,
        message: 'client error',
        data: { [UNSEARCHED]: NO_PROVIDER }
      },
      {
        says: 'all failed numbers are listed together, each with its own reason',
        given: [search('415'), { ...buy(SECOND, STRANGER) }],
        when: buyAll([FIRST, SECOND, 'nonsense', UNSEARCHED]),
        status: 400,
        data: {
          [SECOND]: FORBIDDEN,
          nonsense: {
            code: 404,
            error: 'not_reconcilable',
            cause: 'nonsense',
            message: 'number nonsense is not reconcilable'
          },
          [UNSEARCHED]: NO_PROVIDER
        }
      },
      {
        says: 'a number that the collection would have bought is still on offer',
        given: [search('415'), { ...buyAll([FIRST, UNSEARCHED]), status: 400 }],
        when: search('415'),
        status: 200,
        numbers: [FIRST, SECOND]
      },
      {
        says: 'with accept_charges the answer is the same and the good ones are bought',
        given: [search('415'), { ...buyAll([FIRST, UNSEARCHED], { accept_charges: true }), status: 400 }],
        when: list('?prefix=&start_key=%2B14152'),
        status: 200,
        numbers: [FIRST, IN_SERVICE, RESERVED, BOUGHT]
      },
      {
        says: 'accept_charges may stand within data',
        given: [
          search('415'),
          {
            method: 'PUT',
            url: collectionOf(),
            token: TOKEN,
            body: { data: { numbers: [FIRST, UNSEARCHED], accept_charges: true } },
            status: 400
          }
        ],
        when: read(FIRST),
        status: 200,
        at: { '/data/state': 'in_service', '/data/accept_charges': null }
      },
      {
        says: 'accept_charges may stand in the query',
        given: [
          search('415'),
          {
            method: 'PUT',
            url: `${collectionOf()}?accept_charges=true`,
            token: TOKEN,
            body: { data: { numbers: [FIRST, UNSEARCHED] } },
            status: 400
          }
        ],
        when: read(FIRST),
        status: 200
      }
    ]
  },
  {
    point: '5 a collection of one number',
    cases: [
      {
        says: 'it is wrapped like any other collection',
        given: [search('415')],
        when: buyAll([FIRST]),
        status: 201,
        at: { [`/data/success/${FIRST}/state`]: 'in_service', '/data/state': null, '/data/error': null }
      },
      {
        says: 'its key is the E.164 form of what was sent',
        given: [search('415')],
        when: buyAll(['4152338397']),
        status: 201,
        at: { [`/data/success/${FIRST}/id`]: FIRST }
      },
      {
        says: 'the fields beside the numbers go to every one of them',
        given: [search('415')],
        when: {
          method: 'PUT',
          url: collectionOf(),
          token: TOKEN,
          body: { data: { numbers: [FIRST, SECOND], team: 'blue' } }
        },
        status: 201,
        at: {
          [`/data/success/${FIRST}/team`]: 'blue',
          [`/data/success/${SECOND}/team`]: 'blue',
          [`/data/success/${FIRST}/numbers`]: null
        }
      }
    ]
  },
  {
    point: '6 the record of a public search',
    cases: [
      {
        says: 'it is the documented rich record for any area code',
        when: search('212', 1),
        status: 200,
        at: {
          '/data/0/e164': '+12122000000',
          '/data/0/number': '+12122000000',
          '/data/0/ten_digit': '2122000000',
          '/data/0/npa_nxx': '212200',
          '/data/0/formatted_number': '1-212-200-0000',
          '/data/0/status': 'Available',
          '/data/0/rate_center/state': 'NY'
        }
      },
      {
        says: 'a toll-free number has no rate centre',
        when: search('800', 1),
        status: 200,
        at: { '/data/0/number': '+18002000000', '/data/0/rate_center': null }
      }
    ]
  },
  {
    point: '7 a search within an account',
    cases: [
      {
        says: 'my own numbers come first in whatever state, then the offers',
        when: searchWithin('prefix=415&quantity=5'),
        status: 200,
        data: [
          { number: IN_SERVICE, state: 'in_service' },
          { number: RESERVED, state: 'reserved' },
          { number: BOUGHT, state: 'in_service' },
          DISCOVERY(FIRST),
          DISCOVERY(SECOND)
        ]
      },
      {
        says: 'released ones stand between mine and the offers, ascending',
        given: [search('415'), buyAll([SECOND, FIRST]), release(SECOND), release(FIRST)],
        when: searchWithin('prefix=415233&quantity=3'),
        status: 200,
        data: [AVAILABLE(FIRST), AVAILABLE(SECOND), DISCOVERY('+14152330000')]
      },
      {
        says: 'the numbers of somebody else are not found',
        given: bought(FIRST, STRANGER),
        when: searchWithin('prefix=415233&quantity=2', NEW),
        status: 200,
        data: [DISCOVERY(SECOND), DISCOVERY('+14152330000')]
      },
      {
        says: 'pages continue across the three kinds',
        given: [...bought(FIRST), release(FIRST)],
        when: searchWithin('prefix=415&quantity=2&offset=1'),
        status: 200,
        data: [{ number: BOUGHT, state: 'in_service' }, AVAILABLE(FIRST)]
      },
      {
        says: 'no token is needed, as the document shows none',
        when: { method: 'GET', url: `${numbersOf()}?prefix=415` },
        status: 200
      },
      {
        says: 'an empty prefix is a list',
        when: list('?prefix='),
        status: 200,
        numbers: [IN_SERVICE, RESERVED, BOUGHT]
      }
    ]
  },
  {
    point: '8 offset',
    cases: [
      {
        says: 'it counts pages, not numbers',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=415233&quantity=2&offset=1' },
        status: 200,
        numbers: ['+14152330000', '+14152330001']
      },
      {
        says: 'it works without an earlier page',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=415200&quantity=3&offset=4' },
        status: 200,
        numbers: ['+14152000012', '+14152000013', '+14152000014']
      },
      {
        says: 'a page beyond the last number is empty',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=4152338397&quantity=1&offset=1' },
        status: 200,
        data: []
      }
    ]
  },
  {
    point: '9 the prefix',
    cases: [
      ...['%2B1415', '+1415', '1415', '415', '%204%201%205%20'].map((prefix) => ({
        says: `${prefix} is area code 415`,
        when: search(prefix),
        status: 200,
        numbers: [FIRST, SECOND]
      })),
      { says: 'six digits are an exchange', when: search('415234', 1), status: 200, numbers: ['+14152340000'] },
      { says: 'ten digits are one number', when: search('4152338397'), status: 200, numbers: [FIRST] },
      {
        says: 'E.164 with all its digits is one number',
        when: search('%2B14152338397'),
        status: 200,
        numbers: [FIRST]
      },
      { says: 'a prefix that no plan knows finds nothing', when: search('999'), status: 200, data: [] },
      {
        says: 'an area code of another country’s dial plan finds nothing',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=415&country=GB' },
        status: 200,
        data: []
      },
      {
        says: 'Canada is served',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=416&country=ca&quantity=1' },
        status: 200,
        numbers: ['+14162000000']
      },
      {
        says: 'two digits are too few',
        when: search('41'),
        status: 400,
        message: 'validation error',
        data: { prefix: AT_LEAST(3, '41') }
      },
      {
        says: 'a bare country code is too little',
        when: search('%2B1'),
        status: 400,
        data: { prefix: AT_LEAST(3, '+1') }
      },
      {
        says: 'eleven digits are too many',
        when: search('41523383970'),
        status: 400,
        data: { prefix: AT_MOST(10, '41523383970') }
      },
      { says: 'letters are no prefix', when: search('abc'), status: 400, data: { prefix: DIGITS_ONLY('abc') } },
      { says: 'nor are signs', when: search('4-1-5'), status: 400, data: { prefix: DIGITS_ONLY('4-1-5') } },
      {
        says: 'a search wants a prefix',
        when: { method: 'GET', url: '/v2/phone_numbers' },
        status: 400,
        data: { prefix: REQUIRED('prefix') }
      },
      { says: 'an empty prefix is too short', when: search(''), status: 400, data: { prefix: AT_LEAST(3, '') } },
      {
        says: 'an account’s search checks it as well',
        when: searchWithin('prefix=41'),
        status: 400,
        data: { prefix: AT_LEAST(3, '41') }
      },
      {
        says: 'country has two letters, and all faults are reported together',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=4&country=USA' },
        status: 400,
        data: { prefix: AT_LEAST(3, '4'), country: AT_MOST(2, 'USA') }
      },
      {
        says: 'one letter is no country',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=415&country=U' },
        status: 400,
        data: { country: AT_LEAST(2, 'U') }
      }
    ]
  },
  {
    point: '10 a list without a prefix',
    cases: [
      {
        says: 'it is keyed by number, ascending',
        when: list(),
        status: 200,
        numbers: [IN_SERVICE, RESERVED, BOUGHT],
        at: { '/next_start_key': null, '/start_key': null, '/page_size': 3 }
      },
      {
        says: 'an account without numbers has an empty object',
        when: list('', NEW),
        status: 200,
        data: { cascade_quantity: 0, numbers: {} },
        at: { '/page_size': 0 }
      },
      {
        says: 'next_start_key is the first number of the next page',
        when: list('?page_size=2'),
        status: 200,
        numbers: [IN_SERVICE, RESERVED],
        at: { '/next_start_key': BOUGHT, '/page_size': 2 }
      },
      {
        says: 'the last page has none',
        when: list(`?page_size=2&start_key=${encodeURIComponent(BOUGHT)}`),
        status: 200,
        numbers: [BOUGHT],
        at: { '/next_start_key': null, '/page_size': 1, '/start_key': BOUGHT }
      },
      {
        says: 'a page that ends with the last number is the last',
        when: list('?page_size=3'),
        status: 200,
        at: { '/next_start_key': null }
      },
      {
        says: 'the encoded form of the reference is read too',
        when: list('?start_key=g20AAAAMKzE0MTU1NTU4OTIw'),
        status: 200,
        numbers: [RESERVED, BOUGHT],
        at: { '/start_key': RESERVED }
      },
      {
        says: 'a start key need not exist',
        when: list('?start_key=%2B14155234713'),
        status: 200,
        numbers: [RESERVED, BOUGHT]
      },
      { says: 'a start key behind everything finds nothing', when: list('?start_key=%2B19'), status: 200, numbers: [] },
      {
        says: 'cascade_quantity counts the numbers of the accounts below',
        given: bought(FIRST),
        when: list('', '1429a5ffca584da6591f17cfb8fe5439'),
        status: 200,
        data: { cascade_quantity: 4, numbers: {} }
      }
    ]
  },
  {
    point: '11 a number that is not on the account: GET and DELETE',
    cases: [
      {
        says: 'GET of an unknown number',
        when: read(FIRST),
        status: 404,
        message: 'bad_identifier',
        data: BAD_IDENTIFIER
      },
      {
        says: 'GET of a number that a search has offered',
        given: [search('415')],
        when: read(FIRST),
        status: 404,
        data: BAD_IDENTIFIER
      },
      { says: 'GET of somebody else’s', when: read(BOUGHT, STRANGER), status: 404, data: BAD_IDENTIFIER },
      {
        says: 'GET of one that is merely available',
        given: [release(BOUGHT)],
        when: read(BOUGHT),
        status: 404,
        data: BAD_IDENTIFIER
      },
      { says: 'GET of what is no number', when: read('nonsense'), status: 404, data: BAD_IDENTIFIER },
      {
        says: 'DELETE of an unknown number',
        when: release(FIRST),
        status: 404,
        message: 'bad_identifier',
        data: BAD_IDENTIFIER
      },
      { says: 'DELETE of somebody else’s', when: release(BOUGHT, STRANGER), status: 404, data: BAD_IDENTIFIER },
      {
        says: 'DELETE of one that is released already',
        given: [release(BOUGHT)],
        when: release(BOUGHT),
        status: 404,
        data: BAD_IDENTIFIER
      }
    ]
  },
  {
    point: '12 a number of somebody else: activate and POST',
    cases: [
      { says: 'activate', when: buy(BOUGHT, STRANGER), status: 403, message: 'forbidden', data: FORBIDDEN },
      { says: 'activate of a reserved one', when: buy(RESERVED, STRANGER), status: 403, data: FORBIDDEN },
      {
        says: 'POST',
        when: store(BOUGHT, { mine: true }, STRANGER),
        status: 403,
        message: 'forbidden',
        data: FORBIDDEN
      },
      {
        says: 'E911',
        when: {
          method: 'POST',
          url: collectionOf(STRANGER),
          token: TOKEN,
          body: { data: { id: BOUGHT, e911: ADDRESS } }
        },
        status: 403,
        data: FORBIDDEN
      },
      { says: 'POST of a number that nobody has', when: store(FIRST, {}), status: 404, data: BAD_IDENTIFIER }
    ]
  },
  {
    point: '13 DELETE',
    cases: [
      {
        says: 'the number is available, without fields and features',
        given: [store(BOUGHT, { team: 'blue', used_by: 'callflow', e911: ADDRESS })],
        when: release(BOUGHT),
        status: 200,
        at: {
          '/data/id': BOUGHT,
          '/data/state': 'available',
          '/data/_read_only/state': 'available',
          '/data/team': null,
          '/data/e911': null,
          '/data/features': null,
          '/data/used_by': null,
          '/data/_read_only/features': null,
          '/data/_read_only/used_by': null
        }
      },
      {
        says: 'a local number is available too',
        when: release(IN_SERVICE),
        status: 200,
        at: { '/data/state': 'available', '/data/features': null }
      },
      {
        says: 'a reserved number is available too',
        when: release(RESERVED),
        status: 200,
        at: { '/data/state': 'available', '/data/my_own_field': null }
      },
      {
        says: 'it is off the list',
        given: [release(BOUGHT)],
        when: list(),
        status: 200,
        numbers: [IN_SERVICE, RESERVED]
      },
      {
        says: 'it is offered again',
        given: [...bought(FIRST), release(FIRST)],
        when: search('415'),
        status: 200,
        numbers: [FIRST, SECOND]
      },
      {
        says: 'whoever buys it next finds no fields of the last owner',
        given: [store(BOUGHT, { team: 'blue' }), release(BOUGHT), buy(BOUGHT, NEW)],
        when: read(BOUGHT, NEW),
        status: 200,
        at: { '/data/team': null, '/data/features': null }
      },
      {
        says: 'with ageing it rests first',
        flags: { aging_seconds: 3600 },
        when: release(BOUGHT),
        status: 200,
        at: { '/data/state': 'aging', '/data/_read_only/state': 'aging' }
      },
      {
        says: 'a resting number is not offered',
        flags: { aging_seconds: 3600 },
        given: [...bought(FIRST), release(FIRST)],
        when: search('415', 1),
        status: 200,
        numbers: [SECOND]
      },
      {
        says: 'a resting number may be bought, by anybody',
        flags: { aging_seconds: 3600 },
        given: [release(BOUGHT)],
        when: buy(BOUGHT, NEW),
        status: 201,
        at: { '/data/state': 'in_service' }
      },
      {
        says: 'for good is for the operator: to others it is a release like any other',
        when: { method: 'DELETE', url: `${pathOf(BOUGHT)}?hard=true`, token: TOKEN },
        status: 200,
        at: { '/data/state': 'available' }
      },
      {
        says: 'for good, by the operator, ends the record',
        given: [{ method: 'DELETE', url: `${pathOf(BOUGHT)}?hard=true`, token: 'master-token' }],
        when: buy(BOUGHT),
        status: 500,
        data: NO_PROVIDER
      },
      {
        says: 'a resting number is on no account',
        flags: { aging_seconds: 3600 },
        given: [release(BOUGHT)],
        when: read(BOUGHT),
        status: 404,
        data: BAD_IDENTIFIER
      }
    ]
  },
  {
    point: '14 E911 on the path of the heading',
    cases: [
      {
        says: 'data goes to the number that its id names',
        when: { method: 'POST', url: collectionOf(), token: TOKEN, body: { data: { id: BOUGHT, e911: ADDRESS } } },
        status: 200,
        at: { '/data/id': BOUGHT, '/data/e911/status': 'PROVISIONED' }
      },
      {
        says: 'the id may be any spelling of the number',
        when: {
          method: 'POST',
          url: collectionOf(),
          token: TOKEN,
          body: { data: { id: '4155558921', e911: ADDRESS } }
        },
        status: 200,
        at: { '/data/id': BOUGHT }
      },
      {
        says: 'without an id nobody knows what is meant',
        when: { method: 'POST', url: collectionOf(), token: TOKEN, body: { data: { e911: ADDRESS } } },
        status: 400,
        data: { id: REQUIRED('id') }
      },
      {
        says: 'an id that is no number',
        when: { method: 'POST', url: collectionOf(), token: TOKEN, body: { data: { id: 'x', e911: ADDRESS } } },
        status: 404,
        message: 'not_reconcilable'
      },
      {
        says: 'an id of a number that nobody has',
        when: { method: 'POST', url: collectionOf(), token: TOKEN, body: { data: { id: FIRST, e911: ADDRESS } } },
        status: 404,
        data: BAD_IDENTIFIER
      },
      {
        says: 'other methods are not there',
        when: { method: 'DELETE', url: collectionOf(), token: TOKEN },
        status: 405,
        message: 'invalid_method',
        data: { message: 'method not allowed' }
      }
    ]
  },
  {
    point: '15 the error bodies of E911',
    cases: [
      {
        says: 'an invalid address',
        when: store(BOUGHT, { e911: addressAt('911 INVALID TEST ST') }),
        status: 400,
        message: 'invalid data',
        data: { address: { invalid: { cause: addressAt('911 INVALID TEST ST'), message: 'Location is not geocoded' } } }
      },
      {
        says: 'keys that were not sent are not in the cause',
        when: store(BOUGHT, {
          e911: { street_address: '911 INVALID TEST ST', locality: 'X', region: 'CA', postal_code: '94105', extra: 1 }
        }),
        status: 400,
        data: {
          address: {
            invalid: {
              cause: { postal_code: '94105', street_address: '911 INVALID TEST ST', locality: 'X', region: 'CA' },
              message: 'Location is not geocoded'
            }
          }
        }
      },
      {
        says: 'a failed address loses nothing of what was stored',
        given: [
          store(BOUGHT, { team: 'blue', e911: ADDRESS }),
          { ...store(BOUGHT, { e911: addressAt('911 INVALID TEST ST') }), status: 400 }
        ],
        when: read(BOUGHT),
        status: 200,
        at: { '/data/team': 'blue', '/data/features': ['e911'] }
      },
      {
        says: 'a purchase with an invalid address buys nothing',
        given: [search('415')],
        when: buy(FIRST, DEMO, { data: { e911: addressAt('911 INVALID TEST ST') } }),
        status: 400,
        message: 'invalid data'
      },
      {
        says: 'in a collection it stands under its number',
        given: [search('415')],
        when: {
          method: 'PUT',
          url: collectionOf(),
          token: TOKEN,
          body: { data: { numbers: [FIRST], e911: addressAt('911 INVALID TEST ST') } }
        },
        status: 400,
        message: 'client error',
        at: { [`/data/${FIRST}/address/invalid/message`]: 'Location is not geocoded' }
      }
    ]
  },
  {
    point: '16 the answer of E911',
    cases: [
      {
        says: 'it is the whole document of the number',
        when: store(BOUGHT, { e911: ADDRESS, team: 'blue' }),
        status: 200,
        at: {
          '/data/id': BOUGHT,
          '/data/state': 'in_service',
          '/data/features': ['e911'],
          '/data/_read_only/features': ['e911'],
          '/data/_read_only/state': 'in_service',
          '/data/team': 'blue',
          '/data/e911/location_id': '27578725'
        }
      },
      {
        says: 'a later GET shows it',
        given: [store(BOUGHT, { e911: ADDRESS })],
        when: read(BOUGHT),
        status: 200,
        at: { '/data/e911/street_address': '116 NATOMA ST', '/data/features': ['e911'] }
      },
      {
        says: 'the list shows the feature',
        given: [store(BOUGHT, { e911: ADDRESS })],
        when: list(),
        status: 200,
        at: { [`/data/numbers/${BOUGHT}/features`]: ['e911'] }
      },
      {
        says: 'what only the provider knows is not taken from the client',
        when: store(BOUGHT, {
          e911: { ...ADDRESS, latitude: '0', location_id: '1', status: 'ERROR', activated_time: 'now' }
        }),
        status: 200,
        at: {
          '/data/e911/latitude': '37.786861',
          '/data/e911/location_id': '27578725',
          '/data/e911/status': 'PROVISIONED',
          '/data/e911/activated_time': null
        }
      },
      {
        says: 'what the provider does not know is kept',
        when: store(BOUGHT, { e911: { ...ADDRESS, notification_contact_emails: ['a@b'], gate: 7 } }),
        status: 200,
        at: { '/data/e911/notification_contact_emails': ['a@b'], '/data/e911/gate': 7 }
      },
      {
        says: 'without a caller name it is the account’s',
        when: store(BOUGHT, { e911: { ...ADDRESS, caller_name: undefined } }),
        status: 200,
        at: { '/data/e911/caller_name': 'demo' }
      },
      {
        says: 'POST without e911 takes it away, and its feature',
        given: [store(BOUGHT, { e911: ADDRESS })],
        when: store(BOUGHT, { team: 'blue' }),
        status: 200,
        at: { '/data/e911': null, '/data/features': null, '/data/team': 'blue' }
      },
      {
        says: 'with --e911 permissive any well-formed address is provisioned',
        flags: { e911: 'permissive' },
        when: store(BOUGHT, { e911: addressAt('12 Elm St') }),
        status: 200,
        at: { '/data/e911/status': 'PROVISIONED', '/data/e911/street_address': '12 ELM ST' }
      }
    ]
  },
  {
    point: '17 used_by in a body',
    cases: [
      {
        says: 'it is honoured, in the document and in the list',
        given: [store(BOUGHT, { used_by: 'callflow' })],
        when: list('?filter_used_by=callflow'),
        status: 200,
        numbers: [BOUGHT],
        at: { [`/data/numbers/${BOUGHT}/used_by`]: 'callflow' }
      },
      {
        says: 'leaving it out keeps it',
        given: [store(BOUGHT, { used_by: 'callflow' }), store(BOUGHT, {})],
        when: read(BOUGHT),
        status: 200,
        at: { '/data/used_by': 'callflow', '/data/_read_only/used_by': 'callflow' }
      },
      {
        says: 'an empty text clears it',
        given: [store(BOUGHT, { used_by: 'callflow' })],
        when: store(BOUGHT, { used_by: '' }),
        status: 200,
        at: { '/data/used_by': null }
      },
      {
        says: 'null clears it',
        given: [store(BOUGHT, { used_by: 'callflow' })],
        when: store(BOUGHT, { used_by: null }),
        status: 200,
        at: { '/data/used_by': null }
      }
    ]
  },
  {
    point: '18 E911 and CNAM on a local number',
    cases: [
      {
        says: 'E911',
        when: store(IN_SERVICE, { e911: ADDRESS }),
        status: 200,
        at: { '/data/features': ['e911', 'local'] }
      },
      {
        says: 'CNAM',
        when: store(IN_SERVICE, { cnam: { display_name: 'Demo', inbound_lookup: true } }),
        status: 200,
        at: { '/data/features': ['inbound_cnam', 'local', 'outbound_cnam'] }
      },
      {
        says: 'E911 on a reserved number',
        when: store(RESERVED, { e911: ADDRESS }),
        status: 200,
        at: { '/data/state': 'reserved', '/data/features': ['e911', 'local'] }
      }
    ]
  },
  {
    point: '19 notification_contact_emails',
    cases: [
      {
        says: 'any text does',
        when: store(BOUGHT, { e911: { ...ADDRESS, notification_contact_emails: ['not an address'] } }),
        status: 200,
        at: { '/data/e911/notification_contact_emails': ['not an address'] }
      },
      {
        says: 'a number does not',
        when: store(BOUGHT, { e911: { ...ADDRESS, notification_contact_emails: ['x', 7] } }),
        status: 400,
        data: { 'e911.notification_contact_emails.1': TYPE('string', 7) }
      }
    ]
  },
  {
    point: '20 malformed JSON, missing data, violations of the schema',
    cases: [
      {
        says: 'malformed JSON',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: '{"data": {' },
        status: 400,
        message: 'validation error',
        at: { '/data/json/invalid/target': 'body' }
      },
      {
        says: 'a body without data',
        when: { method: 'PUT', url: collectionOf(), token: TOKEN, body: { numbers: [FIRST] } },
        status: 400,
        message: 'validation error',
        data: { data: { required: { message: 'Field is required but missing', value: { numbers: [FIRST] } } } }
      },
      {
        says: 'data that is null',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: { data: null } },
        status: 400,
        at: { '/data/data/required/value': { data: null } }
      },
      {
        says: 'data that is a text',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: { data: 'x' } },
        status: 400,
        data: { data: TYPE('object, array', 'x') }
      },
      {
        says: 'data that is a list',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: { data: [] } },
        status: 400,
        data: { '': TYPE('object', []) }
      },
      {
        says: 'a body that is a list',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: [] },
        status: 400,
        data: { json: { invalid: { message: 'All JSON must be valid', target: 'body' } } }
      },
      {
        says: 'the keys of the envelope may be upper case',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: { DATA: { team: 'blue' } } },
        status: 200,
        at: { '/data/team': 'blue' }
      },
      {
        says: 'an address needs four parts',
        when: store(BOUGHT, { e911: {} }),
        status: 400,
        data: {
          'e911.locality': REQUIRED('locality'),
          'e911.postal_code': REQUIRED('postal_code'),
          'e911.region': REQUIRED('region'),
          'e911.street_address': REQUIRED('street_address')
        }
      },
      {
        says: 'an address that is null',
        when: store(BOUGHT, { e911: null }),
        status: 400,
        data: { e911: TYPE('object', null) }
      },
      {
        says: 'a region of three letters',
        when: store(BOUGHT, { e911: { ...ADDRESS, region: 'CAL' } }),
        status: 400,
        data: { 'e911.region': AT_MOST(2, 'CAL') }
      },
      {
        says: 'a region of one letter',
        when: store(BOUGHT, { e911: { ...ADDRESS, region: 'C' } }),
        status: 400,
        data: { 'e911.region': AT_LEAST(2, 'C') }
      },
      {
        says: 'a postal code that is a number',
        when: store(BOUGHT, { e911: { ...ADDRESS, postal_code: 94105 } }),
        status: 400,
        data: { 'e911.postal_code': TYPE('string', 94105) }
      },
      {
        says: 'a caller name of two letters',
        when: store(BOUGHT, { e911: { ...ADDRESS, caller_name: 'Jo' } }),
        status: 400,
        data: { 'e911.caller_name': AT_LEAST(3, 'Jo') }
      },
      {
        says: 'a status that there is none of',
        when: store(BOUGHT, { e911: { ...ADDRESS, status: 'OK' } }),
        status: 400,
        data: {
          'e911.status': {
            enum: {
              message: 'Value not found in enumerated list of values',
              target: ['INVALID', 'GEOCODED', 'PROVISIONED', 'REMOVED', 'ERROR'],
              value: 'OK'
            }
          }
        }
      },
      {
        says: 'legacy data of the wrong type',
        when: store(BOUGHT, { e911: { ...ADDRESS, legacy_data: { suite: 1 } } }),
        status: 400,
        data: { 'e911.legacy_data.suite': TYPE('string', 1) }
      },
      {
        says: 'several faults at once',
        when: store(BOUGHT, {
          cnam: { display_name: '', inbound_lookup: 'maybe' },
          porting: { comments: 'x', port_id: 1 },
          carrier_name: ''
        }),
        status: 400,
        data: {
          'cnam.display_name': AT_LEAST(1, ''),
          'cnam.inbound_lookup': TYPE('boolean', 'maybe'),
          'porting.comments': TYPE('array', 'x'),
          'porting.port_id': TYPE('string', 1),
          carrier_name: AT_LEAST(1, '')
        }
      },
      {
        says: 'a name of sixteen letters',
        when: store(BOUGHT, { cnam: { display_name: 'sixteen letters!' } }),
        status: 400,
        data: { 'cnam.display_name': AT_MOST(15, 'sixteen letters!') }
      },
      {
        says: 'a carrier of thirty-one letters',
        when: store(BOUGHT, { carrier_name: 'x'.repeat(31) }),
        status: 400,
        data: { carrier_name: AT_MOST(30, 'x'.repeat(31)) }
      },
      {
        says: 'a text that spells a boolean is one',
        when: store(BOUGHT, { cnam: { inbound_lookup: 'true' } }),
        status: 200,
        at: { '/data/cnam': { inbound_lookup: true }, '/data/features': ['inbound_cnam'] }
      },
      {
        says: 'the body of a purchase is checked as well',
        given: [search('415')],
        when: buy(FIRST, DEMO, { data: { cnam: 'x' } }),
        status: 400,
        data: { cnam: TYPE('object', 'x') }
      },
      {
        says: 'a state that there is none of',
        when: buy(FIRST, DEMO, { data: { create_with_state: 'x' } }),
        status: 400,
        at: { '/data/create_with_state/enum/value': 'x' }
      },
      {
        says: 'a collection without numbers',
        when: { method: 'PUT', url: collectionOf(), token: TOKEN, body: { data: {} } },
        status: 400,
        data: { numbers: { required: { message: 'list of numbers missing' } } }
      },
      {
        says: 'a collection without a body',
        when: { method: 'PUT', url: collectionOf(), token: TOKEN },
        status: 400,
        data: { numbers: { required: { message: 'list of numbers missing' } } }
      },
      {
        says: 'an empty collection',
        when: buyAll([]),
        status: 400,
        data: { numbers: { minimum: { message: 'minimum 1 number required' } } }
      },
      {
        says: 'numbers that are no list',
        when: { method: 'PUT', url: collectionOf(), token: TOKEN, body: { data: { numbers: FIRST } } },
        status: 400,
        data: { numbers: { type: { message: 'numbers must be a list' } } }
      },
      {
        says: 'numbers that are null',
        when: { method: 'PUT', url: collectionOf(), token: TOKEN, body: { data: { numbers: null } } },
        status: 400,
        data: { numbers: { type: { message: 'numbers must be a list' } } }
      },
      {
        says: 'a number that is no text',
        when: { method: 'PUT', url: collectionOf(), token: TOKEN, body: { data: { numbers: [FIRST, 4152338421] } } },
        status: 400,
        data: { 'numbers.1': TYPE('string', 4152338421) }
      },
      {
        says: 'a number twice, in two spellings',
        given: [search('415')],
        when: buyAll([FIRST, '4152338397']),
        status: 400,
        data: { numbers: { uniqueItems: { message: 'some numbers appear twice' } } }
      }
    ]
  },
  {
    point: '21 tokens and accounts',
    cases: [
      { says: 'the public search needs no token', when: search('415'), status: 200 },
      {
        says: 'a list needs one',
        when: { method: 'GET', url: numbersOf() },
        status: 401,
        message: 'invalid_credentials',
        data: { message: 'invalid credentials' }
      },
      {
        says: 'an account that nobody described is there, empty, on first use',
        when: list('', OTHER),
        status: 200,
        numbers: []
      }
    ]
  }
]
