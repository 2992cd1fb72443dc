/** Searches, where the dialects differ. */
import { ACCOUNTS, by } from '../harness/calls.js'
import type { Case, Expected, Step } from '../harness/case.js'
import { created, FORBIDDEN, has, invalid, OK, required, tooLong, tooShort } from '../harness/expected.js'
import { NOW } from '../harness/play.js'

const demo = by('demo')
const child = by('child')
const stranger = by('stranger')

const found = (...numbers: [number: string, state: string][]): Expected => ({
  status: 200,
  data: numbers.map(([number, state]) => ({ number, state }))
})
const POOL = { e164: '+14152338400', state: 'available' } as const

/** What the account of the case below finds, each number once. */
const OWN_FIRST: readonly [number: string, state: string][] = [
  ['+14152330000', 'in_service'],
  ['+14152330001', 'available'],
  ['+14152330003', 'available'],
  ['+14152338397', 'discovery'],
  ['+14152330002', 'available'],
  ['+14152338400', 'available'],
  ['+14152338421', 'discovery']
]

/** Searches, where the reference does otherwise than the document (reference implementation, 6). */
export const SEARCHES: readonly Case[] = [
  {
    title: 'a search within an account: own ones, the pool, then offers',
    numbers: [
      POOL,
      { e164: '+14152338401', state: 'in_service', owner: ACCOUNTS.demo },
      { e164: '+14152338402', state: 'reserved', owner: ACCOUNTS.demo },
      { e164: '+14152338403', state: 'reserved', owner: ACCOUNTS.stranger }
    ],
    when: demo.get('?prefix=415233&quantity=5'),
    expect: found(
      ['+14152338401', 'in_service'],
      ['+14152338402', 'reserved'],
      ['+14152338400', 'available'],
      ['+14152338397', 'discovery'],
      ['+14152338421', 'discovery']
    ),
    kazoo: found(
      ['+14152338402', 'reserved'],
      ['+14152338400', 'available'],
      ['+14152338397', 'discovery'],
      ['+14152338421', 'discovery'],
      ['+14152330000', 'discovery']
    )
  },
  {
    title: 'a number that an admin has left on the account comes once, and pages lose none',
    numbers: [
      { e164: '+14152330000', state: 'in_service', owner: ACCOUNTS.demo },
      { e164: '+14152330001', state: 'available', owner: ACCOUNTS.demo },
      { e164: '+14152330002', state: 'available' },
      { e164: '+14152330003', state: 'available', owner: ACCOUNTS.demo },
      { e164: '+14152338397', state: 'discovery', owner: ACCOUNTS.demo },
      { e164: '+14152338400', state: 'available' }
    ],
    steps: [
      {
        ...demo.get('?prefix=415233&quantity=7'),
        expect: found(...OWN_FIRST),
        kazoo: found(
          ['+14152330001', 'available'],
          ['+14152330002', 'available'],
          ['+14152330003', 'available'],
          ['+14152338400', 'available'],
          ['+14152338397', 'discovery'],
          ['+14152338421', 'discovery'],
          ['+14152330004', 'discovery']
        )
      },
      ...OWN_FIRST.map((one, page): Step => ({
        ...demo.get(`?prefix=415233&quantity=1&offset=${page}`),
        expect: found(one),
        kazoo: OK
      })),
      {
        ...demo.get('?prefix=415233&quantity=4&offset=1'),
        expect: found(...OWN_FIRST.slice(4), ['+14152330004', 'discovery']),
        kazoo: OK
      },
      { ...stranger.get('?prefix=415233&quantity=1'), expect: found(['+14152330001', 'available']) }
    ]
  },
  {
    title: 'a number of the document that fixtures have put on offer moves no other number',
    dialect: 'oneuc',
    numbers: [{ e164: '+14152338397', state: 'discovery' }],
    steps: [
      { ...demo.get('?prefix=41523&quantity=1&offset=9999'), expect: found(['+14152339999', 'discovery']) },
      { ...demo.get('?prefix=4152338&quantity=1&offset=399'), expect: found(['+14152338398', 'discovery']) },
      { ...demo.get('?prefix=4152338&quantity=1&offset=999'), expect: found(['+14152338999', 'discovery']) }
    ]
  },
  {
    title: 'a number of the document that is in the pool again leads the public search as before',
    numbers: [
      { e164: '+14152338397', state: 'available' },
      { e164: '+14152338421', state: 'in_service', owner: ACCOUNTS.demo }
    ],
    when: { method: 'GET', url: '/v2/phone_numbers?prefix=415233&quantity=2' },
    expect: has([{ number: '+14152338397' }, { number: '+14152330000' }]),
    kazoo: found(['+14152338397', 'available'], ['+14152330000', 'discovery'])
  },
  {
    title: 'an offset counts pages in one dialect, and rows of the last search from the beginning in the other',
    steps: [
      {
        ...child.get('?prefix=415233&quantity=2&offset=1'),
        expect: found(['+14152330000', 'discovery'], ['+14152330001', 'discovery']),
        kazoo: found()
      },
      {
        ...child.get('?prefix=415233&quantity=3'),
        expect: found(['+14152338397', 'discovery'], ['+14152338421', 'discovery'], ['+14152330000', 'discovery'])
      },
      {
        ...child.get('?prefix=415233&quantity=2&offset=1'),
        expect: OK,
        kazoo: found(['+14152338421', 'discovery'], ['+14152330000', 'discovery'])
      },
      { ...child.get('?prefix=415233&quantity=2&offset=3'), expect: OK, kazoo: found() },
      { ...by('demo', 'child').get('?prefix=415233&quantity=2&offset=1'), expect: OK, kazoo: found() },
      { ...child.get('?prefix=41523&quantity=2&offset=1'), expect: OK, kazoo: found() }
    ]
  },
  {
    title: 'the spellings of a prefix',
    steps: [
      ...['415233', '1415233', '%2B1415233', '+1415233', '415%20233'].map((prefix): Step => ({
        ...child.get(`?prefix=${prefix}`),
        expect: found(['+14152338397', 'discovery']),
        kazoo: prefix.startsWith('415') ? found(['+14152338397', 'discovery']) : found()
      })),
      { ...child.get('?prefix=4152338397'), expect: found(['+14152338397', 'discovery']) },
      {
        ...child.get('?prefix=%2B14152338397'),
        expect: found(['+14152338397', 'discovery']),
        kazoo: invalid({ prefix: tooLong(10, '+14152338397') })
      },
      { ...child.get('?prefix=41523383970'), expect: invalid({ prefix: tooLong(10, '41523383970') }) },
      {
        ...child.get('?prefix=abc'),
        expect: invalid({
          prefix: { pattern: { message: "Failed to match pattern '^[0-9]+$'", target: '^[0-9]+$', value: 'abc' } }
        }),
        kazoo: found()
      }
    ]
  },
  {
    title: 'countries, resellers and quantities',
    steps: [
      { ...child.get('?prefix=415&country=ca&quantity=1'), expect: found(['+14152338397', 'discovery']) },
      { ...child.get('?prefix=415&country=GB'), expect: found() },
      { ...child.get('?prefix=415&country=USA'), expect: invalid({ country: tooLong(2, 'USA') }) },
      {
        ...child.get('?prefix=41&country=U'),
        expect: invalid({ prefix: tooShort(3, '41'), country: tooShort(2, 'U') })
      },
      { ...child.get('?prefix=415&quantity=0'), expect: found(['+14152338397', 'discovery']) },
      { ...child.get('?prefix=415&quantity=many'), expect: found(['+14152338397', 'discovery']) },
      { ...child.get('?prefix=4152338397&offset=99999999999999999999'), expect: found() },
      {
        ...child.get('?prefix=415&quantity=99999999999999999999'),
        expect: {
          status: 200,
          holds: (t, { data }) => t.match(data, { length: 500 }, 'the most that a search returns')
        }
      },
      {
        ...child.get('?prefix=415&reseller_id=x'),
        expect: { status: 404, message: 'nonexistent reseller_id', data: {} }
      },
      {
        ...child.get(`?prefix=415&reseller_id=${ACCOUNTS.reseller}`),
        expect: { status: 404, message: 'number search restricted', data: {} }
      },
      { ...child.get('?prefix='), expect: { status: 200, data: { cascade_quantity: 0, numbers: {} } } },
      { method: 'GET', url: '/v2/phone_numbers', expect: invalid({ prefix: required('prefix') }) }
    ]
  },
  {
    title: 'any account may buy what a search has found, and PUT creates a local number instead',
    steps: [
      { ...child.get('?prefix=415233&quantity=2'), expect: OK },
      { ...stranger.put('/%2B14152338397/activate'), expect: created({ state: 'in_service' }, ['/data/features']) },
      { ...stranger.put('/%2B14152338421'), expect: created({ state: 'in_service', features: ['local'] }) },
      { ...demo.put('/%2B14152338397/activate'), expect: FORBIDDEN }
    ]
  },
  {
    title: 'filters of system fields',
    numbers: [
      { e164: '+14157770001', state: 'in_service', owner: ACCOUNTS.child, usedBy: 'callflow', document: { state: 'x' } }
    ],
    steps: (
      [
        ['filter_state=in_service', true, true],
        ['filter_state=reserved', false, false],
        [`filter_assigned_to=${ACCOUNTS.child}`, true, true],
        ['filter_used_by=callflow', true, false],
        ['filter_not_used_by=callflow', false, true],
        ['filter_not_state=in_service', false, true],
        ['filter_pvt_used_by=callflow', true, true],
        ['filter_not_pvt_state=in_service', false, false],
        [`created_from=${NOW}`, true, true],
        [`created_to=${NOW - 1}`, false, false],
        ['modified_from=soon', false, false],
        ['has_key=pvt_used_by', true, true],
        ['missing_value=pvt_used_by', true, true],
        ['value_missing=pvt_used_by', false, false],
        ['_=1706702400000&blocks=1&hard=1', true, true]
      ] as const
    ).map(([query, one, other]): Step => ({
      ...child.get(`?${query}`),
      expect: { status: 200, at: { '/page_size': Number(one) } },
      kazoo: { status: 200, at: { '/page_size': Number(other) } }
    }))
  }
]
