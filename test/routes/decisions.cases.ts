/** The answers where the document is silent, odd or contradictory: a row a decision, in the order of docs/fidelity.md. */
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
} from '../harness/calls.js'
import type { Case } from '../harness/case.js'
import { DEMO } from '../harness/emulator-under-test.js'

interface Decision {
  title: string
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
    title: '1 the keys of the envelope',
    cases: [
      // Every answer of every case is held to the documented keys; these are the kinds of answer.
      {
        title: 'a search has no paging keys',
        when: search('415'),
        expect: { status: 200, at: { '/page_size': null } }
      },
      { title: 'a list has page_size', when: list(), expect: { status: 200, at: { '/page_size': 3 } } },
      { title: 'an error repeats the token', when: read(FIRST), expect: { status: 404, at: { '/auth_token': TOKEN } } },
      {
        title: 'an answer without a token has an empty auth_token',
        when: search('415'),
        expect: { status: 200, at: { '/auth_token': '' } }
      },
      {
        title: 'an error without a token has an empty auth_token',
        when: { method: 'GET', url: numbersOf() },
        expect: { status: 401, at: { '/auth_token': '' } }
      },
      {
        title: 'an error that comes before the token is looked at repeats it all the same',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: '{' },
        expect: { status: 400, at: { '/auth_token': TOKEN } }
      }
    ]
  },
  {
    title: '2 the status of a successful PUT',
    cases: [
      { title: 'buying a number answers 201', given: [search('415')], when: buy(FIRST), expect: { status: 201 } },
      {
        title: 'buying my own number again answers 201',
        given: bought(FIRST),
        when: buy(FIRST),
        expect: { status: 201 }
      },
      {
        title: 'buying a collection answers 201',
        given: [search('415')],
        when: buyAll([FIRST]),
        expect: { status: 201 }
      },
      { title: 'storing fields answers 200', when: store(BOUGHT, {}), expect: { status: 200 } },
      { title: 'releasing a number answers 200', when: release(BOUGHT), expect: { status: 200 } }
    ]
  },
  {
    title: '3 buying a number that no search has returned',
    cases: [
      {
        title: 'a number that no search has returned cannot be bought',
        when: buy(UNSEARCHED),
        expect: { status: 500, message: 'unspecified_fault', data: NO_PROVIDER }
      },
      {
        title: 'a number beyond the page that the search returned cannot be bought',
        given: [search('415', 1)],
        when: buy(SECOND),
        expect: { status: 500, data: NO_PROVIDER }
      },
      {
        title: 'a number that a search of another account has returned can be bought',
        given: [searchWithin('prefix=415&quantity=2', STRANGER)],
        when: buy(SECOND),
        expect: { status: 201, at: { '/data/state': 'in_service' } }
      },
      {
        title: 'a number of the second page can be bought',
        given: [searchWithin('prefix=415233&quantity=2&offset=1')],
        when: buy('+14152330001'),
        expect: { status: 201 }
      },
      {
        title: 'a released number needs no search',
        given: [...bought(FIRST), release(FIRST)],
        when: buy(FIRST, STRANGER),
        expect: { status: 201 }
      },
      {
        title: 'after a reset nothing is searched for',
        given: [search('415'), { method: 'POST', url: '/__admin/reset' }],
        when: buy(FIRST),
        expect: { status: 500, data: NO_PROVIDER }
      }
    ]
  },
  {
    title: '4 a collection in which some fail',
    cases: [
      {
        title: 'only the failed numbers are listed, and none is bought',
        given: [search('415')],
        when: buyAll([FIRST, UNSEARCHED, SECOND]),
        expect: { status: 400, message: 'client error', data: { [UNSEARCHED]: NO_PROVIDER } }
      },
      {
        title: 'all failed numbers are listed together, each with its own reason',
        given: [search('415'), { ...buy(SECOND, STRANGER) }],
        when: buyAll([FIRST, SECOND, 'nonsense', UNSEARCHED]),
        expect: {
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
        }
      },
      {
        title: 'a number that the collection would have bought is still on offer',
        given: [search('415'), { ...buyAll([FIRST, UNSEARCHED]), expect: { status: 400 } }],
        when: search('415'),
        expect: { status: 200, numbers: [FIRST, SECOND] }
      },
      {
        title: 'with accept_charges the answer is the same and the good ones are bought',
        given: [search('415'), { ...buyAll([FIRST, UNSEARCHED], { accept_charges: true }), expect: { status: 400 } }],
        when: list('?prefix=&start_key=%2B14152'),
        expect: { status: 200, numbers: [FIRST, IN_SERVICE, RESERVED, BOUGHT] }
      },
      {
        title: 'accept_charges may stand within data',
        given: [
          search('415'),
          {
            method: 'PUT',
            url: collectionOf(),
            token: TOKEN,
            body: { data: { numbers: [FIRST, UNSEARCHED], accept_charges: true } },
            expect: { status: 400 }
          }
        ],
        when: read(FIRST),
        expect: { status: 200, at: { '/data/state': 'in_service', '/data/accept_charges': null } }
      },
      {
        title: 'accept_charges may stand in the query',
        given: [
          search('415'),
          {
            method: 'PUT',
            url: `${collectionOf()}?accept_charges=true`,
            token: TOKEN,
            body: { data: { numbers: [FIRST, UNSEARCHED] } },
            expect: { status: 400 }
          }
        ],
        when: read(FIRST),
        expect: { status: 200 }
      }
    ]
  },
  {
    title: '5 a collection of one number',
    cases: [
      {
        title: 'it is wrapped like any other collection',
        given: [search('415')],
        when: buyAll([FIRST]),
        expect: {
          status: 201,
          at: { [`/data/success/${FIRST}/state`]: 'in_service', '/data/state': null, '/data/error': null }
        }
      },
      {
        title: 'its key is the E.164 form of what was sent',
        given: [search('415')],
        when: buyAll(['4152338397']),
        expect: { status: 201, at: { [`/data/success/${FIRST}/id`]: FIRST } }
      },
      {
        title: 'the fields beside the numbers go to every one of them',
        given: [search('415')],
        when: {
          method: 'PUT',
          url: collectionOf(),
          token: TOKEN,
          body: { data: { numbers: [FIRST, SECOND], team: 'blue' } }
        },
        expect: {
          status: 201,
          at: {
            [`/data/success/${FIRST}/team`]: 'blue',
            [`/data/success/${SECOND}/team`]: 'blue',
            [`/data/success/${FIRST}/numbers`]: null
          }
        }
      }
    ]
  },
  {
    title: '6 the record of a public search',
    cases: [
      {
        title: 'it is the documented rich record for any area code',
        when: search('212', 1),
        expect: {
          status: 200,
          at: {
            '/data/0/e164': '+12122450000',
            '/data/0/number': '+12122450000',
            '/data/0/ten_digit': '2122450000',
            '/data/0/npa_nxx': '212245',
            '/data/0/formatted_number': '1-212-245-0000',
            '/data/0/status': 'Available',
            '/data/0/rate_center/state': 'NY'
          }
        }
      },
      {
        title: 'a toll-free number has no rate centre',
        when: search('800', 1),
        expect: { status: 200, at: { '/data/0/number': '+18002340000', '/data/0/rate_center': null } }
      }
    ]
  },
  {
    title: '7 a search within an account',
    cases: [
      {
        title: 'my own numbers come first in whatever state, then the offers',
        when: searchWithin('prefix=415&quantity=5'),
        expect: {
          status: 200,
          data: [
            { number: IN_SERVICE, state: 'in_service' },
            { number: RESERVED, state: 'reserved' },
            { number: BOUGHT, state: 'in_service' },
            DISCOVERY(FIRST),
            DISCOVERY(SECOND)
          ]
        }
      },
      {
        title: 'released ones stand between mine and the offers, ascending',
        given: [search('415'), buyAll([SECOND, FIRST]), release(SECOND), release(FIRST)],
        when: searchWithin('prefix=415233&quantity=3'),
        expect: { status: 200, data: [AVAILABLE(FIRST), AVAILABLE(SECOND), DISCOVERY('+14152330000')] }
      },
      {
        title: 'the numbers of another account are not found',
        given: bought(FIRST, STRANGER),
        when: searchWithin('prefix=415233&quantity=2', NEW),
        expect: { status: 200, data: [DISCOVERY(SECOND), DISCOVERY('+14152330000')] }
      },
      {
        title: 'pages continue across the three kinds',
        given: [...bought(FIRST), release(FIRST)],
        when: searchWithin('prefix=415&quantity=2&offset=1'),
        expect: { status: 200, data: [{ number: BOUGHT, state: 'in_service' }, AVAILABLE(FIRST)] }
      },
      {
        title: 'no token is needed, as the document shows none',
        when: { method: 'GET', url: `${numbersOf()}?prefix=415` },
        expect: { status: 200 }
      },
      {
        title: 'an empty prefix is a list',
        when: list('?prefix='),
        expect: { status: 200, numbers: [IN_SERVICE, RESERVED, BOUGHT] }
      }
    ]
  },
  {
    title: '8 offset',
    cases: [
      {
        title: 'it counts pages, not numbers',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=415233&quantity=2&offset=1' },
        expect: { status: 200, numbers: ['+14152330000', '+14152330001'] }
      },
      {
        title: 'it works without an earlier page',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=415200&quantity=3&offset=4' },
        expect: { status: 200, numbers: ['+14152000012', '+14152000013', '+14152000014'] }
      },
      {
        title: 'a page beyond the last number is empty',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=4152338397&quantity=1&offset=1' },
        expect: { status: 200, data: [] }
      }
    ]
  },
  {
    title: '9 the prefix',
    cases: [
      ...['%2B1415', '+1415', '1415', '415', '%204%201%205%20'].map((prefix) => ({
        title: `${prefix} is area code 415`,
        when: search(prefix),
        expect: { status: 200, numbers: [FIRST, SECOND] }
      })),
      {
        title: 'six digits are an exchange',
        when: search('415234', 1),
        expect: { status: 200, numbers: ['+14152340000'] }
      },
      { title: 'ten digits are one number', when: search('4152338397'), expect: { status: 200, numbers: [FIRST] } },
      {
        title: 'E.164 with all its digits is one number',
        when: search('%2B14152338397'),
        expect: { status: 200, numbers: [FIRST] }
      },
      { title: 'a prefix that no plan knows finds nothing', when: search('999'), expect: { status: 200, data: [] } },
      {
        title: 'an area code of another country’s dial plan finds nothing',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=415&country=GB' },
        expect: { status: 200, data: [] }
      },
      {
        title: 'Canada is served',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=416&country=ca&quantity=1' },
        expect: { status: 200, numbers: ['+14162030000'] }
      },
      {
        title: 'two digits are too few',
        when: search('41'),
        expect: { status: 400, message: 'validation error', data: { prefix: AT_LEAST(3, '41') } }
      },
      {
        title: 'a bare country code is too little',
        when: search('%2B1'),
        expect: { status: 400, data: { prefix: AT_LEAST(3, '+1') } }
      },
      {
        title: 'eleven digits are too many',
        when: search('41523383970'),
        expect: { status: 400, data: { prefix: AT_MOST(10, '41523383970') } }
      },
      {
        title: 'letters are no prefix',
        when: search('abc'),
        expect: { status: 400, data: { prefix: DIGITS_ONLY('abc') } }
      },
      {
        title: 'nor are signs',
        when: search('4-1-5'),
        expect: { status: 400, data: { prefix: DIGITS_ONLY('4-1-5') } }
      },
      {
        title: 'a search wants a prefix',
        when: { method: 'GET', url: '/v2/phone_numbers' },
        expect: { status: 400, data: { prefix: REQUIRED('prefix') } }
      },
      {
        title: 'an empty prefix is too short',
        when: search(''),
        expect: { status: 400, data: { prefix: AT_LEAST(3, '') } }
      },
      {
        title: 'an account’s search checks it as well',
        when: searchWithin('prefix=41'),
        expect: { status: 400, data: { prefix: AT_LEAST(3, '41') } }
      },
      {
        title: 'country has two letters, and all faults are reported together',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=4&country=USA' },
        expect: { status: 400, data: { prefix: AT_LEAST(3, '4'), country: AT_MOST(2, 'USA') } }
      },
      {
        title: 'one letter is no country',
        when: { method: 'GET', url: '/v2/phone_numbers?prefix=415&country=U' },
        expect: { status: 400, data: { country: AT_LEAST(2, 'U') } }
      }
    ]
  },
  {
    title: '10 a list without a prefix',
    cases: [
      {
        title: 'it is keyed by number, ascending',
        when: list(),
        expect: {
          status: 200,
          numbers: [IN_SERVICE, RESERVED, BOUGHT],
          at: { '/next_start_key': null, '/start_key': null, '/page_size': 3 }
        }
      },
      {
        title: 'an account without numbers has an empty object',
        when: list('', NEW),
        expect: { status: 200, data: { cascade_quantity: 0, numbers: {} }, at: { '/page_size': 0 } }
      },
      {
        title: 'next_start_key is the first number of the next page',
        when: list('?page_size=2'),
        expect: { status: 200, numbers: [IN_SERVICE, RESERVED], at: { '/next_start_key': BOUGHT, '/page_size': 2 } }
      },
      {
        title: 'the last page has none',
        when: list(`?page_size=2&start_key=${encodeURIComponent(BOUGHT)}`),
        expect: {
          status: 200,
          numbers: [BOUGHT],
          at: { '/next_start_key': null, '/page_size': 1, '/start_key': BOUGHT }
        }
      },
      {
        title: 'a page that ends with the last number is the last',
        when: list('?page_size=3'),
        expect: { status: 200, at: { '/next_start_key': null } }
      },
      {
        title: 'the encoded form of the reference is read too',
        when: list('?start_key=g20AAAAMKzE0MTU1NTU4OTIw'),
        expect: { status: 200, numbers: [RESERVED, BOUGHT], at: { '/start_key': RESERVED } }
      },
      {
        title: 'a start key need not exist',
        when: list('?start_key=%2B14155234713'),
        expect: { status: 200, numbers: [RESERVED, BOUGHT] }
      },
      {
        title: 'a start key behind everything finds nothing',
        when: list('?start_key=%2B19'),
        expect: { status: 200, numbers: [] }
      },
      {
        title: 'cascade_quantity counts the numbers of the accounts below',
        given: bought(FIRST),
        when: list('', '1429a5ffca584da6591f17cfb8fe5439'),
        expect: { status: 200, data: { cascade_quantity: 4, numbers: {} } }
      }
    ]
  },
  {
    title: '11 a number that is not on the account: GET and DELETE',
    cases: [
      {
        title: 'GET of an unknown number',
        when: read(FIRST),
        expect: { status: 404, message: 'bad_identifier', data: BAD_IDENTIFIER }
      },
      {
        title: 'GET of a number that a search has offered',
        given: [search('415')],
        when: read(FIRST),
        expect: { status: 404, data: BAD_IDENTIFIER }
      },
      {
        title: 'GET of a number of another account',
        when: read(BOUGHT, STRANGER),
        expect: { status: 404, data: BAD_IDENTIFIER }
      },
      {
        title: 'GET of one that is merely available',
        given: [release(BOUGHT)],
        when: read(BOUGHT),
        expect: { status: 404, data: BAD_IDENTIFIER }
      },
      { title: 'GET of what is no number', when: read('nonsense'), expect: { status: 404, data: BAD_IDENTIFIER } },
      {
        title: 'DELETE of an unknown number',
        when: release(FIRST),
        expect: { status: 404, message: 'bad_identifier', data: BAD_IDENTIFIER }
      },
      {
        title: 'DELETE of a number of another account',
        when: release(BOUGHT, STRANGER),
        expect: { status: 404, data: BAD_IDENTIFIER }
      },
      {
        title: 'DELETE of one that is released already',
        given: [release(BOUGHT)],
        when: release(BOUGHT),
        expect: { status: 404, data: BAD_IDENTIFIER }
      }
    ]
  },
  {
    title: '12 a number of another account: activate and POST',
    cases: [
      {
        title: 'activate',
        when: buy(BOUGHT, STRANGER),
        expect: { status: 403, message: 'forbidden', data: FORBIDDEN }
      },
      { title: 'activate of a reserved one', when: buy(RESERVED, STRANGER), expect: { status: 403, data: FORBIDDEN } },
      {
        title: 'POST',
        when: store(BOUGHT, { mine: true }, STRANGER),
        expect: { status: 403, message: 'forbidden', data: FORBIDDEN }
      },
      {
        title: 'E911',
        when: {
          method: 'POST',
          url: collectionOf(STRANGER),
          token: TOKEN,
          body: { data: { id: BOUGHT, e911: ADDRESS } }
        },
        expect: { status: 403, data: FORBIDDEN }
      },
      {
        title: 'POST of a number without a record',
        when: store(FIRST, {}),
        expect: { status: 404, data: BAD_IDENTIFIER }
      }
    ]
  },
  {
    title: '13 DELETE',
    cases: [
      {
        title: 'the number is available, without fields and features',
        given: [store(BOUGHT, { team: 'blue', used_by: 'callflow', e911: ADDRESS })],
        when: release(BOUGHT),
        expect: {
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
        }
      },
      {
        title: 'a local number is available too',
        when: release(IN_SERVICE),
        expect: { status: 200, at: { '/data/state': 'available', '/data/features': null } }
      },
      {
        title: 'a reserved number is available too',
        when: release(RESERVED),
        expect: { status: 200, at: { '/data/state': 'available', '/data/my_own_field': null } }
      },
      {
        title: 'it is off the list',
        given: [release(BOUGHT)],
        when: list(),
        expect: { status: 200, numbers: [IN_SERVICE, RESERVED] }
      },
      {
        title: 'it is offered again',
        given: [...bought(FIRST), release(FIRST)],
        when: search('415'),
        expect: { status: 200, numbers: [FIRST, SECOND] }
      },
      {
        title: 'the next owner finds no fields of the last one',
        given: [store(BOUGHT, { team: 'blue' }), release(BOUGHT), buy(BOUGHT, NEW)],
        when: read(BOUGHT, NEW),
        expect: { status: 200, at: { '/data/team': null, '/data/features': null } }
      },
      {
        title: 'with ageing it rests first',
        settings: { agingSeconds: 3600 },
        when: release(BOUGHT),
        expect: { status: 200, at: { '/data/state': 'aging', '/data/_read_only/state': 'aging' } }
      },
      {
        title: 'a resting number is not offered',
        settings: { agingSeconds: 3600 },
        given: [...bought(FIRST), release(FIRST)],
        when: search('415', 1),
        expect: { status: 200, numbers: [SECOND] }
      },
      {
        title: 'any account may buy an aging number',
        settings: { agingSeconds: 3600 },
        given: [release(BOUGHT)],
        when: buy(BOUGHT, NEW),
        expect: { status: 201, at: { '/data/state': 'in_service' } }
      },
      {
        title: 'for good is for the operator: to others it is a release like any other',
        when: { method: 'DELETE', url: `${pathOf(BOUGHT)}?hard=true`, token: TOKEN },
        expect: { status: 200, at: { '/data/state': 'available' } }
      },
      {
        title: 'for good, by the operator, ends the record',
        given: [{ method: 'DELETE', url: `${pathOf(BOUGHT)}?hard=true`, token: 'master-token' }],
        when: buy(BOUGHT),
        expect: { status: 500, data: NO_PROVIDER }
      },
      {
        title: 'a resting number is on no account',
        settings: { agingSeconds: 3600 },
        given: [release(BOUGHT)],
        when: read(BOUGHT),
        expect: { status: 404, data: BAD_IDENTIFIER }
      }
    ]
  },
  {
    title: '14 E911 on the path of the heading',
    cases: [
      {
        title: 'data goes to the number that its id names',
        when: { method: 'POST', url: collectionOf(), token: TOKEN, body: { data: { id: BOUGHT, e911: ADDRESS } } },
        expect: { status: 200, at: { '/data/id': BOUGHT, '/data/e911/status': 'PROVISIONED' } }
      },
      {
        title: 'the id may be any spelling of the number',
        when: {
          method: 'POST',
          url: collectionOf(),
          token: TOKEN,
          body: { data: { id: '4155558921', e911: ADDRESS } }
        },
        expect: { status: 200, at: { '/data/id': BOUGHT } }
      },
      {
        title: 'a body without an id is refused',
        when: { method: 'POST', url: collectionOf(), token: TOKEN, body: { data: { e911: ADDRESS } } },
        expect: { status: 400, data: { id: REQUIRED('id') } }
      },
      {
        title: 'an id that is no number',
        when: { method: 'POST', url: collectionOf(), token: TOKEN, body: { data: { id: 'x', e911: ADDRESS } } },
        expect: { status: 404, message: 'not_reconcilable' }
      },
      {
        title: 'an id of a number without a record',
        when: { method: 'POST', url: collectionOf(), token: TOKEN, body: { data: { id: FIRST, e911: ADDRESS } } },
        expect: { status: 404, data: BAD_IDENTIFIER }
      },
      {
        title: 'other methods are not there',
        when: { method: 'DELETE', url: collectionOf(), token: TOKEN },
        expect: { status: 405, message: 'invalid_method', data: { message: 'method not allowed' } }
      }
    ]
  },
  {
    title: '15 the error bodies of E911',
    cases: [
      {
        title: 'an invalid address',
        when: store(BOUGHT, { e911: addressAt('911 INVALID TEST ST') }),
        expect: {
          status: 400,
          message: 'invalid data',
          data: {
            address: { invalid: { cause: addressAt('911 INVALID TEST ST'), message: 'Location is not geocoded' } }
          }
        }
      },
      {
        title: 'keys that were not sent are not in the cause',
        when: store(BOUGHT, {
          e911: { street_address: '911 INVALID TEST ST', locality: 'X', region: 'CA', postal_code: '94105', extra: 1 }
        }),
        expect: {
          status: 400,
          data: {
            address: {
              invalid: {
                cause: { postal_code: '94105', street_address: '911 INVALID TEST ST', locality: 'X', region: 'CA' },
                message: 'Location is not geocoded'
              }
            }
          }
        }
      },
      {
        title: 'a failed address loses nothing of what was stored',
        given: [
          store(BOUGHT, { team: 'blue', e911: ADDRESS }),
          { ...store(BOUGHT, { e911: addressAt('911 INVALID TEST ST') }), expect: { status: 400 } }
        ],
        when: read(BOUGHT),
        expect: { status: 200, at: { '/data/team': 'blue', '/data/features': ['e911'] } }
      },
      {
        title: 'a purchase with an invalid address buys nothing',
        given: [search('415')],
        when: buy(FIRST, DEMO, { data: { e911: addressAt('911 INVALID TEST ST') } }),
        expect: { status: 400, message: 'invalid data' }
      },
      {
        title: 'in a collection it stands under its number',
        given: [search('415')],
        when: {
          method: 'PUT',
          url: collectionOf(),
          token: TOKEN,
          body: { data: { numbers: [FIRST], e911: addressAt('911 INVALID TEST ST') } }
        },
        expect: {
          status: 400,
          message: 'client error',
          at: { [`/data/${FIRST}/address/invalid/message`]: 'Location is not geocoded' }
        }
      }
    ]
  },
  {
    title: '16 the answer of E911',
    cases: [
      {
        title: 'it is the whole document of the number',
        when: store(BOUGHT, { e911: ADDRESS, team: 'blue' }),
        expect: {
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
        }
      },
      {
        title: 'a later GET shows it',
        given: [store(BOUGHT, { e911: ADDRESS })],
        when: read(BOUGHT),
        expect: { status: 200, at: { '/data/e911/street_address': '116 NATOMA ST', '/data/features': ['e911'] } }
      },
      {
        title: 'the list shows the feature',
        given: [store(BOUGHT, { e911: ADDRESS })],
        when: list(),
        expect: { status: 200, at: { [`/data/numbers/${BOUGHT}/features`]: ['e911'] } }
      },
      {
        title: 'what only the provider knows is not taken from the client',
        when: store(BOUGHT, {
          e911: { ...ADDRESS, latitude: '0', location_id: '1', status: 'ERROR', activated_time: 'now' }
        }),
        expect: {
          status: 200,
          at: {
            '/data/e911/latitude': '37.786861',
            '/data/e911/location_id': '27578725',
            '/data/e911/status': 'PROVISIONED',
            '/data/e911/activated_time': null
          }
        }
      },
      {
        title: 'what the provider does not know is kept',
        when: store(BOUGHT, { e911: { ...ADDRESS, notification_contact_emails: ['a@b'], gate: 7 } }),
        expect: { status: 200, at: { '/data/e911/notification_contact_emails': ['a@b'], '/data/e911/gate': 7 } }
      },
      {
        title: 'without a caller name it is the account’s',
        when: store(BOUGHT, { e911: { ...ADDRESS, caller_name: undefined } }),
        expect: { status: 200, at: { '/data/e911/caller_name': 'demo' } }
      },
      {
        title: 'POST without e911 takes it away, and its feature',
        given: [store(BOUGHT, { e911: ADDRESS })],
        when: store(BOUGHT, { team: 'blue' }),
        expect: { status: 200, at: { '/data/e911': null, '/data/features': null, '/data/team': 'blue' } }
      },
      {
        title: 'with --e911 permissive an address that can be read in one way only is provisioned',
        settings: { e911: 'permissive' },
        when: store(BOUGHT, { e911: addressAt('12 Elm St') }),
        expect: { status: 200, at: { '/data/e911/status': 'PROVISIONED', '/data/e911/street_address': '12 ELM ST' } }
      }
    ]
  },
  {
    title: '17 used_by in a body',
    cases: [
      {
        title: 'it is honoured, in the document and in the list',
        given: [store(BOUGHT, { used_by: 'callflow' })],
        when: list('?filter_used_by=callflow'),
        expect: { status: 200, numbers: [BOUGHT], at: { [`/data/numbers/${BOUGHT}/used_by`]: 'callflow' } }
      },
      {
        title: 'leaving it out keeps it',
        given: [store(BOUGHT, { used_by: 'callflow' }), store(BOUGHT, {})],
        when: read(BOUGHT),
        expect: { status: 200, at: { '/data/used_by': 'callflow', '/data/_read_only/used_by': 'callflow' } }
      },
      {
        title: 'an empty text clears it',
        given: [store(BOUGHT, { used_by: 'callflow' })],
        when: store(BOUGHT, { used_by: '' }),
        expect: { status: 200, at: { '/data/used_by': null } }
      },
      {
        title: 'null clears it',
        given: [store(BOUGHT, { used_by: 'callflow' })],
        when: store(BOUGHT, { used_by: null }),
        expect: { status: 200, at: { '/data/used_by': null } }
      }
    ]
  },
  {
    title: '18 E911 and CNAM on a local number',
    cases: [
      {
        title: 'E911',
        when: store(IN_SERVICE, { e911: ADDRESS }),
        expect: { status: 200, at: { '/data/features': ['e911', 'local'] } }
      },
      {
        title: 'CNAM',
        when: store(IN_SERVICE, { cnam: { display_name: 'Demo', inbound_lookup: true } }),
        expect: { status: 200, at: { '/data/features': ['inbound_cnam', 'local', 'outbound_cnam'] } }
      },
      {
        title: 'E911 on a reserved number',
        when: store(RESERVED, { e911: ADDRESS }),
        expect: { status: 200, at: { '/data/state': 'reserved', '/data/features': ['e911', 'local'] } }
      }
    ]
  },
  {
    title: '19 notification_contact_emails',
    cases: [
      {
        title: 'any text does',
        when: store(BOUGHT, { e911: { ...ADDRESS, notification_contact_emails: ['not an address'] } }),
        expect: { status: 200, at: { '/data/e911/notification_contact_emails': ['not an address'] } }
      },
      {
        title: 'a number does not',
        when: store(BOUGHT, { e911: { ...ADDRESS, notification_contact_emails: ['x', 7] } }),
        expect: { status: 400, data: { 'e911.notification_contact_emails.1': TYPE('string', 7) } }
      }
    ]
  },
  {
    title: '20 malformed JSON, missing data, violations of the schema',
    cases: [
      {
        title: 'malformed JSON',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: '{"data": {' },
        expect: { status: 400, message: 'validation error', at: { '/data/json/invalid/target': 'body' } }
      },
      {
        title: 'a body without data',
        when: { method: 'PUT', url: collectionOf(), token: TOKEN, body: { numbers: [FIRST] } },
        expect: {
          status: 400,
          message: 'validation error',
          data: { data: { required: { message: 'Field is required but missing', value: { numbers: [FIRST] } } } }
        }
      },
      {
        title: 'data that is null',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: { data: null } },
        expect: { status: 400, at: { '/data/data/required/value': {} } }
      },
      {
        title: 'data that is a text',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: { data: 'x' } },
        expect: { status: 400, data: { data: TYPE('object, array', 'x') } }
      },
      {
        title: 'data that is a list',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: { data: [] } },
        expect: { status: 400, data: { '': TYPE('object', []) } }
      },
      {
        title: 'a body that is a list',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: [] },
        expect: { status: 400, data: { json: { invalid: { message: 'All JSON must be valid', target: 'body' } } } }
      },
      {
        title: 'the keys of the envelope may be upper case',
        when: { method: 'POST', url: pathOf(BOUGHT), token: TOKEN, body: { DATA: { team: 'blue' } } },
        expect: { status: 200, at: { '/data/team': 'blue' } }
      },
      {
        title: 'an address needs four parts',
        when: store(BOUGHT, { e911: {} }),
        expect: {
          status: 400,
          data: {
            'e911.locality': REQUIRED('locality'),
            'e911.postal_code': REQUIRED('postal_code'),
            'e911.region': REQUIRED('region'),
            'e911.street_address': REQUIRED('street_address')
          }
        }
      },
      {
        title: 'an address that is null',
        when: store(BOUGHT, { e911: null }),
        expect: { status: 400, data: { e911: TYPE('object', null) } }
      },
      {
        title: 'a region of three letters',
        when: store(BOUGHT, { e911: { ...ADDRESS, region: 'CAL' } }),
        expect: { status: 400, data: { 'e911.region': AT_MOST(2, 'CAL') } }
      },
      {
        title: 'a region of one letter',
        when: store(BOUGHT, { e911: { ...ADDRESS, region: 'C' } }),
        expect: { status: 400, data: { 'e911.region': AT_LEAST(2, 'C') } }
      },
      {
        title: 'a postal code that is a number',
        when: store(BOUGHT, { e911: { ...ADDRESS, postal_code: 94105 } }),
        expect: { status: 400, data: { 'e911.postal_code': TYPE('string', 94105) } }
      },
      {
        title: 'a caller name of two letters',
        when: store(BOUGHT, { e911: { ...ADDRESS, caller_name: 'Jo' } }),
        expect: { status: 400, data: { 'e911.caller_name': AT_LEAST(3, 'Jo') } }
      },
      {
        title: 'a status that there is none of',
        when: store(BOUGHT, { e911: { ...ADDRESS, status: 'OK' } }),
        expect: {
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
        }
      },
      {
        title: 'legacy data of the wrong type',
        when: store(BOUGHT, { e911: { ...ADDRESS, legacy_data: { suite: 1 } } }),
        expect: { status: 400, data: { 'e911.legacy_data.suite': TYPE('string', 1) } }
      },
      {
        title: 'several faults at once',
        when: store(BOUGHT, {
          cnam: { display_name: '', inbound_lookup: 'maybe' },
          porting: { comments: 'x', port_id: 1 },
          carrier_name: ''
        }),
        expect: {
          status: 400,
          data: {
            'cnam.display_name': AT_LEAST(1, ''),
            'cnam.inbound_lookup': TYPE('boolean', 'maybe'),
            'porting.comments': TYPE('array', 'x'),
            'porting.port_id': TYPE('string', 1),
            carrier_name: AT_LEAST(1, '')
          }
        }
      },
      {
        title: 'a name of sixteen letters',
        when: store(BOUGHT, { cnam: { display_name: 'sixteen letters!' } }),
        expect: { status: 400, data: { 'cnam.display_name': AT_MOST(15, 'sixteen letters!') } }
      },
      {
        title: 'a carrier of thirty-one letters',
        when: store(BOUGHT, { carrier_name: 'x'.repeat(31) }),
        expect: { status: 400, data: { carrier_name: AT_MOST(30, 'x'.repeat(31)) } }
      },
      {
        title: 'a text that spells a boolean is one',
        when: store(BOUGHT, { cnam: { inbound_lookup: 'true' } }),
        expect: { status: 200, at: { '/data/cnam': { inbound_lookup: true }, '/data/features': ['inbound_cnam'] } }
      },
      {
        title: 'the body of a purchase is checked as well',
        given: [search('415')],
        when: buy(FIRST, DEMO, { data: { cnam: 'x' } }),
        expect: { status: 400, data: { cnam: TYPE('object', 'x') } }
      },
      {
        title: 'a state that there is none of',
        when: buy(FIRST, DEMO, { data: { create_with_state: 'x' } }),
        expect: { status: 400, at: { '/data/create_with_state/enum/value': 'x' } }
      },
      {
        title: 'a collection without numbers',
        when: { method: 'PUT', url: collectionOf(), token: TOKEN, body: { data: {} } },
        expect: { status: 400, data: { numbers: { required: { message: 'list of numbers missing' } } } }
      },
      {
        title: 'a collection without a body',
        when: { method: 'PUT', url: collectionOf(), token: TOKEN },
        expect: { status: 400, data: { numbers: { required: { message: 'list of numbers missing' } } } }
      },
      {
        title: 'an empty collection',
        when: buyAll([]),
        expect: { status: 400, data: { numbers: { minimum: { message: 'minimum 1 number required' } } } }
      },
      {
        title: 'numbers that are no list',
        when: { method: 'PUT', url: collectionOf(), token: TOKEN, body: { data: { numbers: FIRST } } },
        expect: { status: 400, data: { numbers: { type: { message: 'numbers must be a list' } } } }
      },
      {
        title: 'numbers that are null',
        when: { method: 'PUT', url: collectionOf(), token: TOKEN, body: { data: { numbers: null } } },
        expect: { status: 400, data: { numbers: { type: { message: 'numbers must be a list' } } } }
      },
      {
        title: 'a number that is no text',
        when: { method: 'PUT', url: collectionOf(), token: TOKEN, body: { data: { numbers: [FIRST, 4152338421] } } },
        expect: { status: 400, data: { 'numbers.1': TYPE('string', 4152338421) } }
      },
      {
        title: 'a number twice, in two spellings',
        given: [search('415')],
        when: buyAll([FIRST, '4152338397']),
        expect: { status: 400, data: { numbers: { uniqueItems: { message: 'some numbers appear twice' } } } }
      }
    ]
  },
  {
    title: '21 tokens and accounts',
    cases: [
      { title: 'the public search needs no token', when: search('415'), expect: { status: 200 } },
      {
        title: 'a list needs one',
        when: { method: 'GET', url: numbersOf() },
        expect: { status: 401, message: 'invalid_credentials', data: { message: 'invalid credentials' } }
      },
      {
        title: 'an account without a fixture is there, empty, on first use',
        when: list('', OTHER),
        expect: { status: 200, numbers: [] }
      }
    ]
  }
]
