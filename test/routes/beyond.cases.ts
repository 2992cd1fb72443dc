/** The endpoints beyond the document, in both dialects. */
import { ACCOUNTS, by } from '../harness/calls.js'
import type { Case, Expected, Step } from '../harness/case.js'
import { has, invalid, NO_ENTRY, NO_TOKEN, NOT_FOUND } from '../harness/expected.js'

const demo = by('demo')
const stranger = by('stranger')
const master = by('master', 'demo')
const anonymous = by(undefined)

const OWN = '/%2B14155558921'

const CARRIERS = ['bandwidth2', 'local', 'mdn', 'other', 'telnyx', 'vitelity']
const carriers = (states: string[]): Expected => ({
  status: 200,
  data: { maximal_prefix_length: 10, usable_carriers: CARRIERS, usable_creation_states: states }
})

/** The small endpoints beside the numbers (reference implementation). */
export const BEYOND: readonly Case[] = [
  {
    title: 'the carriers and states that each account may use',
    steps: [
      { ...demo.get('/carriers_info'), expect: carriers(['in_service', 'reserved']) },
      {
        ...master.get('/carriers_info'),
        expect: carriers(['aging', 'available', 'in_service', 'port_in', 'reserved'])
      },
      { ...by('no-additions').get('/carriers_info'), expect: carriers([]) },
      {
        ...demo.get(`/carriers_info?reseller_id=${ACCOUNTS.reseller}`),
        expect: { status: 404, message: 'number search restricted', data: {} }
      },
      {
        ...demo.get('/carriers_info?reseller_id=x'),
        expect: { status: 404, message: 'nonexistent reseller_id', data: {} }
      }
    ]
  },
  {
    title: 'the classifiers of numbers',
    steps: [
      {
        ...demo.get('/classifiers'),
        expect: has({
          tollfree_us: { friendly_name: 'US TollFree', pretty_print: 'SS(###) ### - ####' },
          toll_us: {},
          emergency: { emergency: true },
          caribbean: {},
          did_us: { regex: String.raw`^(\+?1)?([2-9][0-9]{2}[2-9][0-9]{6})$` },
          international: {},
          unknown: { friendly_name: 'Unknown' }
        })
      },
      ...(
        [
          ['8005550100', 'tollfree_us', '+18005550100'],
          ['%2B18885550100', 'tollfree_us', '+18885550100'],
          ['9005550100', 'toll_us', '+19005550100'],
          ['988', 'emergency', '988'],
          ['2425550100', 'caribbean', '+12425550100'],
          ['4155550100', 'did_us', '+14155550100'],
          ['%2B442079460000', 'international', '+442079460000'],
          ['41234567', 'international', '+41234567'],
          ['x', 'unknown', 'x']
        ] as const
      ).map(([written, name, e164]): Step => ({
        ...demo.get(`/classifiers/${written}`),
        expect: has({ name, e164, number: decodeURIComponent(written) })
      }))
    ]
  },
  {
    title: 'whether numbers are available',
    numbers: [{ e164: '+14157770001', state: 'available' }],
    steps: [
      {
        ...demo.post('/check', { numbers: ['4152338397', '+14157770001', '+14155558921', '+14155234712', '911'] }),
        expect: {
          status: 200,
          data: {
            '4152338397': 'success',
            '911': 'error',
            '+14157770001': 'success',
            '+14155558921': 'error',
            '+14155234712': 'error'
          }
        }
      },
      {
        ...demo.post('/check', {}),
        expect: invalid({ numbers: { required: { message: 'list of numbers missing' } } })
      },
      { ...demo.post('/check', []), expect: invalid({ numbers: { required: { message: 'list of numbers missing' } } }) }
    ]
  },
  {
    title: 'the localities of numbers',
    steps: [
      {
        ...demo.post('/locality', { numbers: ['4152338397', '911'] }),
        expect: {
          status: 200,
          data: {
            '4152338397': {
              number: '4152338397',
              e164_number: '+14152338397',
              status: 'success',
              locality: { locality: 'SAN RAFAEL', province: 'CA' }
            },
            '911': { number: '911', e164_number: '911', status: 'error' }
          }
        },
        kazoo: { status: 500, message: 'could not get locality url', data: {} }
      },
      {
        ...demo.post('/locality', { numbers: [] }),
        expect: invalid({ numbers: { minimum: { message: 'minimum 1 number required' } } })
      }
    ]
  },
  {
    title: 'the area codes of a city',
    steps: [
      {
        ...demo.get('/prefix?city=san%20rafael'),
        expect: has({ 'SAN RAFAEL, CA': { locality: 'SAN RAFAEL', state: 'CA' } }),
        kazoo: { status: 500, message: 'init failed', data: 'Unable to acquire numbers missing carrier url' }
      },
      { ...demo.get('/prefix?city=Nowhere'), expect: { status: 200, data: {} }, kazoo: { status: 500 } },
      {
        ...demo.get('/prefix'),
        expect: { status: 404, message: 'bad_identifier', data: { message: 'bad identifier' } }
      },
      {
        method: 'GET',
        url: '/v2/phone_numbers/prefix?city=san%20rafael',
        expect: has({ 'SAN RAFAEL, CA': {} }),
        kazoo: { status: 500 }
      },
      { ...anonymous.get('/prefix?city=x'), expect: NO_TOKEN }
    ]
  },
  {
    title: 'the answer of a repair',
    steps: [
      {
        ...demo.post('/fix'),
        expect: { status: 200, has: { numbers: { '+14155558921': {} } }, at: { '/page_size': 3 } }
      },
      { ...demo.post(`/fix${OWN}`), expect: { status: 200, data: {} } }
    ]
  },
  {
    title: 'the account that a number belongs to',
    steps: [
      {
        ...stranger.get(`${OWN}/identify`),
        expect: { status: 200, data: { account_id: ACCOUNTS.demo, number: '+14155558921' } }
      },
      { ...stranger.get('/(415)/identify'), expect: NOT_FOUND },
      { ...stranger.get('/911/identify'), expect: { status: 400, message: 'client error', data: 'invalid_db_name' } }
    ]
  },
  {
    title: 'the account as clients read it when they start',
    steps: [
      {
        method: 'GET',
        url: `/v2/accounts/${ACCOUNTS.demo}`,
        token: 'demo-token',
        expect: {
          status: 200,
          data: {
            id: ACCOUNTS.demo,
            name: 'demo',
            realm: 'demo.sip.example.com',
            enabled: true,
            superduper_admin: false,
            wnm_allow_additions: true,
            is_reseller: true,
            reseller_id: ACCOUNTS.reseller,
            language: 'en-us',
            timezone: 'America/Los_Angeles'
          }
        }
      },
      {
        method: 'GET',
        url: `/v2/accounts/${'b'.repeat(32)}`,
        token: 'any',
        expect: has({ id: 'b'.repeat(32), wnm_allow_additions: true })
      },
      { method: 'GET', url: `/v2/accounts/${ACCOUNTS.demo}`, token: 'child-token', expect: NO_ENTRY }
    ]
  }
]
