/** Reservations, and how a number ages, in both dialects. */
import { ACCOUNTS, by } from '../harness/calls.js'
import type { Case, Expected } from '../harness/case.js'
import { CREATED, created, has, NO_CHANGE, NOT_FOUND } from '../harness/expected.js'
import { NOW } from '../harness/play.js'

const demo = by('demo')
const child = by('child')
const stranger = by('stranger')
const master = by('master', 'demo')
const reseller = by('reseller')

const NUMBER = '+14157770001'
const PATH = '/%2B14157770001'
const HELD = { e164: NUMBER, state: 'reserved', owner: ACCOUNTS.demo, history: [ACCOUNTS.demo] } as const

const owner = (account: string, number = NUMBER): Expected => ({ status: 200, data: { account_id: account, number } })
const UNASSIGNED: Expected = { status: 400, message: 'client error', data: 'unassigned' }

/** A number goes back along the accounts that have reserved it (reference implementation). */
export const RESERVATIONS: readonly Case[] = [
  {
    title: 'a number that a parent takes over in reserve goes back to its child',
    numbers: [HELD],
    steps: [
      { ...reseller.put(`${PATH}/reserve`), expect: created({ state: 'reserved' }) },
      { ...demo.get(`${PATH}/identify`), expect: owner(ACCOUNTS.reseller) },
      { ...reseller.put(`${PATH}/reserve`), expect: NO_CHANGE },
      { ...reseller.release(PATH), expect: has({ state: 'reserved', _read_only: { state: 'reserved' } }) },
      { ...demo.get(`${PATH}/identify`), expect: owner(ACCOUNTS.demo) },
      { ...demo.release(PATH), expect: has({ state: 'available' }) },
      { ...demo.get(`${PATH}/identify`), expect: UNASSIGNED }
    ]
  },
  {
    title: 'a local number goes back as well, without what was stored, and stays local',
    numbers: [{ ...HELD, carrier: 'local', document: { note: 1 } }],
    steps: [
      { ...reseller.put(`${PATH}/reserve`), expect: created({ note: 1, features: ['local'] }) },
      { ...reseller.release(PATH), expect: has({ state: 'reserved', features: ['local'] }, ['/data/note']) },
      { ...demo.get('?filter_state=reserved'), expect: has({ numbers: { [NUMBER]: { features: ['local'] } } }) },
      { ...demo.release(PATH), expect: has({ state: 'available' }), kazoo: has({ state: 'deleted' }) },
      { ...demo.get(`${PATH}/identify`), expect: UNASSIGNED, kazoo: NOT_FOUND }
    ]
  },
  {
    title: 'reserving again in service adds nothing to what it goes back along',
    numbers: [HELD],
    steps: [
      { ...demo.put(`${PATH}/activate`), expect: CREATED },
      { ...demo.put(`${PATH}/reserve`), expect: CREATED },
      { ...demo.release(PATH), expect: has({ state: 'available' }) }
    ]
  },
  {
    title: 'what a child has activated out of a reservation of its parent does not go back',
    numbers: [HELD],
    steps: [
      { ...child.get(PATH), expect: NOT_FOUND, kazoo: has({ state: 'reserved' }) },
      { ...child.put(`${PATH}/reserve`), expect: { status: 403 } },
      { ...child.put(`${PATH}/activate`), expect: created({ state: 'in_service' }) },
      { ...child.get(`${PATH}/identify`), expect: owner(ACCOUNTS.child) },
      { ...child.release(PATH), expect: has({ state: 'available' }) },
      { ...demo.get(`${PATH}/identify`), expect: UNASSIGNED }
    ]
  },
  {
    title: 'a number created in reserve has its account to go back along',
    steps: [
      { ...child.put(PATH, { create_with_state: 'reserved' }), expect: created({ state: 'reserved' }) },
      { ...demo.put(`${PATH}/reserve`), expect: CREATED },
      { ...demo.release(PATH), expect: has({ state: 'reserved' }) },
      { ...demo.get(`${PATH}/identify`), expect: owner(ACCOUNTS.child) }
    ]
  }
]

const AGING = { agingSeconds: 60 } as const
const BOUGHT = { e164: NUMBER, state: 'in_service', owner: ACCOUNTS.demo } as const

/** A released number ages before it is available again. */
export const AGES: readonly Case[] = [
  {
    title: 'a released number ages until the clock has passed',
    settings: AGING,
    numbers: [BOUGHT],
    steps: [
      { ...demo.release(PATH), expect: has({ state: 'aging', _read_only: { state: 'aging' } }) },
      { ...demo.get(PATH), expect: NOT_FOUND },
      { ...demo.get(`${PATH}/identify`), expect: UNASSIGNED },
      { ...stranger.get('?prefix=4157770001'), after: 59, expect: { status: 200, data: [] } },
      {
        ...stranger.get('?prefix=4157770001'),
        after: 1,
        expect: { status: 200, data: [{ number: NUMBER, state: 'available' }] }
      },
      {
        ...stranger.get(PATH),
        expect: NOT_FOUND,
        kazoo: has({ state: 'available', _read_only: { created: NOW, modified: NOW + 60 } })
      },
      { ...stranger.put(`${PATH}/activate`), expect: created({ state: 'in_service' }) }
    ]
  },
  {
    title: 'the first account that activates an aging number gets it, and keeps it',
    settings: AGING,
    numbers: [BOUGHT],
    steps: [
      { ...demo.release(PATH), expect: has({ state: 'aging' }) },
      { ...stranger.put(`${PATH}/activate`), expect: created({ state: 'in_service' }) },
      { ...stranger.get(PATH), after: 120, expect: has({ state: 'in_service' }) }
    ]
  },
  {
    title: 'a number in service stays in service when its aging time is over',
    numbers: [{ ...BOUGHT, pending: { aging: { due: NOW + 60 } } }],
    when: { ...demo.get(PATH), after: 60 },
    expect: has({ state: 'in_service' })
  },
  {
    title: 'a port goes on while reads are counted for its address',
    numbers: [{ ...BOUGHT, state: 'port_in', pending: { port_in: {}, e911: { reads: 2 } } }],
    steps: [
      { ...demo.get(PATH), expect: has({ state: 'port_in' }) },
      { ...demo.get(PATH), expect: has({ state: 'port_in' }) }
    ]
  },
  {
    title: 'a local number ages in one dialect and is deleted in the other',
    settings: AGING,
    numbers: [{ ...BOUGHT, carrier: 'local' }],
    when: demo.release(PATH),
    expect: has({ state: 'aging' }),
    kazoo: has({ state: 'deleted' })
  },
  {
    title: 'a number that goes back to a reservation does not age',
    settings: AGING,
    numbers: [{ ...HELD, history: [ACCOUNTS.demo, ACCOUNTS.child] }],
    steps: [
      { ...demo.release(PATH), expect: has({ state: 'reserved' }) },
      { ...demo.get(PATH), after: 120, expect: has({ state: 'reserved' }) }
    ]
  },
  {
    title: '`hard` deletes for good, if an admin asks, in every state',
    settings: AGING,
    numbers: [
      { ...BOUGHT, document: { force_outbound: true } },
      { ...BOUGHT, e164: '+14157770002', state: 'port_out' },
      { ...BOUGHT, e164: '+14157770003', carrier: 'local' }
    ],
    steps: [
      {
        ...master.release(`${PATH}?hard=true`),
        expect: has({ state: 'deleted' }, ['/data/features', '/data/force_outbound'])
      },
      { ...demo.get(PATH), expect: NOT_FOUND },
      { ...master.release('/%2B14157770002?hard=false'), expect: { status: 400 } },
      { ...master.release('/%2B14157770002?hard=true'), expect: has({ state: 'deleted' }) },
      {
        ...demo.release('/%2B14157770003?hard=true'),
        expect: has({ state: 'aging' }),
        kazoo: has({ state: 'deleted' })
      }
    ]
  }
]
