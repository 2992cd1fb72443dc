import { fileURLToPath } from 'node:url'
import type { JsonObject } from '../../src/json.js'
import { CREATED, failed, has, invalid, made, NOT_FOUND, NO_CHANGE, NOW, OK, required } from './gives.js'
import { by, type Gives, type Story } from './story.js'
import { ACCOUNTS } from './world.js'

const demo = by('demo')
const child = by('child')
const reseller = by('reseller')
const stranger = by('stranger')
const master = by('master', 'demo')

const NUMBER = '+14157770001'
const PATH = '/%2B14157770001'
const HELD = { e164: NUMBER, state: 'reserved', owner: ACCOUNTS.demo, history: [ACCOUNTS.demo] } as const

const owner = (account: string, number = NUMBER): Gives => ({ status: 200, data: { account_id: account, number } })
const UNASSIGNED: Gives = { status: 400, message: 'client error', data: 'unassigned' }

/** How a number goes back along the accounts that have reserved it (reference implementation). */
export const RESERVATIONS: readonly Story[] = [
  {
    says: 'a number that a parent takes over in reserve goes back to its child',
    numbers: [HELD],
    steps: [
      { ...reseller.put(`${PATH}/reserve`), gives: made({ state: 'reserved' }) },
      { ...demo.get(`${PATH}/identify`), gives: owner(ACCOUNTS.reseller) },
      { ...reseller.put(`${PATH}/reserve`), gives: NO_CHANGE },
      { ...reseller.release(PATH), gives: has({ state: 'reserved', _read_only: { state: 'reserved' } }) },
      { ...demo.get(`${PATH}/identify`), gives: owner(ACCOUNTS.demo) },
      { ...demo.release(PATH), gives: has({ state: 'available' }) },
      { ...demo.get(`${PATH}/identify`), gives: UNASSIGNED }
    ]
  },
  {
    says: 'a local number goes back as well, without what was stored, and stays local',
    numbers: [{ ...HELD, carrier: 'local', document: { note: 1 } }],
    steps: [
      { ...reseller.put(`${PATH}/reserve`), gives: made({ note: 1, features: ['local'] }) },
      { ...reseller.release(PATH), gives: has({ state: 'reserved', features: ['local'] }, ['data.note']) },
      { ...demo.get('?filter_state=reserved'), gives: has({ numbers: { [NUMBER]: { features: ['local'] } } }) },
      { ...demo.release(PATH), gives: has({ state: 'available' }), kazoo: has({ state: 'deleted' }) },
      { ...demo.get(`${PATH}/identify`), gives: UNASSIGNED, kazoo: NOT_FOUND }
    ]
  },
  {
    says: 'reserving again in service adds nothing to what it goes back along',
    numbers: [HELD],
    steps: [
      { ...demo.put(`${PATH}/activate`), gives: CREATED },
      { ...demo.put(`${PATH}/reserve`), gives: CREATED },
      { ...demo.release(PATH), gives: has({ state: 'available' }) }
    ]
  },
  {
    says: 'what a child has activated out of a reservation of its parent does not go back',
    numbers: [HELD],
    steps: [
      { ...child.get(PATH), gives: NOT_FOUND, kazoo: has({ state: 'reserved' }) },
      { ...child.put(`${PATH}/reserve`), gives: { status: 403 } },
      { ...child.put(`${PATH}/activate`), gives: made({ state: 'in_service' }) },
      { ...child.get(`${PATH}/identify`), gives: owner(ACCOUNTS.child) },
      { ...child.release(PATH), gives: has({ state: 'available' }) },
      { ...demo.get(`${PATH}/identify`), gives: UNASSIGNED }
    ]
  },
  {
    says: 'a number created in reserve has its account to go back along',
    steps: [
      { ...child.put(PATH, { create_with_state: 'reserved' }), gives: made({ state: 'reserved' }) },
      { ...demo.put(`${PATH}/reserve`), gives: CREATED },
      { ...demo.release(PATH), gives: has({ state: 'reserved' }) },
      { ...demo.get(`${PATH}/identify`), gives: owner(ACCOUNTS.child) }
    ]
  }
]

const AGING = { aging_seconds: 60 } as const
const BOUGHT = { e164: NUMBER, state: 'in_service', owner: ACCOUNTS.demo } as const

/** How a number rests before anybody gets it again. */
export const AGES: readonly Story[] = [
  {
    says: 'a released number rests until the clock has passed',
    flags: AGING,
    numbers: [BOUGHT],
    steps: [
      { ...demo.release(PATH), gives: has({ state: 'aging', _read_only: { state: 'aging' } }) },
      { ...demo.get(PATH), gives: NOT_FOUND },
      { ...demo.get(`${PATH}/identify`), gives: UNASSIGNED },
      { ...stranger.get('?prefix=4157770001'), after: 59, gives: { status: 200, data: [] } },
      {
        ...stranger.get('?prefix=4157770001'),
        after: 1,
        gives: { status: 200, data: [{ number: NUMBER, state: 'available' }] }
      },
      {
        ...stranger.get(PATH),
        gives: NOT_FOUND,
        kazoo: has({ state: 'available', _read_only: { created: NOW, modified: NOW + 60 } })
      },
      { ...stranger.put(`${PATH}/activate`), gives: made({ state: 'in_service' }) }
    ]
  },
  {
    says: 'whoever asks first gets it while it rests, and keeps it',
    flags: AGING,
    numbers: [BOUGHT],
    steps: [
      { ...demo.release(PATH), gives: has({ state: 'aging' }) },
      { ...stranger.put(`${PATH}/activate`), gives: made({ state: 'in_service' }) },
      { ...stranger.get(PATH), after: 120, gives: has({ state: 'in_service' }) }
    ]
  },
  {
    says: 'a number in service that was to rest stays in service when the rest is over',
    numbers: [{ ...BOUGHT, pending: { aging: { due: NOW + 60 } } }],
    steps: [{ ...demo.get(PATH), after: 60, gives: has({ state: 'in_service' }) }]
  },
  {
    says: 'a port goes on while reads are counted for its address',
    numbers: [{ ...BOUGHT, state: 'port_in', pending: { port_in: {}, e911: { reads: 2 } } }],
    steps: [
      { ...demo.get(PATH), gives: has({ state: 'port_in' }) },
      { ...demo.get(PATH), gives: has({ state: 'port_in' }) }
    ]
  },
  {
    says: 'a local number rests in one dialect and ends in the other',
    flags: AGING,
    numbers: [{ ...BOUGHT, carrier: 'local' }],
    steps: [{ ...demo.release(PATH), gives: has({ state: 'aging' }), kazoo: has({ state: 'deleted' }) }]
  },
  {
    says: 'a number that goes back to a reservation does not rest',
    flags: AGING,
    numbers: [{ ...HELD, history: [ACCOUNTS.demo, ACCOUNTS.child] }],
    steps: [
      { ...demo.release(PATH), gives: has({ state: 'reserved' }) },
      { ...demo.get(PATH), after: 120, gives: has({ state: 'reserved' }) }
    ]
  },
  {
    says: '`hard` deletes for good, if an admin asks, in every state',
    flags: AGING,
    numbers: [
      { ...BOUGHT, document: { force_outbound: true } },
      { ...BOUGHT, e164: '+14157770002', state: 'port_out' },
      { ...BOUGHT, e164: '+14157770003', carrier: 'local' }
    ],
    steps: [
      {
        ...master.release(`${PATH}?hard=true`),
        gives: has({ state: 'deleted' }, ['data.features', 'data.force_outbound'])
      },
      { ...demo.get(PATH), gives: NOT_FOUND },
      { ...master.release('/%2B14157770002?hard=false'), gives: { status: 400 } },
      { ...master.release('/%2B14157770002?hard=true'), gives: has({ state: 'deleted' }) },
      {
        ...demo.release('/%2B14157770003?hard=true'),
        gives: has({ state: 'aging' }),
        kazoo: has({ state: 'deleted' })
      }
    ]
  }
]

const line = (item: string, rate: number, activation_charges: number, quantity = 1): JsonObject => ({
  category: 'phone_numbers',
  item,
  quantity,
  rate,
  single_discount: false,
  single_discount_rate: 0,
  cumulative_discount: 0,
  cumulative_discount_rate: 0,
  activation_charges
})
const quoted = (items: JsonObject): Gives => ({
  status: 402,
  message: 'accept charges',
  data: { phone_numbers: items }
})
const DID = quoted({ did: line('did', 1, 1) })
const VANITY = quoted({ vanity: line('vanity', 5, 20) })

const CHARGES = { charges: fileURLToPath(new URL('charges.json', import.meta.url)) }
const OFFERS = ['+14152338397', '+14152338421', '+12127770001']
const FIRST = '/%2B14152338397'
const SECOND = '/%2B14152338421'
const INVALID = { street_address: '911 INVALID TEST ST', locality: 'X', region: 'CA', postal_code: '94105' }

/** What it costs, and how a client agrees (reference implementation). */
export const PRICES: readonly Story[] = [
  {
    says: 'an activation answers a quote and does nothing until charges are accepted',
    flags: CHARGES,
    offers: OFFERS,
    steps: [
      { ...demo.put(`${FIRST}/activate`), gives: DID },
      { ...demo.put(`${FIRST}/activate`, { accept_charges: false }), gives: DID },
      { ...demo.put(`${FIRST}/activate?accept_charges=false`), gives: DID },
      { ...demo.get(FIRST), gives: NOT_FOUND },
      { ...demo.put('/%2B12127770001/activate'), gives: VANITY },
      { ...demo.put(`${FIRST}/activate`, { accept_charges: true }), gives: made({}, ['data.accept_charges']) }
    ]
  },
  ...(
    [
      ['beside `data`', '', { data: {}, accept_charges: true }],
      ['in the query', '?accept_charges=true', { data: {} }],
      ['in `data` as a text', '', { data: { accept_charges: 'true' } }]
    ] as const
  ).map(([where, query, body]): Story => ({
    says: `charges may be accepted ${where}`,
    flags: CHARGES,
    offers: OFFERS,
    steps: [{ ...demo.put(`${FIRST}/activate${query}`), body, gives: made({ state: 'in_service' }) }]
  })),
  {
    says: 'creating costs as much, changing and releasing costs nothing, nor does what one has',
    flags: CHARGES,
    offers: OFFERS,
    steps: [
      { ...demo.put(PATH), gives: DID },
      { ...demo.put(`${PATH}/port`), gives: DID },
      { ...demo.get(PATH), gives: NOT_FOUND },
      { ...demo.put(PATH, { accept_charges: true }), gives: CREATED },
      { ...demo.put(`${PATH}/activate`), gives: CREATED },
      { ...demo.post(PATH, { note: 1 }), gives: OK },
      { ...demo.patch(PATH, { note: 2 }), gives: OK },
      { ...demo.release(PATH), gives: OK }
    ]
  },
  {
    says: 'what is wrong anyway is said before the price',
    flags: CHARGES,
    offers: OFFERS,
    steps: [
      {
        ...demo.put(`${FIRST}/activate`, { e911: INVALID }),
        gives: { status: 400, message: 'invalid data' },
        kazoo: { status: 400, message: 'invalid' }
      },
      { ...demo.put(`${FIRST}/activate`, { failover: { sip: 'x' } }), gives: { status: 403 } },
      {
        ...demo.put(`${FIRST}/activate`, { e911: {} }),
        gives: { status: 400, has: { 'e911.region': required('region') } }
      },
      { ...demo.put(PATH, { carrier_name: 'knm_other' }), gives: { status: 403 } }
    ]
  },
  {
    says: 'the quotes of a collection add up, and nothing of it is bought',
    flags: CHARGES,
    offers: OFFERS,
    steps: [
      {
        ...demo.put('/collection/activate', { numbers: OFFERS }),
        gives: quoted({ did: line('did', 1, 2, 2), vanity: line('vanity', 5, 20) })
      },
      { ...demo.get(FIRST), gives: NOT_FOUND },
      { ...demo.put('/collection', { numbers: [NUMBER] }), gives: DID },
      {
        ...demo.put('/collection/activate', { numbers: OFFERS }),
        body: { data: { numbers: OFFERS }, accept_charges: true },
        gives: made({ success: { '+14152338397': {}, '+14152338421': {}, '+12127770001': {} } })
      }
    ]
  },
  {
    says: 'a collection that costs and in which some fail',
    flags: CHARGES,
    offers: OFFERS,
    steps: [
      {
        ...demo.put('/collection/activate', { numbers: ['+14152338397', '+14159990000'] }),
        gives: {
          status: 400,
          message: 'client error',
          data: { '+14159990000': { code: 500, error: 'unspecified_fault', message: 'missing_provider_url' } }
        },
        kazoo: DID
      },
      { ...demo.get(FIRST), gives: NOT_FOUND },
      {
        ...demo.put('/collection/activate', { accept_charges: true, numbers: ['+14152338397', '+14159990000'] }),
        gives: { status: 400, message: 'client error' },
        kazoo: made({ success: { '+14152338397': {} }, error: { '+14159990000': 'not_found' } })
      },
      { ...demo.get(FIRST), gives: OK }
    ]
  },
  {
    says: 'the magic number that costs something costs it without any settings',
    offers: OFFERS,
    steps: [
      { ...demo.put('/%2B15005550402/activate'), gives: DID },
      { ...demo.get('/%2B15005550402'), gives: NOT_FOUND },
      { ...demo.put('/collection/activate', { numbers: ['+15005550402', '+14152338421'] }), gives: DID },
      { ...demo.get(SECOND), gives: NOT_FOUND },
      { method: 'GET', url: '/v2/phone_numbers?prefix=5005550402', gives: OK },
      { ...demo.put('/%2B15005550402/activate', { accept_charges: true }), gives: made({ state: 'in_service' }) }
    ]
  },
  {
    says: 'the magic number that nobody can pay',
    steps: [
      {
        ...demo.put('/%2B15005550412/activate', { accept_charges: true }),
        gives: failed(402, 'not_enough_credit', {
          cause: 1,
          message: `account ${ACCOUNTS.demo} does not have enough credit to perform the operation`
        })
      }
    ]
  }
]

const NONE: Gives = failed(404, 'not_found', { cause: '+14159990000', message: 'number +14159990000 not found' })
const entry = (gives: Gives) => gives.data ?? {}
const ODD = '14155'
const ODD_ENTRY: JsonObject = {
  code: 404,
  error: 'not_reconcilable',
  cause: ODD,
  message: `number ${ODD} is not reconcilable`
}
const EXISTS: JsonObject = {
  code: 409,
  error: 'number_exists',
  cause: '+14155558921',
  message: 'number +14155558921 already exists'
}
const BY_ADMIN = { numbers: ['+14155558921', '+14155234712'] }

/** What is done to one number, done to many (reference implementation, 10). */
export const COLLECTIONS: readonly Story[] = [
  {
    says: 'numbers are created, replaced, merged and released together, with the fields beside them',
    steps: [
      {
        ...demo.put('/collection', { numbers: ['4157770001', '+14157770002'], note: { a: 1 } }),
        gives: made({ success: { '+14157770001': { note: { a: 1 }, features: ['local'] }, '+14157770002': {} } }, [
          'data.error'
        ])
      },
      {
        ...demo.patch('/collection', { numbers: ['+14157770001', '+14157770002'], note: { b: 2 } }),
        gives: has({ success: { '+14157770001': { note: { a: 1, b: 2 } }, '+14157770002': { note: { a: 1, b: 2 } } } })
      },
      {
        ...demo.post('/collection', { numbers: ['+14157770001'], other: 3 }),
        gives: has({ success: { '+14157770001': { other: 3 } } }, ['data.success.+14157770001.note'])
      },
      { ...demo.get('/%2B14157770001'), gives: has({ other: 3 }, ['data.numbers']) },
      {
        ...demo.release('/collection', { numbers: ['+14157770001', '+14157770002'] }),
        gives: has({ success: { '+14157770001': { state: 'available' }, '+14157770002': { state: 'available' } } }),
        kazoo: has({ success: { '+14157770001': { state: 'deleted' }, '+14157770002': { state: 'deleted' } } })
      }
    ]
  },
  {
    says: 'numbers that fail in a collection that is created',
    steps: [
      {
        ...demo.put('/collection', { numbers: ['+14157770001', '+14155558921', ODD] }),
        gives: { status: 400, message: 'client error', data: { '+14155558921': EXISTS, [ODD]: ODD_ENTRY } },
        kazoo: made({
          success: { '+14157770001': { state: 'in_service' } },
          error: { '+14155558921': EXISTS, [ODD]: 'not_reconcilable' }
        })
      },
      { ...demo.get('/%2B14157770001'), gives: NOT_FOUND, kazoo: OK }
    ]
  },
  {
    says: 'with charges accepted the good ones are applied whatever becomes of the others',
    steps: [
      {
        ...demo.put('/collection', { numbers: ['+14157770001', '+14155558921'], accept_charges: true }),
        gives: { status: 400, message: 'client error', data: { '+14155558921': EXISTS } },
        kazoo: made({ success: { '+14157770001': {} }, error: { '+14155558921': EXISTS } })
      },
      { ...demo.get('/%2B14157770001'), gives: OK }
    ]
  },
  ...(['post', 'patch', 'release'] as const).map((verb): Story => ({
    says: `all numbers of a collection are unknown (${verb})`,
    steps: [
      {
        ...demo[verb]('/collection', { numbers: ['+14159990000'], note: 1 }),
        gives: { status: 400, message: 'client error', data: { '+14159990000': entry(NONE) } },
        kazoo: { status: 200, data: { error: { '+14159990000': 'not_found' } } }
      }
    ]
  })),
  {
    says: 'a state that nobody creates in is refused number by number',
    steps: [
      {
        ...demo.put('/collection', { numbers: ['+14157770001'], create_with_state: 'bogus' }),
        gives: {
          status: 400,
          message: 'client error',
          has: { '+14157770001': { code: 403, cause: 'state_for_create' } }
        },
        kazoo: made({ error: { '+14157770001': { code: 403, cause: 'state_for_create' } } })
      },
      {
        ...demo.put('/collection', { numbers: ['+14157770001'], create_with_state: 'reserved' }),
        gives: made({ success: { '+14157770001': { state: 'reserved' } } }, [
          'data.success.+14157770001.create_with_state'
        ])
      }
    ]
  },
  {
    says: 'an address without its parts is refused number by number',
    steps: [
      {
        ...demo.post('/collection', { numbers: ['+14155558921'], e911: { locality: 7 } }),
        gives: { status: 400, message: 'client error', has: { '+14155558921': { address: { invalid: {} } } } },
        kazoo: has({ error: { '+14155558921': { code: 400, error: 'invalid' } } })
      }
    ]
  },
  {
    says: '`hard` counts for collections too',
    steps: [
      {
        ...master.release('/collection?hard=true', BY_ADMIN),
        gives: has({ success: { '+14155558921': { state: 'deleted' } } })
      },
      { ...demo.get('/%2B14155558921/identify'), gives: NOT_FOUND }
    ]
  },
  ...(['put', 'post', 'patch', 'release'] as const).flatMap((verb): Story[] => [
    {
      says: `a collection is checked before it is touched (${verb})`,
      steps: [
        {
          ...demo[verb]('/collection'),
          gives: invalid({ numbers: { required: { message: 'list of numbers missing' } } })
        },
        {
          ...demo[verb]('/collection', []),
          gives: invalid({ numbers: { required: { message: 'list of numbers missing' } } })
        },
        {
          ...demo[verb]('/collection', { numbers: [] }),
          gives: invalid({ numbers: { minimum: { message: 'minimum 1 number required' } } })
        },
        {
          ...demo[verb]('/collection', { numbers: null }),
          gives: invalid({ numbers: { type: { message: 'numbers must be a list' } } })
        },
        {
          ...demo[verb]('/collection', { numbers: { a: 1 } }),
          gives: invalid({ numbers: { type: { message: 'numbers must be a list' } } })
        },
        {
          ...demo[verb]('/collection', { numbers: ['+14155558921', 4155558921, null] }),
          gives: invalid({
            'numbers.1': {
              type: { message: 'Value did not match type(s): string', target: 'string', value: 4155558921 }
            },
            'numbers.2': { type: { message: 'Value did not match type(s): string', target: 'string', value: null } }
          })
        },
        {
          ...demo[verb]('/collection', { numbers: ['4155558921', '14155558921'] }),
          gives: invalid({ numbers: { uniqueItems: { message: 'some numbers appear twice' } } })
        }
      ]
    }
  ])
]
