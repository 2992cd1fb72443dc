/** The acceptance vectors of the reference implementation, in both dialects. */
import { ACCOUNTS, by } from '../harness/calls.js'
import type { Case, Step } from '../harness/case.js'
import {
  FORBIDDEN,
  invalid,
  NO_CREATION,
  NOT_FOUND,
  required,
  tooLong,
  tooShort,
  wrongType
} from '../harness/expected.js'
import { NOW } from '../harness/play.js'

const demo = by('demo')
const child = by('child')
const stranger = by('stranger')
const master = by('master', 'demo')
const anonymous = by(undefined)

const BOUGHT = '/%2B14152338397'
const OTHER = '/%2B14152338421'
const UNSEEN = '/%2B14159990000'
const MADE = '/%2B14155550100'
const DISCOVERED = ['+14152338397', '+14152338421']

const NATOMA = {
  caller_name: 'Michel Mabel',
  postal_code: '94105',
  street_address: '116 natoma st',
  extended_address: 'apt 116',
  locality: 'san francisco',
  region: 'CA'
}
const PROVISIONED = {
  street_address: '116 NATOMA ST',
  extended_address: 'APT 116',
  caller_name: 'Michel Mabel',
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
const INVALID = { ...NATOMA, street_address: '911 INVALID TEST ST' }
const AMBIGUOUS = { ...NATOMA, street_address: '911 MULTIPLE 2 TEST ST' }

const bought: Step = { ...demo.put(`${BOUGHT}/activate`), expect: { status: 201 } }

/**
 * The acceptance vectors (reference implementation, section 15), with what the document and the decisions say in `oneuc`.
 * R, C, X and M of the vectors are `demo`, `child`, `stranger` and `master` here.
 */
export const VECTORS: readonly Case[] = [
  {
    title: '1: a search needs no token',
    when: { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=2' },
    expect: {
      status: 200,
      has: [
        { number: '+14152338397', e164: '+14152338397', number_id: '4AA418FB-3409-4340-8210-E7EAFE2AB118' },
        {
          number: '+14152338421',
          status: 'Available',
          rate_center: { name: 'SAN RAFAEL', lata: '722', state: 'CA' }
        }
      ],
      at: { '/auth_token': '' }
    },
    kazoo: {
      status: 200,
      data: [
        { number: '+14152338397', state: 'discovery' },
        { number: '+14152338421', state: 'discovery' }
      ],
      at: { '/auth_token': '' }
    }
  },
  {
    title: '2: two digits are no prefix',
    when: { method: 'GET', url: '/v2/phone_numbers?prefix=41' },
    expect: invalid({ prefix: tooShort(3, '41') })
  },
  {
    title: '3: an account searches',
    steps: [
      {
        ...demo.get('?prefix=415&quantity=3'),
        expect: {
          status: 200,
          data: [
            { number: '+14155234712', state: 'in_service' },
            { number: '+14155558920', state: 'reserved' },
            { number: '+14155558921', state: 'in_service' }
          ]
        },
        kazoo: {
          status: 200,
          data: [
            { number: '+14155558920', state: 'reserved' },
            { number: '+14152338397', state: 'discovery' },
            { number: '+14152338421', state: 'discovery' }
          ]
        }
      },
      {
        ...stranger.get('?prefix=415&quantity=2'),
        expect: {
          status: 200,
          data: [
            { number: '+14152338397', state: 'discovery' },
            { number: '+14152338421', state: 'discovery' }
          ]
        }
      }
    ]
  },
  {
    title: '4, 5, 7: what a search has returned is bought, bought again, and there',
    steps: [
      { method: 'GET', url: '/v2/phone_numbers?prefix=415&quantity=1', expect: { status: 200 } },
      {
        ...bought,
        expect: {
          status: 201,
          data: {
            _read_only: { created: NOW, modified: NOW, state: 'in_service' },
            id: '+14152338397',
            state: 'in_service'
          }
        },
        kazoo: {
          status: 201,
          has: { _read_only: { created: NOW, modified: NOW, state: 'in_service', carrier_module: 'knm_other' } },
          at: { '/data/features': null, '/revision': null }
        }
      },
      { ...bought, after: 60, expect: { status: 201, has: { _read_only: { created: NOW, modified: NOW } } } },
      { ...demo.get('/4152338397'), expect: { status: 200, has: { id: '+14152338397' } } }
    ]
  },
  {
    title: '6: what no search has returned is not bought',
    when: demo.put(`${UNSEEN}/activate`),
    expect: {
      status: 500,
      message: 'unspecified_fault',
      data: { code: 500, error: 'unspecified_fault', message: 'missing_provider_url' }
    },
    kazoo: NOT_FOUND
  },
  {
    title: '8, 9: others neither see nor buy it',
    discovered: DISCOVERED,
    steps: [
      bought,
      { ...child.get(BOUGHT), expect: NOT_FOUND },
      { ...stranger.put(`${BOUGHT}/activate`), expect: FORBIDDEN }
    ]
  },
  {
    title: '10, 11, 12, 13: POST replaces, PATCH merges, and what belongs to the system is dropped',
    discovered: DISCOVERED,
    steps: [
      bought,
      { ...demo.post(BOUGHT, { a: 1, b: { c: 2 } }), expect: { status: 200, has: { a: 1, b: { c: 2 } } } },
      {
        ...demo.patch(BOUGHT, { a: null, b: { d: 3 } }),
        expect: { status: 200, has: { b: { c: 2, d: 3 } }, at: { '/data/a': null } }
      },
      { ...demo.post(BOUGHT, { z: 1 }), expect: { status: 200, has: { z: 1 }, at: { '/data/b': null } } },
      {
        ...demo.post(BOUGHT, { z: 2, id: '+1', pvt_x: 1, _read_only: { created: 1, state: 'aging' } }),
        expect: {
          status: 200,
          has: { id: '+14152338397', z: 2, _read_only: { created: NOW, state: 'in_service' } },
          at: { '/data/pvt_x': null }
        }
      }
    ]
  },
  {
    title: '14, 15: an own number is reserved, and activated by a child',
    discovered: DISCOVERED,
    steps: [
      bought,
      { ...demo.put(`${BOUGHT}/reserve`), expect: { status: 201, has: { state: 'reserved' } } },
      {
        ...demo.put(`${BOUGHT}/reserve`),
        expect: {
          status: 400,
          message: 'no_change_required',
          data: { code: 400, error: 'no_change_required', message: 'no change required' }
        }
      },
      { ...child.put(`${BOUGHT}/activate`), expect: { status: 201, has: { state: 'in_service' } } },
      {
        ...child.get(`${BOUGHT}/identify`),
        expect: { status: 200, data: { account_id: ACCOUNTS.child, number: '+14152338397' } }
      }
    ]
  },
  { title: '16: without additions nothing is created', when: by('no-additions').put(MADE), expect: NO_CREATION },
  {
    title: '17, 18, 22: a number is created once, and ends',
    steps: [
      {
        ...demo.put(MADE),
        expect: {
          status: 201,
          data: {
            _read_only: { created: NOW, features: ['local'], modified: NOW, state: 'in_service' },
            features: ['local'],
            id: '+14155550100',
            state: 'in_service'
          }
        },
        kazoo: {
          status: 201,
          data: {
            _read_only: {
              carrier_module: 'knm_local',
              created: NOW,
              features: { available: ['force_outbound', 'prepend', 'ringback'], settings: {} },
              modified: NOW,
              state: 'in_service'
            },
            features: ['local'],
            id: '+14155550100',
            state: 'in_service'
          }
        }
      },
      {
        ...demo.put(MADE),
        expect: {
          status: 409,
          message: 'number_exists',
          data: {
            code: 409,
            error: 'number_exists',
            cause: '+14155550100',
            message: 'number +14155550100 already exists'
          }
        }
      },
      {
        ...demo.release(MADE),
        expect: { status: 200, has: { state: 'available' }, at: { '/data/features': null } },
        kazoo: { status: 200, has: { state: 'deleted', features: ['local'], _read_only: { state: 'deleted' } } }
      },
      { ...demo.get(MADE), expect: NOT_FOUND }
    ]
  },
  {
    title: '19: a number for the pool is created by an admin alone',
    steps: [
      { ...demo.put(MADE, { create_with_state: 'available' }), expect: NO_CREATION },
      {
        ...master.put(MADE, { create_with_state: 'available' }),
        expect: { status: 201, has: { state: 'available' }, at: { '/data/create_with_state': null } }
      }
    ]
  },
  {
    title: '20: a state that there is not',
    when: demo.put(MADE, { create_with_state: 'bogus' }),
    expect: {
      status: 400,
      message: 'validation error',
      data: {
        create_with_state: {
          enum: {
            message: 'Value not found in enumerated list of values',
            target: [
              'aging',
              'available',
              'deleted',
              'discovery',
              'in_service',
              'port_in',
              'port_out',
              'released',
              'reserved'
            ],
            value: 'bogus'
          }
        }
      }
    }
  },
  {
    title: '21: a number cannot be created as deleted',
    when: master.put(MADE, { create_with_state: 'deleted' }),
    expect: NO_CREATION
  },
  {
    title: '23: a bought number goes back into the pool',
    discovered: DISCOVERED,
    steps: [
      bought,
      { ...demo.release(BOUGHT), expect: { status: 200, has: { id: '+14152338397', state: 'available' } } },
      {
        ...demo.get('?page_size=1'),
        expect: { status: 200, has: { numbers: { '+14155234712': { state: 'in_service' } } } }
      },
      {
        ...demo.release(BOUGHT),
        expect: NOT_FOUND,
        kazoo: {
          status: 400,
          message: 'invalid_state_transition',
          data: {
            code: 400,
            error: 'invalid_state_transition',
            cause: 'from available to available',
            message: 'invalid state transition'
          }
        }
      }
    ]
  },
  {
    title: '24: `hard` is for admins',
    discovered: DISCOVERED,
    steps: [bought, { ...demo.release(`${BOUGHT}?hard=true`), expect: { status: 200, has: { state: 'available' } } }]
  },
  {
    title: '25, 26, 32: an address is provisioned, kept when it comes back, and removed by leaving it out',
    discovered: DISCOVERED,
    steps: [
      bought,
      {
        ...demo.post(BOUGHT, { e911: NATOMA }),
        after: 60,
        expect: { status: 200, has: { e911: PROVISIONED, features: ['e911'], _read_only: { modified: NOW + 60 } } }
      },
      {
        ...demo.post(BOUGHT, { e911: PROVISIONED }),
        after: 60,
        expect: { status: 200, has: { e911: PROVISIONED, features: ['e911'], _read_only: { modified: NOW + 60 } } }
      },
      { ...demo.post(BOUGHT), expect: { status: 200, at: { '/data/e911': null, '/data/features': null } } }
    ]
  },
  {
    title: '27, 28: an address without its city, and one with a long region',
    discovered: DISCOVERED,
    steps: [
      bought,
      {
        ...demo.post(BOUGHT, { e911: { postal_code: '94105', street_address: '116 natoma st', region: 'CA' } }),
        expect: invalid({ 'e911.locality': required('locality') })
      },
      {
        ...demo.post(BOUGHT, { e911: { ...NATOMA, region: 'CAL' } }),
        expect: invalid({ 'e911.region': tooLong(2, 'CAL') })
      }
    ]
  },
  {
    title: '29: an address that is none, and one that is several',
    discovered: DISCOVERED,
    steps: [
      bought,
      {
        ...demo.post(BOUGHT, { e911: INVALID }),
        expect: {
          status: 400,
          message: 'invalid data',
          data: { address: { invalid: { cause: INVALID, message: 'Location is not geocoded' } } }
        },
        kazoo: {
          status: 400,
          message: 'invalid',
          data: {
            code: 400,
            error: 'invalid',
            cause: `Location is not geocoded (${JSON.stringify(INVALID)})`,
            message: 'invalid'
          }
        }
      },
      {
        ...demo.post(BOUGHT, { e911: AMBIGUOUS }),
        expect: {
          status: 400,
          message: 'multiple_choice',
          has: {
            multiple_choice: {
              e911: {
                cause: { street_address: AMBIGUOUS.street_address, region: 'CA' },
                message: 'more than one address found'
              }
            }
          },
          at: { '/data/multiple_choice/e911/cause/caller_name': null }
        },
        kazoo: {
          status: 500,
          message: 'unspecified_fault',
          has: { code: 500, error: 'unspecified_fault', message: 'multiple_choice' }
        }
      },
      { ...demo.get(BOUGHT), expect: { status: 200, at: { '/data/e911': null, '/data/features': null } } }
    ]
  },
  {
    title: '30: E911 on a local number',
    when: demo.post('/%2B14155234712', { e911: NATOMA }),
    expect: { status: 200, has: { features: ['e911', 'local'] } },
    kazoo: FORBIDDEN
  },
  {
    title: '31: PATCH cannot take an address away',
    when: demo.patch('/%2B14155558921', { e911: null }),
    expect: invalid({ e911: wrongType('object', null) })
  },
  {
    title: '33, 34: a list is paged, ascending, or whole',
    numbers: ['0001', '0002', '0003', '0004', '0005'].map((line) => ({
      e164: `+1415777${line}`,
      state: 'in_service' as const,
      owner: ACCOUNTS.stranger
    })),
    steps: [
      {
        ...stranger.get('?page_size=2'),
        expect: {
          status: 200,
          has: { numbers: { '+14157770001': {}, '+14157770002': {} } },
          at: {
            '/page_size': 2,
            '/next_start_key': '+14157770003',
            '/start_key': null,
            '/data/numbers/+14157770003': null
          }
        },
        kazoo: {
          status: 200,
          at: { '/page_size': 2, '/next_start_key': 'g20AAAAMKzE0MTU3NzcwMDAz', '/start_key': null }
        }
      },
      {
        ...stranger.get('?page_size=2&start_key=g20AAAAMKzE0MTU3NzcwMDAz'),
        expect: {
          status: 200,
          at: { '/page_size': 2, '/start_key': '+14157770003', '/next_start_key': '+14157770005' }
        },
        kazoo: {
          status: 200,
          at: { '/start_key': 'g20AAAAMKzE0MTU3NzcwMDAz', '/next_start_key': 'g20AAAAMKzE0MTU3NzcwMDA1' }
        }
      },
      {
        ...stranger.get('?page_size=2&start_key=%2B14157770005'),
        expect: { status: 200, at: { '/page_size': 1, '/next_start_key': null } }
      },
      {
        ...stranger.get('?paginate=false'),
        expect: {
          status: 200,
          has: { cascade_quantity: 0, numbers: { '+14157770001': {}, '+14157770005': {} } },
          at: { '/page_size': null, '/start_key': null, '/next_start_key': null }
        }
      }
    ]
  },
  {
    title: '35: a filter takes a list',
    numbers: [{ e164: '+14157770001', state: 'port_in', owner: ACCOUNTS.demo }],
    when: demo.get(`?filter_state=${encodeURIComponent('["reserved","port_in"]')}`),
    expect: {
      status: 200,
      has: { numbers: { '+14155558920': { state: 'reserved' }, '+14157770001': { state: 'port_in' } } },
      at: { '/page_size': 2 }
    }
  },
  {
    title: '36: two numbers are bought at once',
    discovered: DISCOVERED,
    when: demo.put('/collection/activate', { numbers: DISCOVERED }),
    expect: {
      status: 201,
      has: { success: { '+14152338397': { state: 'in_service' }, '+14152338421': { state: 'in_service' } } },
      at: { '/data/error': null }
    }
  },
  {
    title: '37: one of two was never searched for',
    discovered: DISCOVERED,
    steps: [
      {
        ...demo.put('/collection/activate', { numbers: ['+14152338421', '+14159990000'] }),
        expect: {
          status: 400,
          message: 'client error',
          data: { '+14159990000': { code: 500, error: 'unspecified_fault', message: 'missing_provider_url' } }
        },
        kazoo: {
          status: 201,
          has: { success: { '+14152338421': { state: 'in_service' } }, error: { '+14159990000': 'not_found' } }
        }
      },
      { ...demo.get(OTHER), expect: NOT_FOUND, kazoo: { status: 200, has: { state: 'in_service' } } }
    ]
  },
  {
    title: '38: a collection without numbers, with none, and with one twice',
    steps: [
      {
        ...demo.put('/collection/activate', {}),
        expect: invalid({ numbers: { required: { message: 'list of numbers missing' } } })
      },
      {
        ...demo.put('/collection/activate', { numbers: [] }),
        expect: invalid({ numbers: { minimum: { message: 'minimum 1 number required' } } })
      },
      {
        ...demo.put('/collection/activate', { numbers: ['4155550100', '+14155550100'] }),
        expect: invalid({ numbers: { uniqueItems: { message: 'some numbers appear twice' } } })
      },
      {
        ...demo.put('/collection/activate', { numbers: '4155550100' }),
        expect: invalid({ numbers: { type: { message: 'numbers must be a list' } } })
      }
    ]
  },
  {
    title: '39: POST to the collection that is bought',
    steps: [
      {
        ...demo.post('/collection/activate', { id: '+14155558921', note: 'the heading of E911' }),
        expect: { status: 200, has: { id: '+14155558921', note: 'the heading of E911' } },
        kazoo: {
          status: 405,
          message: 'invalid_method',
          data: { message: 'method not allowed' },
          headers: { allow: null, 'access-control-allow-methods': 'OPTIONS, PUT' }
        }
      },
      {
        ...demo.patch('/collection/activate'),
        expect: { status: 405, headers: { allow: null, 'access-control-allow-methods': 'OPTIONS, PUT, POST' } },
        kazoo: { status: 405, headers: { allow: null, 'access-control-allow-methods': 'OPTIONS, PUT' } }
      }
    ]
  },
  {
    title: '40: no token',
    when: anonymous.get(),
    expect: {
      status: 401,
      message: 'invalid_credentials',
      data: { message: 'invalid credentials' },
      at: { '/auth_token': '' }
    },
    kazoo: {
      status: 401,
      message: 'invalid_credentials',
      data: { message: 'invalid credentials' },
      at: { '/auth_token': 'undefined' }
    }
  },
  {
    title: '41: a bad token',
    settings: { auth: 'strict' },
    when: { ...anonymous.get(), token: 'bogus' },
    expect: { status: 401, message: 'invalid credentials', data: {} }
  },
  {
    title: "42: a stranger's token",
    when: by('stranger', 'demo').get(),
    expect: { status: 403, message: 'forbidden', data: { message: 'forbidden' } }
  },
  {
    title: '43, 44: malformed accounts are refused before the token is looked at',
    settings: { accounts: 'known' },
    steps: [
      {
        method: 'GET',
        url: '/v2/accounts/abc/phone_numbers',
        expect: { status: 404, message: 'bad identifier', data: { message: "invalid account_id 'abc'" } }
      },
      {
        method: 'GET',
        url: `/v2/accounts/${'0'.repeat(32)}/phone_numbers`,
        expect: { status: 404, message: 'bad_identifier', data: { cause: '0'.repeat(32), message: 'bad identifier' } }
      },
      {
        method: 'GET',
        url: '/v2/accounts//phone_numbers',
        expect: { status: 404, message: 'bad identifier', data: { message: 'missing account_id' } }
      }
    ]
  },
  {
    title: '45, 46: a body that is no JSON, and one without data',
    steps: [
      {
        ...demo.put('/collection/activate'),
        body: '{"data":',
        expect: { status: 400, message: 'validation error', has: { json: { invalid: { target: 'body' } } } }
      },
      {
        ...demo.put('/collection/activate'),
        body: { numbers: ['+14155550100'] },
        expect: invalid({
          data: { required: { message: 'Field is required but missing', value: { numbers: ['+14155550100'] } } }
        })
      }
    ]
  },
  {
    title: '47: any token may ask which account a number belongs to',
    when: stranger.get('/%2B14155558921/identify'),
    expect: { status: 200, data: { account_id: ACCOUNTS.demo, number: '+14155558921' } }
  },
  {
    title: '48: 911 is an emergency',
    when: demo.get('/classifiers/911'),
    expect: {
      status: 200,
      data: {
        regex: '^(911|922|933|988|833|811|711|999)$',
        friendly_name: 'Emergency Dispatcher',
        emergency: true,
        name: 'emergency',
        number: '911',
        e164: '911'
      }
    }
  },
  {
    title: '49: a number of no plan',
    when: demo.put('/%2B141510010%2B15'),
    expect: {
      status: 404,
      message: 'not_reconcilable',
      data: {
        code: 404,
        error: 'not_reconcilable',
        cause: '+141510010+15',
        message: 'number +141510010+15 is not reconcilable'
      }
    },
    kazoo: { status: 400, message: 'client error', data: 'not_reconcilable' }
  },
  {
    title: "50: a client's own request id",
    when: { ...demo.get(), headers: { 'x-request-id': 'foo' } },
    expect: { status: 200, headers: { 'x-request-id': 'foo' }, at: { '/request_id': 'foo' } }
  }
]
