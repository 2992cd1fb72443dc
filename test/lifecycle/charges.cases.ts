/** Quotes, and how a client accepts charges, in both dialects. */
import { fileURLToPath } from 'node:url'
import type { JsonObject } from '../../src/json.js'
import { ACCOUNTS, by } from '../harness/calls.js'
import type { Case, Expected } from '../harness/case.js'
import { CREATED, created, failed, NOT_FOUND, OK, required } from '../harness/expected.js'

const demo = by('demo')

const NUMBER = '+14157770001'
const PATH = '/%2B14157770001'

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
const quoted = (items: JsonObject): Expected => ({
  status: 402,
  message: 'accept charges',
  data: { phone_numbers: items }
})
const DID = quoted({ did: line('did', 1, 1) })
const VANITY = quoted({ vanity: line('vanity', 5, 20) })

const CHARGES = { charges: fileURLToPath(new URL('charges.json', import.meta.url)) }
const DISCOVERED = ['+14152338397', '+14152338421', '+12127770001']
const FIRST = '/%2B14152338397'
const SECOND = '/%2B14152338421'
const INVALID = { street_address: '911 INVALID TEST ST', locality: 'X', region: 'CA', postal_code: '94105' }

/** A purchase is quoted until the client accepts the charges (reference implementation). */
export const PRICES: readonly Case[] = [
  {
    title: 'an activation answers a quote and does nothing until charges are accepted',
    settings: CHARGES,
    discovered: DISCOVERED,
    steps: [
      { ...demo.put(`${FIRST}/activate`), expect: DID },
      { ...demo.put(`${FIRST}/activate`, { accept_charges: false }), expect: DID },
      { ...demo.put(`${FIRST}/activate?accept_charges=false`), expect: DID },
      { ...demo.get(FIRST), expect: NOT_FOUND },
      { ...demo.put('/%2B12127770001/activate'), expect: VANITY },
      { ...demo.put(`${FIRST}/activate`, { accept_charges: true }), expect: created({}, ['/data/accept_charges']) }
    ]
  },
  ...(
    [
      ['beside `data`', '', { data: {}, accept_charges: true }],
      ['in the query', '?accept_charges=true', { data: {} }],
      ['in `data` as a text', '', { data: { accept_charges: 'true' } }]
    ] as const
  ).map(([where, query, body]): Case => ({
    title: `charges may be accepted ${where}`,
    settings: CHARGES,
    discovered: DISCOVERED,
    when: { ...demo.put(`${FIRST}/activate${query}`), body },
    expect: created({ state: 'in_service' })
  })),
  {
    title: 'creating costs as much, changing and releasing costs nothing, nor does what one has',
    settings: CHARGES,
    discovered: DISCOVERED,
    steps: [
      { ...demo.put(PATH), expect: DID },
      { ...demo.put(`${PATH}/port`), expect: DID },
      { ...demo.get(PATH), expect: NOT_FOUND },
      { ...demo.put(PATH, { accept_charges: true }), expect: CREATED },
      { ...demo.put(`${PATH}/activate`), expect: CREATED },
      { ...demo.post(PATH, { note: 1 }), expect: OK },
      { ...demo.patch(PATH, { note: 2 }), expect: OK },
      { ...demo.release(PATH), expect: OK }
    ]
  },
  {
    title: 'an invalid request is refused before a price is quoted',
    settings: CHARGES,
    discovered: DISCOVERED,
    steps: [
      {
        ...demo.put(`${FIRST}/activate`, { e911: INVALID }),
        expect: { status: 400, message: 'invalid data' },
        kazoo: { status: 400, message: 'invalid' }
      },
      { ...demo.put(`${FIRST}/activate`, { failover: { sip: 'x' } }), expect: { status: 403 } },
      {
        ...demo.put(`${FIRST}/activate`, { e911: {} }),
        expect: { status: 400, has: { 'e911.region': required('region') } }
      },
      { ...demo.put(PATH, { carrier_name: 'knm_other' }), expect: { status: 403 } }
    ]
  },
  {
    title: 'the quotes of a collection add up, and nothing of it is bought',
    settings: CHARGES,
    discovered: DISCOVERED,
    steps: [
      {
        ...demo.put('/collection/activate', { numbers: DISCOVERED }),
        expect: quoted({ did: line('did', 1, 2, 2), vanity: line('vanity', 5, 20) })
      },
      { ...demo.get(FIRST), expect: NOT_FOUND },
      { ...demo.put('/collection', { numbers: [NUMBER] }), expect: DID },
      {
        ...demo.put('/collection/activate', { numbers: DISCOVERED }),
        body: { data: { numbers: DISCOVERED }, accept_charges: true },
        expect: created({ success: { '+14152338397': {}, '+14152338421': {}, '+12127770001': {} } })
      }
    ]
  },
  {
    title: 'a collection that costs and in which some fail',
    settings: CHARGES,
    discovered: DISCOVERED,
    steps: [
      {
        ...demo.put('/collection/activate', { numbers: ['+14152338397', '+14159990000'] }),
        expect: {
          status: 400,
          message: 'client error',
          data: { '+14159990000': { code: 500, error: 'unspecified_fault', message: 'missing_provider_url' } }
        },
        kazoo: DID
      },
      { ...demo.get(FIRST), expect: NOT_FOUND },
      {
        ...demo.put('/collection/activate', { accept_charges: true, numbers: ['+14152338397', '+14159990000'] }),
        expect: { status: 400, message: 'client error', changesSome: true },
        kazoo: created({ success: { '+14152338397': {} }, error: { '+14159990000': 'not_found' } })
      },
      { ...demo.get(FIRST), expect: OK }
    ]
  },
  {
    title: 'the magic number that costs something costs it without any settings',
    discovered: DISCOVERED,
    steps: [
      { ...demo.put('/%2B15005550402/activate'), expect: DID },
      { ...demo.get('/%2B15005550402'), expect: NOT_FOUND },
      { ...demo.put('/collection/activate', { numbers: ['+15005550402', '+14152338421'] }), expect: DID },
      { ...demo.get(SECOND), expect: NOT_FOUND },
      { method: 'GET', url: '/v2/phone_numbers?prefix=5005550402', expect: OK },
      { ...demo.put('/%2B15005550402/activate', { accept_charges: true }), expect: created({ state: 'in_service' }) }
    ]
  },
  {
    title: 'the magic number that costs more than the account has',
    when: demo.put('/%2B15005550412/activate', { accept_charges: true }),
    expect: failed(402, 'not_enough_credit', {
      cause: 1,
      message: `account ${ACCOUNTS.demo} does not have enough credit to perform the operation`
    })
  }
]
