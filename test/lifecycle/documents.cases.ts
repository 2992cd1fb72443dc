/** The fields that are stored with a number, and the features that they switch on, in both dialects. */
import type { JsonObject } from '../../src/json.js'
import type { State } from '../../src/numbering/number-state.js'
import { ACCOUNTS, by } from '../harness/calls.js'
import type { Case, Expected } from '../harness/case.js'
import {
  created,
  failed,
  FORBIDDEN,
  has,
  invalid,
  OK,
  required,
  tooLong,
  tooShort,
  wrongType
} from '../harness/expected.js'
import { NOW } from '../harness/play.js'

const demo = by('demo')
const master = by('master', 'demo')

const NUMBER = '+14157770001'
const PATH = '/%2B14157770001'
const OWN = { e164: NUMBER, state: 'in_service', owner: ACCOUNTS.demo } as const
const LOCAL = { ...OWN, carrier: 'local' } as const
const POOLED = { e164: NUMBER, state: 'available' } as const
const OFFERED = '+14157770002'

const ADDRESS = { street_address: '116 Natoma St', locality: 'San Francisco', region: 'CA', postal_code: '94105' }
const MAGIC_ADDRESS = { ...ADDRESS, street_address: '911 Provisioned Test St' }
const CNAM = { display_name: 'Demo', inbound_lookup: true }
const TRUNK = { usedBy: 'trunkstore' }
const FAILOVER = { e164: '+14157770009' }

/** The features that a document switches on in a state (reference implementation); the number is external. */
// prettier-ignore
const FEATURES: readonly [state: State, document: JsonObject, features: readonly string[]][] = [
  ['in_service', { cnam: { display_name: 'Demo' } },                 ['outbound_cnam']],
  ['in_service', { cnam: { inbound_lookup: true } },                 ['inbound_cnam']],
  ['in_service', { cnam: CNAM },                                     ['inbound_cnam', 'outbound_cnam']],
  ['reserved',   { cnam: CNAM },                                     ['inbound_cnam', 'outbound_cnam']],
  ['port_in',    { cnam: CNAM },                                     ['inbound_cnam', 'outbound_cnam']],
  ['aging',      { cnam: CNAM },                                     []],
  ['in_service', { cnam: { inbound_lookup: false } },                []],
  ['in_service', { cnam: {} },                                       []],
  ['in_service', { e911: ADDRESS },                                  ['e911']],
  ['reserved',   { e911: ADDRESS },                                  ['e911']],
  ['port_in',    { e911: ADDRESS },                                  ['e911']],
  ['port_out',   { e911: ADDRESS },                                  []],
  ['in_service', { prepend: { enabled: true, name: 'x' } },          ['prepend']],
  ['in_service', { prepend: { enabled: false } },                    []],
  ['in_service', { prepend: { name: 'x' } },                         []],
  ['in_service', { prepend: 'x' },                                   []],
  ['reserved',   { prepend: { enabled: true } },                     []],
  ['in_service', { force_outbound: true },                           ['force_outbound']],
  ['in_service', { force_outbound: false },                          ['force_outbound']],
  ['in_service', { force_outbound: 'true' },                         []],
  ['reserved',   { force_outbound: true },                           []],
  ['in_service', { ringback: { early: 'x' } },                       []],
  ['in_service', { port: { service_provider: 'x' } },                []],
  ['in_service', { porting: { port_id: 'x' } },                      []],
  ['in_service', { sms: { enabled: true }, mms: { enabled: true } }, []]
]

const features = (names: readonly string[]): Expected =>
  names.length === 0 ? has({}, ['/data/features']) : has({ features: [...names] })

const FEATURE_STORIES: readonly Case[] = FEATURES.map(([state, document, names]) => ({
  title: `${JSON.stringify(document)} on a number ${state} gives it ${names.join(', ') || 'no feature'}`,
  numbers: [{ ...OWN, state }],
  when: demo.post(PATH, document),
  expect: features(names)
}))

const UNTOUCHED = has({ _read_only: { created: NOW, modified: NOW } })
const MOVED = has({ _read_only: { created: NOW, modified: NOW + 60 } })
const KNOWN = failed(400, 'invalid', { cause: "'knm_none' is not known by the system", message: 'invalid' })

export const DOCUMENTS: readonly Case[] = [
  {
    title: 'what belongs to the system is dropped from a body, everything else is stored as it is',
    numbers: [OWN],
    when: demo.post(PATH, {
      _read_only: { created: 1 },
      _own: 1,
      pvt_state: 'aging',
      id: '+1',
      state: 'deleted',
      assigned_to: 'me',
      note: '',
      count: 0,
      object: {},
      list: [],
      nulls: [null, { deep: null }],
      gone: null,
      nested: { gone: null, kept: { gone: null, here: true } }
    }),
    expect: has(
      {
        _read_only: { created: NOW, state: 'in_service' },
        id: NUMBER,
        state: 'in_service',
        assigned_to: 'me',
        note: '',
        count: 0,
        object: {},
        list: [],
        nulls: [null, { deep: null }],
        nested: { kept: { here: true } }
      },
      ['/data/_own', '/data/pvt_state', '/data/gone', '/data/nested/gone', '/data/nested/kept/gone']
    )
  },
  {
    title: "a user's own `features` show while the number has none",
    numbers: [OWN],
    steps: [
      {
        ...demo.post(PATH, { features: ['mine'] }),
        expect: has({ features: ['mine'] })
      },
      {
        ...demo.post(PATH, { features: ['mine'], force_outbound: true }),
        expect: has({ features: ['force_outbound'] })
      }
    ]
  },
  {
    title: 'PATCH merges objects, replaces lists and scalars, and deletes where it says null',
    numbers: [{ ...OWN, document: { a: { b: { c: 1, d: 2 }, list: [1, 2] }, s: 'x', o: { p: 1 } } }],
    steps: [
      {
        ...demo.patch(PATH, { a: { b: { c: null, e: 3 }, list: [3] }, s: { now: 'an object' }, o: {}, n: { x: null } }),
        expect: has({ a: { b: { d: 2, e: 3 }, list: [3] }, s: { now: 'an object' }, o: {}, n: {} }, [
          '/data/a/b/c',
          '/data/o/p',
          '/data/n/x'
        ])
      },
      {
        ...demo.patch(PATH, { a: null, s: null }),
        expect: has({ o: {}, n: {} }, ['/data/a', '/data/s'])
      }
    ]
  },
  {
    title: '`modified` moves when something changes, `created` never',
    numbers: [{ ...OWN, document: { note: { a: 1, b: 2 } } }],
    steps: [
      { ...demo.post(PATH, { note: { b: 2, a: 1 } }), after: 60, expect: UNTOUCHED },
      { ...demo.patch(PATH, {}), expect: UNTOUCHED },
      { ...demo.patch(PATH, { note: { a: 1 } }), expect: UNTOUCHED },
      { ...demo.put(`${PATH}/activate`, { note: { a: 1, b: 2 } }), expect: { ...UNTOUCHED, status: 201 } },
      { ...demo.patch(PATH, { note: { a: 2 } }), expect: MOVED },
      { ...demo.patch(PATH, { note: { a: 2 } }), after: 60, expect: MOVED }
    ]
  },
  {
    title: 'activation replaces what was stored, reserving leaves it, releasing drops it',
    numbers: [{ ...OWN, document: { note: 1, force_outbound: true } }],
    steps: [
      {
        ...demo.put(`${PATH}/reserve`, { note: 2, other: 3 }),
        expect: created({ note: 1, force_outbound: true, state: 'reserved' }, ['/data/other', '/data/features'])
      },
      {
        ...demo.put(`${PATH}/activate`, { other: 3, gone: null }),
        expect: created({ other: 3 }, ['/data/note', '/data/gone'])
      },
      { ...demo.release(PATH), expect: has({ state: 'available' }, ['/data/other', '/data/features']) }
    ]
  },
  {
    title: 'PUT over a number that is known replaces what was stored, and leaves `create_with_state` out',
    numbers: [{ ...OWN, state: 'aging', document: { note: 1 } }],
    steps: [
      {
        ...demo.put(PATH, { other: 2, create_with_state: 'in_service' }),
        expect: created({ other: 2, state: 'in_service' }, ['/data/note', '/data/create_with_state'])
      },
      {
        ...demo.post(PATH, { create_with_state: 'aging' }),
        expect: has({ create_with_state: 'aging', state: 'in_service' })
      }
    ]
  },
  ...FEATURE_STORIES,
  {
    title: 'a feature goes with its key',
    numbers: [{ ...OWN, document: { prepend: { enabled: true }, force_outbound: true, cnam: CNAM } }],
    steps: [
      {
        ...demo.patch(PATH, { prepend: null }),
        expect: has({ features: ['force_outbound', 'inbound_cnam', 'outbound_cnam'] })
      },
      { ...demo.patch(PATH, { force_outbound: null }), expect: has({ features: ['inbound_cnam', 'outbound_cnam'] }) },
      { ...demo.patch(PATH, { cnam: null }), expect: invalid({ cnam: wrongType('object', null) }) },
      { ...demo.patch(PATH, { cnam: {} }), expect: has({ cnam: {} }, ['/data/features']) },
      { ...demo.post(PATH, {}), expect: has({}, ['/data/cnam']) }
    ]
  },
  {
    title: 'in a state without E911 an address is stored as it was sent',
    numbers: [{ ...OWN, state: 'aging' }],
    when: demo.post(PATH, { e911: ADDRESS }),
    expect: has({ e911: ADDRESS }, ['/data/e911/status', '/data/features'])
  },
  {
    title: 'the name for emergency services is that of the account where none is sent',
    numbers: [OWN],
    when: demo.post(PATH, { e911: ADDRESS }),
    expect: has({ e911: { caller_name: 'demo', status: 'PROVISIONED' } })
  },
  {
    title: 'fields beside the address stay, whatever the provider answers',
    numbers: [OWN],
    when: demo.post(PATH, { e911: { ...ADDRESS, notification_contact_emails: ['a@b'], own: 1, latitude: '0' } }),
    expect: has({ e911: { notification_contact_emails: ['a@b'], own: 1, latitude: '37.786861' } })
  },
  {
    title: 'carrier features on a number of the local carrier',
    numbers: [LOCAL],
    steps: [
      {
        ...demo.post(PATH, { cnam: CNAM }),
        expect: has({ features: ['inbound_cnam', 'local', 'outbound_cnam'] }),
        kazoo: FORBIDDEN
      },
      { ...demo.post(PATH, { e911: ADDRESS }), expect: has({ features: ['e911', 'local'] }), kazoo: FORBIDDEN },
      { ...demo.post(PATH, { prepend: { enabled: true } }), expect: has({ features: ['local', 'prepend'] }) },
      { ...demo.put('/%2B14157770003', { cnam: CNAM }), expect: created({ cnam: CNAM }), kazoo: FORBIDDEN },
      { ...demo.get('/%2B14157770003'), expect: OK, kazoo: { status: 404 } }
    ]
  },
  {
    title: 'a number that has a feature which is denied by now is refused until it goes',
    dialect: 'kazoo-4.3',
    numbers: [{ ...LOCAL, document: { cnam: CNAM } }],
    steps: [
      { ...demo.post(PATH, {}), expect: FORBIDDEN },
      { ...demo.release(PATH), expect: has({ state: 'deleted' }) }
    ]
  },
  {
    title: 'carrier features on a number without an owner',
    numbers: [POOLED],
    steps: [
      { ...demo.post(PATH, { cnam: CNAM }), expect: FORBIDDEN },
      { ...demo.post(PATH, { e911: ADDRESS }), expect: FORBIDDEN },
      { ...demo.post(PATH, { note: 'anybody may' }), expect: has({ note: 'anybody may', state: 'available' }) }
    ]
  },
  {
    title: 'failover is for trunks',
    numbers: [OWN, { ...OWN, ...TRUNK, e164: OFFERED }],
    steps: [
      { ...demo.post(PATH, { failover: FAILOVER }), expect: FORBIDDEN },
      { ...demo.post('/%2B14157770002', { failover: FAILOVER }), expect: has({ features: ['failover'] }) },
      {
        ...demo.patch('/%2B14157770002', { failover: null }),
        expect: has({ used_by: 'trunkstore' }, ['/data/features'])
      }
    ]
  },
  {
    title: '`used_by` in a body',
    numbers: [OWN, POOLED],
    discovered: [OFFERED],
    steps: [
      {
        ...demo.post(PATH, { used_by: 'callflow' }),
        expect: has({ used_by: 'callflow', _read_only: { used_by: 'callflow' } }),
        kazoo: has({}, ['/data/used_by', '/data/_read_only/used_by'])
      },
      { ...demo.patch(PATH, { note: 1 }), expect: has({ used_by: 'callflow' }), kazoo: has({}, ['/data/used_by']) },
      { ...demo.patch(PATH, { used_by: null }), expect: has({ note: 1 }, ['/data/used_by']) },
      { ...demo.post(PATH, { used_by: '' }), expect: has({}, ['/data/used_by']) },
      { ...demo.post(PATH, { used_by: 7 }), expect: has({}, ['/data/used_by']) },
      {
        ...demo.put('/%2B14157770002/activate', { used_by: 'callflow' }),
        expect: created({ used_by: 'callflow' }),
        kazoo: created({}, ['/data/used_by'])
      },
      {
        ...demo.put('/%2B14157770003', { used_by: 'callflow' }),
        expect: created({ used_by: 'callflow' }),
        kazoo: created({}, ['/data/used_by'])
      }
    ]
  },
  {
    title: 'another account, or none, makes a number unused',
    numbers: [
      { ...OWN, usedBy: 'callflow' },
      { ...OWN, e164: OFFERED, owner: ACCOUNTS.child, usedBy: 'callflow' }
    ],
    steps: [
      { ...demo.get(PATH), expect: has({ used_by: 'callflow' }) },
      { ...demo.put(`${PATH}/activate`), expect: created({ used_by: 'callflow' }) },
      { ...demo.put('/%2B14157770002/activate'), expect: created({}, ['/data/used_by']) },
      { ...demo.release(PATH), expect: has({}, ['/data/used_by']) }
    ]
  },
  {
    title: '`carrier_name` is for admins',
    numbers: [{ ...OWN, document: { cnam: CNAM, note: 1 } }, POOLED, { ...OWN, e164: '+14157770004' }],
    discovered: [OFFERED],
    steps: [
      { ...demo.post('/%2B14157770004', { carrier_name: 'knm_local' }), expect: FORBIDDEN },
      { ...demo.patch('/%2B14157770004', { carrier_name: 'knm_local' }), expect: FORBIDDEN },
      { ...demo.put('/%2B14157770002/activate', { carrier_name: 'knm_local' }), expect: FORBIDDEN },
      { ...demo.put('/%2B14157770005', { carrier_name: 'knm_other' }), expect: FORBIDDEN },
      { ...demo.get('/%2B14157770005'), expect: { status: 404 } },
      { ...demo.patch('/%2B14157770004', { carrier_name: '' }), expect: invalid({ carrier_name: tooShort(1, '') }) },
      { ...master.post('/%2B14157770004', { carrier_name: 'knm_none' }), expect: KNOWN },
      {
        ...master.patch('/%2B14157770004', { carrier_name: 'knm_local' }),
        expect: has({ features: ['local'] }, ['/data/carrier_name'])
      },
      { ...master.patch('/%2B14157770004', { carrier_name: 'knm_other' }), expect: has({}, ['/data/features']) },
      {
        ...master.put('/%2B14157770005', { carrier_name: 'knm_other' }),
        expect: created({ state: 'in_service' }, ['/data/features', '/data/carrier_name'])
      }
    ]
  },
  {
    title: 'a carrier may be named as `carriers_info` names it',
    numbers: [OWN],
    steps: [
      { ...master.patch(PATH, { carrier_name: 'local' }), expect: has({ features: ['local'] }) },
      { ...master.patch(PATH, { carrier_name: 'other' }), expect: has({}, ['/data/features']) },
      {
        ...master.patch(PATH, { carrier_name: 'none' }),
        expect: failed(400, 'invalid', { cause: "'none' is not known by the system", message: 'invalid' })
      }
    ]
  },
  {
    title: 'an update of a deleted number is answered 200 and stores nothing',
    numbers: [{ ...OWN, state: 'deleted', document: { note: 1 } }],
    steps: [
      { ...demo.post(PATH, { note: 2 }), expect: has({ state: 'deleted', note: 1 }) },
      { ...demo.patch(PATH, { team: 'blue' }), expect: has({ state: 'deleted', note: 1 }, ['/data/team']) },
      { ...demo.get(PATH), expect: has({ state: 'deleted', note: 1, _read_only: { modified: NOW } }, ['/data/team']) }
    ]
  },
  {
    title: 'a number that goes to the local carrier loses its CNAM',
    numbers: [{ ...OWN, document: { note: 1 } }],
    steps: [
      {
        ...master.patch(PATH, { carrier_name: 'knm_local', cnam: CNAM }),
        expect: has({ note: 1, features: ['local'] }, ['/data/cnam'])
      },
      { ...master.patch(PATH, { carrier_name: 'knm_mdn' }), expect: has({ features: ['local'] }) }
    ]
  },
  {
    title: 'a number shows what it may have',
    dialect: 'kazoo-4.3',
    numbers: [OWN, { ...OWN, ...TRUNK, e164: OFFERED }, { e164: '+14157770003', state: 'available' }],
    steps: [
      {
        ...demo.get(PATH),
        expect: {
          status: 200,
          data: {
            _read_only: {
              carrier_module: 'knm_other',
              created: NOW,
              features: {
                available: [
                  'cnam',
                  'e911',
                  'force_outbound',
                  'inbound_cnam',
                  'outbound_cnam',
                  'port',
                  'prepend',
                  'ringback'
                ],
                settings: {}
              },
              modified: NOW,
              state: 'in_service'
            },
            id: NUMBER,
            state: 'in_service'
          }
        }
      },
      {
        ...demo.get('/%2B14157770002'),
        expect: has({
          _read_only: {
            features: {
              available: [
                'cnam',
                'e911',
                'failover',
                'force_outbound',
                'inbound_cnam',
                'outbound_cnam',
                'port',
                'prepend',
                'ringback'
              ]
            },
            used_by: 'trunkstore'
          }
        })
      },
      {
        ...master.get(PATH),
        expect: has({
          _read_only: {
            features: {
              available: [
                'carrier_name',
                'cnam',
                'e911',
                'force_outbound',
                'inbound_cnam',
                'outbound_cnam',
                'port',
                'prepend',
                'ringback'
              ]
            }
          }
        })
      },
      {
        ...demo.get('/%2B14157770003'),
        expect: has({ _read_only: { features: { available: ['force_outbound', 'prepend', 'ringback'] } } })
      },
      {
        ...demo.get('?start_key=%2B14157770001&page_size=1'),
        expect: {
          status: 200,
          data: {
            cascade_quantity: 0,
            numbers: {
              [NUMBER]: {
                assigned_to: ACCOUNTS.demo,
                created: NOW,
                features: [],
                features_allowed: [],
                features_available: [
                  'cnam',
                  'e911',
                  'force_outbound',
                  'inbound_cnam',
                  'outbound_cnam',
                  'port',
                  'prepend',
                  'ringback'
                ],
                features_denied: [],
                state: 'in_service',
                updated: NOW
              }
            }
          }
        }
      }
    ]
  },
  {
    title: 'a list shows features, use and nothing of the user',
    dialect: 'oneuc',
    numbers: [{ ...OWN, document: { note: 1, force_outbound: true }, usedBy: 'callflow' }],
    when: demo.get('?start_key=%2B14157770001&page_size=1'),
    expect: {
      status: 200,
      data: {
        cascade_quantity: 0,
        numbers: {
          [NUMBER]: {
            assigned_to: ACCOUNTS.demo,
            created: NOW,
            features: ['force_outbound'],
            state: 'in_service',
            updated: NOW,
            used_by: 'callflow'
          }
        }
      }
    }
  },
  {
    title: 'a body is held to the schema, all of it at once',
    numbers: [OWN],
    steps: [
      {
        ...demo.post(PATH, {
          carrier_name: 'x'.repeat(31),
          cnam: { display_name: 'sixteen letters!', inbound_lookup: 'maybe' },
          e911: { caller_name: 'Jo', region: 'C', status: 'FINE', legacy_data: { suite: 1 } },
          porting: { comments: ['x', 1], port_id: 2 }
        }),
        expect: invalid({
          carrier_name: tooLong(30, 'x'.repeat(31)),
          'cnam.display_name': tooLong(15, 'sixteen letters!'),
          'cnam.inbound_lookup': wrongType('boolean', 'maybe'),
          'e911.locality': required('locality'),
          'e911.postal_code': required('postal_code'),
          'e911.street_address': required('street_address'),
          'e911.caller_name': tooShort(3, 'Jo'),
          'e911.legacy_data.suite': wrongType('string', 1),
          'e911.region': tooShort(2, 'C'),
          'e911.status': {
            enum: {
              message: 'Value not found in enumerated list of values',
              target: ['INVALID', 'GEOCODED', 'PROVISIONED', 'REMOVED', 'ERROR'],
              value: 'FINE'
            }
          },
          'porting.port_id': wrongType('string', 2),
          'porting.comments.1': wrongType('string', 1)
        })
      },
      { ...demo.post(PATH, { e911: {} }), expect: { status: 400, has: { 'e911.region': required('region') } } },
      {
        ...demo.patch(PATH, { e911: { caller_name: 'Joe' } }),
        expect: { status: 400, has: { 'e911.region': required('region') } }
      },
      { ...demo.post(PATH, { cnam: 'x' }), expect: invalid({ cnam: wrongType('object', 'x') }) },
      {
        ...demo.post(PATH, { cnam: { display_name: null } }),
        expect: invalid({ 'cnam.display_name': wrongType('string', null) })
      },
      {
        ...demo.post(PATH, { e911: { ...ADDRESS, postal_code: 94105 } }),
        expect: invalid({ 'e911.postal_code': wrongType('string', 94105) })
      },
      {
        ...demo.post(PATH, { e911: { ...ADDRESS, region: 'é' } }),
        expect: invalid({ 'e911.region': tooLong(2, 'é') })
      },
      {
        ...demo.post(PATH, { cnam: { inbound_lookup: 'true' } }),
        expect: has({ cnam: { inbound_lookup: true }, features: ['inbound_cnam'] })
      },
      { ...demo.put(`${PATH}/reserve`, { cnam: 'x' }), expect: invalid({ cnam: wrongType('object', 'x') }) },
      { ...demo.put(`${PATH}/activate`, { cnam: 'x' }), expect: invalid({ cnam: wrongType('object', 'x') }) },
      { ...demo.put('/%2B14157770003/port', { cnam: 'x' }), expect: invalid({ cnam: wrongType('object', 'x') }) },
      { ...demo.post(PATH, []), expect: invalid({ '': wrongType('object', []) }) }
    ]
  },
  {
    title: 'PATCH keeps the apartment of an address, unless the new one says otherwise',
    numbers: [OWN],
    steps: [
      { ...demo.post(PATH, { e911: { ...ADDRESS, extended_address: 'Apt 116' } }), expect: OK },
      {
        ...demo.patch(PATH, { e911: MAGIC_ADDRESS }),
        expect: has({ e911: { street_address: '911 PROVISIONED TEST ST', extended_address: 'APT 116' } })
      },
      {
        ...demo.patch(PATH, { e911: { ...MAGIC_ADDRESS, extended_address: '' } }),
        expect: has({ e911: { street_address: '911 PROVISIONED TEST ST' } }, ['/data/e911/extended_address'])
      }
    ]
  },
  {
    title: 'addresses for notices by mail',
    numbers: [OWN],
    when: demo.post(PATH, { e911: { ...ADDRESS, notification_contact_emails: ['a@b.c', 'nobody', 'a@b@c', '@b'] } }),
    expect: OK,
    kazoo: invalid(
      Object.fromEntries(
        ['nobody', 'a@b@c', '@b'].map((value, i) => [
          `e911.notification_contact_emails.${i + 1}`,
          { wrong_format: { message: 'Field is not in the correct format', value, format: 'email' } }
        ])
      )
    )
  }
]
