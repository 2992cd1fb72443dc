import {
  BAD_TOKEN,
  CREATED,
  FORBIDDEN,
  has,
  invalid,
  made,
  NOT_FOUND,
  NOW,
  NO_ENTRY,
  NO_METHOD,
  NO_PATH,
  NO_TOKEN,
  OK,
  required,
  tooLong,
  tooShort,
  wrongType
} from './gives.js'
import { by, type Gives, type Step, type Story } from './story.js'
import { ACCOUNTS, type AccountName } from './world.js'

const demo = by('demo')
const child = by('child')
const stranger = by('stranger')
const master = by('master', 'demo')

const LIST = `/v2/accounts/${ACCOUNTS.demo}/phone_numbers`
const OWN = '/%2B14155558921'
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
/** md5 and sha1 of `demo:demo-password`. */
const HASH = 'c827c5a7d5a4a3b1758444505783b521'
const SHA = '73571b5c1b67904c4d0d7039091389e93e78f24e'

const STRICT = { auth: 'strict' } as const
const list = (rest: Partial<Step>, gives: Gives): Step => ({ method: 'GET', url: LIST, ...rest, gives })

/** Where a token may stand, and what it is worth (reference implementation). */
export const TOKENS: readonly Story[] = [
  {
    says: 'a token is found wherever clients put it',
    flags: STRICT,
    steps: [
      list({ headers: { 'x-auth-token': 'demo-token' } }, OK),
      list({ url: `${LIST}?auth_token=demo-token` }, OK),
      list({ headers: { authorization: 'Bearer demo-token' } }, OK),
      list({ headers: { authorization: 'bearer  demo-token' } }, OK),
      list({ headers: { authorization: 'demo-token' } }, OK),
      list({ url: `${LIST}?authorization=Bearer%20demo-token` }, OK),
      {
        method: 'POST',
        url: LIST + OWN,
        body: { data: { auth_token: 'demo-token' } },
        gives: has({}, ['data.auth_token'])
      },
      { method: 'POST', url: LIST + OWN, body: { data: {}, auth_token: 'demo-token' }, gives: OK },
      { method: 'POST', url: LIST + OWN, body: { data: {}, authorization: 'demo-token' }, gives: OK },
      {
        method: 'POST',
        url: LIST + OWN,
        body: { data: { auth_token: 'demo-token' } },
        gives: { status: 200, envelope: { auth_token: 'demo-token' } }
      }
    ]
  },
  {
    says: 'the first place that has a token counts',
    flags: STRICT,
    steps: [
      list({ token: 'demo-token', url: `${LIST}?auth_token=stranger-token` }, OK),
      list({ token: 'stranger-token', url: `${LIST}?auth_token=demo-token` }, NO_ENTRY),
      list({ url: `${LIST}?auth_token=demo-token`, headers: { authorization: 'Bearer bogus' } }, OK),
      {
        method: 'POST',
        url: `${LIST}${OWN}?auth_token=bogus`,
        body: { data: { auth_token: 'demo-token' }, auth_token: 'bogus' },
        gives: OK
      },
      list({ token: '', headers: { authorization: 'demo-token' } }, OK)
    ]
  },
  {
    says: 'a user may show a password',
    flags: STRICT,
    steps: [
      list({ headers: { authorization: basic('demo:demo-password') } }, OK),
      list({ headers: { authorization: basic(`demo:${HASH}`) } }, OK),
      list({ headers: { authorization: basic(`${ACCOUNTS.demo}:${HASH}`) } }, OK),
      list({ headers: { authorization: basic('demo:wrong') } }, BAD_TOKEN),
      list({ headers: { authorization: basic(`${ACCOUNTS.demo}:demo-password`) } }, BAD_TOKEN),
      list({ headers: { authorization: basic('stranger:stranger-password') } }, NO_ENTRY)
    ]
  },
  {
    says: 'strict: only tokens that somebody has given out are good',
    flags: STRICT,
    steps: [
      list({ token: 'any' }, BAD_TOKEN),
      list({ token: 'undefined' }, BAD_TOKEN),
      list({}, NO_TOKEN),
      list({ url: `/v2/accounts/abc/phone_numbers`, token: 'any' }, BAD_TOKEN),
      { ...list({ url: '/v2/phone_numbers?prefix=415', token: 'any' }, OK), kazoo: BAD_TOKEN }
    ]
  },
  {
    says: 'documented: any token is good for whatever account',
    steps: [list({ token: 'any' }, { status: 200, envelope: { auth_token: 'any' } }), list({}, NO_TOKEN)]
  },
  {
    says: 'the search within an account wants no token in the document, and one in the reference',
    steps: [{ ...list({ url: `${LIST}?prefix=415` }, OK), kazoo: NO_TOKEN }]
  },
  {
    says: 'off: nobody needs a token',
    flags: { auth: 'off' },
    steps: [list({}, { status: 200, envelope: { auth_token: '' } }), list({ token: 'any' }, OK)]
  },
  ...(['documented', 'strict', 'off'] as const).map((auth): Story => ({
    says: `a fixed token is its account's, and of those below (${auth})`,
    flags: { auth },
    steps: (
      [
        ['master', 'stranger', true],
        ['reseller', 'child', true],
        ['reseller', 'master', false],
        ['demo', 'demo', true],
        ['demo', 'child', true],
        ['demo', 'reseller', false],
        ['child', 'demo', false],
        ['stranger', 'demo', false],
        ['no-additions', 'demo', false]
      ] as const satisfies readonly (readonly [AccountName, AccountName, boolean])[]
    ).map(([as, on, isWithin]): Step => ({ ...by(as, on).get(), gives: isWithin ? OK : NO_ENTRY }))
  })),
  {
    says: 'an account that nobody described comes to life on first use, and may add numbers',
    steps: [
      {
        method: 'GET',
        url: `/v2/accounts/${'a'.repeat(32)}/phone_numbers`,
        token: 'any',
        gives: { status: 200, data: { cascade_quantity: 0, numbers: {} } }
      },
      { method: 'PUT', url: `/v2/accounts/${'a'.repeat(32)}/phone_numbers/4157770001`, token: 'any', gives: CREATED },
      { method: 'GET', url: `/v2/accounts/${'a'.repeat(32)}/phone_numbers`, as: 'demo', gives: NO_ENTRY },
      { method: 'GET', url: `/v2/accounts/${'a'.repeat(32)}/phone_numbers`, as: 'master', gives: OK },
      {
        method: 'GET',
        url: `/v2/accounts/${'é'.repeat(32)}/phone_numbers`,
        token: 'any',
        gives: { status: 404, message: 'bad identifier' }
      }
    ]
  },
  {
    says: 'emergency services see an account without a name as a valued customer',
    only: 'oneuc',
    steps: [
      { method: 'PUT', url: `/v2/accounts/${'a'.repeat(32)}/phone_numbers/4157770001`, token: 'any', gives: CREATED },
      {
        method: 'POST',
        url: `/v2/accounts/${'a'.repeat(32)}/phone_numbers/4157770001`,
        token: 'any',
        body: {
          data: {
            e911: {
              street_address: '911 PROVISIONED TEST ST',
              locality: 'SAN FRANCISCO',
              region: 'CA',
              postal_code: '94117'
            }
          }
        },
        gives: has({ e911: { caller_name: 'Valued Customer' } })
      }
    ]
  },
  {
    says: 'the numbers of the accounts below are counted',
    steps: [{ ...by('reseller').get(), gives: { status: 200, data: { cascade_quantity: 3, numbers: {} } } }]
  },
  {
    says: 'logging in by the key of an account',
    steps: [
      {
        method: 'PUT',
        url: '/v2/api_auth',
        body: { data: { api_key: 'dcf7f815251380ea4471b80c04442529641cd721548133a4bc24e3ff1a4d7598' } },
        gives: made({
          account_id: ACCOUNTS.demo,
          account_name: 'demo',
          is_reseller: true,
          is_master_account: false,
          reseller_id: ACCOUNTS.reseller,
          language: 'en-us',
          apps: []
        })
      },
      {
        method: 'PUT',
        url: '/v2/api_auth',
        body: { data: { api_key: 'f'.repeat(64) } },
        gives: { status: 404, message: 'bad identifier', data: ['f'.repeat(64)] }
      },
      { method: 'PUT', url: '/v2/api_auth', body: { data: {} }, gives: invalid({ api_key: required('api_key') }) },
      { method: 'PUT', url: '/v2/api_auth', body: { data: [] }, gives: invalid({ api_key: required('api_key') }) },
      { method: 'PUT', url: '/v2/api_auth', gives: invalid({ api_key: required('api_key') }) },
      {
        method: 'PUT',
        url: '/v2/api_auth',
        body: { data: { api_key: 5 } },
        gives: invalid({ api_key: wrongType('string', 5) })
      },
      {
        method: 'PUT',
        url: '/v2/api_auth',
        body: { data: { api_key: 'x' } },
        gives: invalid({ api_key: tooShort(64, 'x') })
      },
      {
        method: 'PUT',
        url: '/v2/api_auth',
        body: { data: { api_key: 'x'.repeat(65) } },
        gives: invalid({ api_key: tooLong(64, 'x'.repeat(65)) })
      },
      { method: 'POST', url: '/v2/api_auth', body: { data: {} }, gives: NO_METHOD }
    ]
  },
  ...([{}, STRICT] as const).map((flags): Story => ({
    says: `logging in as a user (${JSON.stringify(flags)})`,
    flags,
    steps: (
      [
        [{ credentials: HASH, account_name: 'demo' }, true, true],
        [{ credentials: HASH, account_realm: 'demo.sip.example.com' }, true, true],
        [{ credentials: HASH, realm: 'demo.sip.example.com' }, true, true],
        [{ credentials: SHA, account_name: 'demo', method: 'sha' }, true, true],
        [{ credentials: HASH, phone_number: '4155558921' }, true, true],
        [{ credentials: HASH }, true, true],
        [{ credentials: 'wrong', account_name: 'demo' }, true, false],
        [{ credentials: 'wrong' }, true, false],
        [{ credentials: HASH, account_name: 'nobody' }, false, false],
        [{ credentials: HASH, phone_number: '4159990000' }, false, false]
      ] as const
    ).flatMap(([data, documented, strict]): Step[] => {
      const isGood = 'auth' in flags ? strict : documented
      const gives = isGood ? made({ account_id: ACCOUNTS.demo }) : NO_TOKEN
      return [{ method: 'PUT', url: '/v2/user_auth', body: { data }, gives }]
    })
  })),
  {
    says: 'logging in as the master account, which is its own reseller',
    steps: [
      {
        method: 'PUT',
        url: '/v2/api_auth',
        body: { data: { api_key: '8a85a4ae57e1bce5dacd5b518ac50a84c053844914b2b7aa665872ec23bc1523' } },
        gives: made({ account_id: ACCOUNTS.master, is_master_account: true, reseller_id: ACCOUNTS.master })
      }
    ]
  },
  {
    says: 'logging in as a user without credentials',
    steps: [
      {
        method: 'PUT',
        url: '/v2/user_auth',
        body: { data: {} },
        gives: invalid({ credentials: required('credentials') })
      },
      {
        method: 'PUT',
        url: '/v2/user_auth',
        body: { data: { credentials: 7 } },
        gives: invalid({ credentials: wrongType('string', 7) })
      }
    ]
  }
]

const ABOUT = { data: { message: 'not emulated', cause: 'users' } }

/** What a request meets before it reaches a number (reference implementation, 1). */
export const PLUMBING: readonly Story[] = [
  {
    says: 'paths that there are not, and those that only the real service has',
    steps: [
      { ...demo.get(`${OWN}/bogus`), gives: NO_PATH },
      { ...demo.get(`${OWN}/activate/now`), gives: NO_PATH },
      { method: 'GET', path: `${OWN}/bogus`, gives: NO_PATH },
      { method: 'GET', url: '/v2/bogus', as: 'demo', gives: NO_PATH },
      { method: 'GET', url: '/v2/bogus', gives: NO_PATH, kazoo: NO_TOKEN },
      { method: 'GET', url: '/v2/bogus?auth_token=demo-token', gives: NO_PATH },
      { method: 'GET', url: '/bogus', gives: NO_PATH },
      { method: 'GET', url: '/', gives: NO_PATH },
      { method: 'GET', url: '/v1/accounts', gives: NO_PATH },
      {
        method: 'GET',
        url: `/v2/accounts/${ACCOUNTS.demo}/users`,
        as: 'demo',
        gives: { status: 501, message: 'not_emulated', ...ABOUT }
      },
      { method: 'GET', url: '/v2/users', as: 'demo', gives: { status: 501, ...ABOUT } },
      { method: 'PUT', url: '/v2/accounts', as: 'master', gives: { status: 501 } },
      ...(['PUT', 'POST', 'PATCH', 'DELETE'] as const).map((method): Step => ({
        method,
        url: `/v2/accounts/${ACCOUNTS.demo}`,
        as: 'demo',
        gives: { status: 501, message: 'not_emulated' }
      })),
      { method: 'DELETE', url: `/v2/accounts/${ACCOUNTS.demo}`, gives: NO_TOKEN }
    ]
  },
  {
    says: 'methods that a path does not have',
    steps: (
      [
        ['', 'PUT', 'OPTIONS, GET'],
        ['/carriers_info', 'POST', 'OPTIONS, GET'],
        ['/classifiers', 'PUT', 'OPTIONS, GET'],
        ['/classifiers/911', 'PATCH', 'OPTIONS, GET'],
        ['/prefix', 'DELETE', 'OPTIONS, GET'],
        ['/locality', 'GET', 'OPTIONS, POST'],
        ['/check', 'GET', 'OPTIONS, POST'],
        ['/fix', 'GET', 'OPTIONS, POST'],
        [`/fix${OWN}`, 'DELETE', 'OPTIONS, POST'],
        ['/collection', 'GET', 'OPTIONS, PUT, POST, PATCH, DELETE'],
        [`${OWN}/activate`, 'GET', 'OPTIONS, PUT'],
        [`${OWN}/reserve`, 'POST', 'OPTIONS, PUT'],
        [`${OWN}/port`, 'PATCH', 'OPTIONS, PUT'],
        [`${OWN}/identify`, 'PUT', 'OPTIONS, GET'],
        [OWN, 'OPTIONS', 'OPTIONS, GET, PUT, POST, PATCH, DELETE']
      ] as const
    ).map(
      // Nobody is asked for a token first.
      ([path, method, allowed]): Step => ({
        method,
        path,
        gives: {
          ...NO_METHOD,
          headers: { allow: null, 'access-control-allow-methods': allowed, 'access-control-allow-origin': '*' }
        }
      })
    )
  },
  {
    says: 'HEAD is a method that no path has, and has no body',
    steps: [
      {
        method: 'HEAD',
        path: OWN,
        gives: { status: 405, text: '', headers: { allow: null, 'content-type': 'application/json' } }
      }
    ]
  },
  {
    says: 'a browser asks first, without a token',
    steps: [
      {
        method: 'OPTIONS',
        path: `${OWN}/activate`,
        headers: { origin: 'http://x.example', 'access-control-request-method': 'PUT' },
        gives: {
          status: 200,
          text: '',
          headers: {
            'content-type': null,
            'access-control-allow-origin': '*',
            'access-control-allow-methods': 'OPTIONS, PUT',
            'access-control-max-age': '86400'
          }
        }
      },
      { ...demo.get(OWN), gives: { status: 200, headers: { 'access-control-allow-origin': null } } },
      {
        ...demo.get(OWN),
        headers: { origin: 'http://x.example' },
        gives: { status: 200, headers: { 'access-control-allow-origin': '*' } }
      }
    ]
  },
  {
    says: 'a POST that names another verb is that verb',
    numbers: [{ e164: '+14157770001', state: 'in_service', owner: ACCOUNTS.demo }],
    steps: [
      { ...demo.post(OWN, { verb: 'GET' }), gives: has({ id: '+14155558921' }) },
      { ...demo.post(`${OWN}?verb=patch&x=1`, { note: 1 }), gives: has({ note: 1 }) },
      {
        ...demo.post(OWN),
        body: { data: { other: 2 }, verb: 'PATCH' },
        gives: has({ note: 1, other: 2 }, ['data.verb'])
      },
      { ...demo.post(`${OWN}/reserve?verb=PUT`), gives: has({ state: 'reserved' }) },
      { ...demo.post(`${OWN}/reserve?verb=PUT`), gives: { status: 400, message: 'no_change_required' } },
      { ...demo.post(`${OWN}?verb=POST`, { last: 3 }), gives: has({ last: 3 }, ['data.note']) },
      { ...demo.post(`${OWN}?verb=BREW`, { last: 4 }), gives: has({ last: 4 }) },
      {
        ...demo.post(`/collection?verb=DELETE`, { numbers: ['+14157770001'] }),
        gives: has({ success: { '+14157770001': { state: 'available' } } })
      },
      { ...demo.post(`/collection/activate?verb=GET`), gives: NO_METHOD },
      { method: 'POST', path: '', body: { data: {}, verb: 'GET', auth_token: 'demo-token' }, gives: OK },
      {
        ...demo.post(`${OWN}?verb=GET`),
        headers: { 'x-request-id': 'mine' },
        gives: { status: 200, envelope: { request_id: 'mine' } }
      }
    ]
  },
  {
    says: 'the keys of an envelope',
    steps: [
      {
        ...demo.get(OWN),
        gives: { status: 200, envelope: { auth_token: 'demo-token' }, lacks: ['node', 'timestamp', 'version'] },
        kazoo: {
          status: 200,
          envelope: { auth_token: 'demo-token', timestamp: '2024-01-31T12:00:00Z', node: 'J9TZe0mdU9EoQHBmyfvllw' },
          lacks: ['revision']
        }
      },
      {
        ...demo.get('/4159990000'),
        gives: { ...NOT_FOUND, lacks: ['node', 'timestamp', 'version', 'revision'] },
        kazoo: { ...NOT_FOUND, envelope: { timestamp: '2024-01-31T12:00:00Z' }, lacks: ['revision'] }
      },
      {
        ...stranger.get(),
        gives: { status: 200, envelope: { page_size: 0 } },
        kazoo: { status: 200, lacks: ['revision'] }
      }
    ]
  },
  {
    says: 'only JSON is to be had',
    steps: [
      { ...demo.get(OWN), headers: { accept: 'application/json' }, gives: OK },
      { ...demo.get(OWN), headers: { accept: 'text/html, */*;q=0.1' }, gives: OK },
      { ...demo.get(OWN), headers: { accept: 'application/*' }, gives: OK },
      { ...demo.get(OWN), headers: { accept: 'text/csv' }, gives: OK },
      {
        ...demo.get(OWN),
        headers: { accept: 'text/html' },
        gives: OK,
        kazoo: { status: 406, text: '', headers: { 'content-type': null } }
      },
      {
        ...demo.post(OWN, { cnam: 'x' }),
        headers: { accept: 'text/html' },
        gives: { status: 400 },
        kazoo: { status: 406, text: '' }
      },
      {
        ...demo.get('/4159990000'),
        headers: { accept: 'text/html' },
        gives: NOT_FOUND,
        kazoo: { status: 406, text: '' }
      },
      { method: 'GET', path: OWN, headers: { accept: 'text/html' }, gives: NO_TOKEN }
    ]
  },
  {
    says: 'a body is JSON whatever it calls itself',
    steps: [
      {
        ...demo.post(OWN, { note: 1 }),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        gives: has({ note: 1 })
      },
      { ...demo.post(OWN, { note: 2 }), headers: { 'content-type': 'text/plain' }, gives: has({ note: 2 }) },
      { ...demo.post(OWN), body: '', headers: { 'content-type': 'application/json' }, gives: has({}, ['data.note']) },
      { ...demo.post(OWN), body: { DATA: { note: 3 } }, gives: has({ note: 3 }) },
      { ...demo.release(OWN), body: '', headers: { 'content-type': 'application/json' }, gives: OK }
    ]
  },
  {
    says: 'a number is understood however it is written',
    steps: [
      ...['+14155558921', '%2B14155558921', '%252B14155558921', '14155558921', '4155558921', '0014155558921'].map(
        (written): Step => ({ ...demo.get(`/${written}`), gives: has({ id: '+14155558921' }) })
      ),
      ...['(415)555-8921', '415-555-8921', '911', '%2B', '%25', 'collection2'].map((written): Step => ({
        ...demo.get(`/${written}`),
        gives: NOT_FOUND
      }))
    ]
  },
  {
    says: 'numbers without an account are for admins',
    steps: [
      { method: 'GET', url: '/v2/phone_numbers/classifiers/911', as: 'master', gives: has({ name: 'emergency' }) },
      { method: 'PUT', url: '/v2/phone_numbers/4157770001', as: 'master', gives: made({ id: '+14157770001' }) },
      {
        method: 'POST',
        url: '/v2/phone_numbers/4157770001',
        as: 'master',
        body: { data: { note: 1 } },
        gives: has({ note: 1 })
      },
      { method: 'GET', url: '/v2/phone_numbers/4157770001/bogus', as: 'master', gives: NO_PATH },
      { method: 'GET', url: '/v2/phone_numbers/classifiers/911', as: 'demo', gives: NO_ENTRY },
      { method: 'GET', url: '/v2/phone_numbers/classifiers/911', gives: NO_TOKEN }
    ]
  }
]

const CARRIERS = ['bandwidth2', 'local', 'mdn', 'other', 'telnyx', 'vitelity']
const carriers = (states: string[]): Gives => ({
  status: 200,
  data: { maximal_prefix_length: 10, usable_carriers: CARRIERS, usable_creation_states: states }
})

/** The small endpoints beside the numbers (reference implementation). */
export const NEIGHBOURS: readonly Story[] = [
  {
    says: 'which carriers and states there are for whom',
    steps: [
      { ...demo.get('/carriers_info'), gives: carriers(['in_service', 'port_in', 'reserved']) },
      { ...master.get('/carriers_info'), gives: carriers(['aging', 'available', 'in_service', 'port_in', 'reserved']) },
      { ...by('no-additions').get('/carriers_info'), gives: carriers([]) },
      {
        ...demo.get(`/carriers_info?reseller_id=${ACCOUNTS.reseller}`),
        gives: { status: 404, message: 'number search restricted', data: {} }
      },
      {
        ...demo.get('/carriers_info?reseller_id=x'),
        gives: { status: 404, message: 'nonexistent reseller_id', data: {} }
      }
    ]
  },
  {
    says: 'which kinds of numbers there are',
    steps: [
      {
        ...demo.get('/classifiers'),
        gives: has({
          tollfree_us: { friendly_name: 'US TollFree', pretty_print: 'SS(###) ### - ####' },
          toll_us: {},
          emergency: { emergency: true },
          caribbean: {},
          did_us: {},
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
        gives: has({ name, e164, number: decodeURIComponent(written) })
      }))
    ]
  },
  {
    says: 'what the carriers could deliver',
    numbers: [{ e164: '+14157770001', state: 'available' }],
    steps: [
      {
        ...demo.post('/check', { numbers: ['4152338397', '+14157770001', '+14155558921', '+14155234712', '911'] }),
        gives: {
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
      { ...demo.post('/check', {}), gives: invalid({ numbers: { required: { message: 'list of numbers missing' } } }) },
      { ...demo.post('/check', []), gives: invalid({ numbers: { required: { message: 'list of numbers missing' } } }) }
    ]
  },
  {
    says: 'where numbers are',
    steps: [
      {
        ...demo.post('/locality', { numbers: ['4152338397', '911'] }),
        gives: {
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
        gives: invalid({ numbers: { minimum: { message: 'minimum 1 number required' } } })
      }
    ]
  },
  {
    says: 'which area codes a city has',
    steps: [
      {
        ...demo.get('/prefix?city=san%20rafael'),
        gives: has({ 'SAN RAFAEL, CA': { locality: 'SAN RAFAEL', state: 'CA' } }),
        kazoo: { status: 500, message: 'init failed', data: 'Unable to acquire numbers missing carrier url' }
      },
      { ...demo.get('/prefix?city=Nowhere'), gives: { status: 200, data: {} }, kazoo: { status: 500 } },
      { ...demo.get('/prefix'), gives: NOT_FOUND },
      {
        method: 'GET',
        url: '/v2/phone_numbers/prefix?city=san%20rafael',
        gives: has({ 'SAN RAFAEL, CA': {} }),
        kazoo: { status: 500 }
      },
      { method: 'GET', path: '/prefix?city=x', gives: NO_TOKEN }
    ]
  },
  {
    says: 'what a repair answers',
    steps: [
      {
        ...demo.post('/fix'),
        gives: { status: 200, has: { numbers: { '+14155558921': {} } }, envelope: { page_size: 3 } }
      },
      { ...demo.post(`/fix${OWN}`), gives: { status: 200, data: {} } }
    ]
  },
  {
    says: 'whose a number is',
    steps: [
      {
        ...stranger.get(`${OWN}/identify`),
        gives: { status: 200, data: { account_id: ACCOUNTS.demo, number: '+14155558921' } }
      },
      { ...stranger.get('/(415)/identify'), gives: NOT_FOUND },
      { ...stranger.get('/911/identify'), gives: { status: 400, message: 'client error', data: 'invalid_db_name' } }
    ]
  },
  {
    says: 'as much of an account as clients read when they start',
    steps: [
      {
        method: 'GET',
        url: `/v2/accounts/${ACCOUNTS.demo}`,
        as: 'demo',
        gives: {
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
        gives: has({ id: 'b'.repeat(32), wnm_allow_additions: true })
      },
      { method: 'GET', url: `/v2/accounts/${ACCOUNTS.demo}`, as: 'child', gives: NO_ENTRY }
    ]
  }
]

const found = (...numbers: [number: string, state: string][]): Gives => ({
  status: 200,
  data: numbers.map(([number, state]) => ({ number, state }))
})
const POOL = { e164: '+14152338400', state: 'available' } as const

/** Searches, where the reference does otherwise than the document (reference implementation, 6). */
export const SEARCHES: readonly Story[] = [
  {
    says: 'a search within an account: own ones, the pool, then offers',
    numbers: [
      POOL,
      { e164: '+14152338401', state: 'in_service', owner: ACCOUNTS.demo },
      { e164: '+14152338402', state: 'reserved', owner: ACCOUNTS.demo },
      { e164: '+14152338403', state: 'reserved', owner: ACCOUNTS.stranger }
    ],
    steps: [
      {
        ...demo.get('?prefix=415233&quantity=5'),
        gives: found(
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
      }
    ]
  },
  {
    says: 'a number of the document that is in the pool again leads the public search as before',
    numbers: [
      { e164: '+14152338397', state: 'available' },
      { e164: '+14152338421', state: 'in_service', owner: ACCOUNTS.demo }
    ],
    steps: [
      {
        method: 'GET',
        url: '/v2/phone_numbers?prefix=415233&quantity=2',
        gives: has([{ number: '+14152338397' }, { number: '+14152330000' }]),
        kazoo: found(['+14152338397', 'available'], ['+14152330000', 'discovery'])
      }
    ]
  },
  {
    says: 'an offset counts pages in one dialect, and rows of the last search from the beginning in the other',
    steps: [
      {
        ...child.get('?prefix=415233&quantity=2&offset=1'),
        gives: found(['+14152330000', 'discovery'], ['+14152330001', 'discovery']),
        kazoo: found()
      },
      {
        ...child.get('?prefix=415233&quantity=3'),
        gives: found(['+14152338397', 'discovery'], ['+14152338421', 'discovery'], ['+14152330000', 'discovery'])
      },
      {
        ...child.get('?prefix=415233&quantity=2&offset=1'),
        gives: OK,
        kazoo: found(['+14152338421', 'discovery'], ['+14152330000', 'discovery'])
      },
      { ...child.get('?prefix=415233&quantity=2&offset=3'), gives: OK, kazoo: found() },
      { ...by('demo', 'child').get('?prefix=415233&quantity=2&offset=1'), gives: OK, kazoo: found() },
      { ...child.get('?prefix=41523&quantity=2&offset=1'), gives: OK, kazoo: found() }
    ]
  },
  {
    says: 'the spellings of a prefix',
    steps: [
      ...['415233', '1415233', '%2B1415233', '+1415233', '415%20233'].map((prefix): Step => ({
        ...child.get(`?prefix=${prefix}`),
        gives: found(['+14152338397', 'discovery']),
        kazoo: prefix.startsWith('415') ? found(['+14152338397', 'discovery']) : found()
      })),
      { ...child.get('?prefix=4152338397'), gives: found(['+14152338397', 'discovery']) },
      {
        ...child.get('?prefix=%2B14152338397'),
        gives: found(['+14152338397', 'discovery']),
        kazoo: invalid({ prefix: tooLong(10, '+14152338397') })
      },
      { ...child.get('?prefix=41523383970'), gives: invalid({ prefix: tooLong(10, '41523383970') }) },
      {
        ...child.get('?prefix=abc'),
        gives: invalid({
          prefix: { pattern: { message: "Failed to match pattern '^[0-9]+$'", target: '^[0-9]+$', value: 'abc' } }
        }),
        kazoo: found()
      }
    ]
  },
  {
    says: 'countries, resellers and quantities',
    steps: [
      { ...child.get('?prefix=415&country=ca&quantity=1'), gives: found(['+14152338397', 'discovery']) },
      { ...child.get('?prefix=415&country=GB'), gives: found() },
      { ...child.get('?prefix=415&country=USA'), gives: invalid({ country: tooLong(2, 'USA') }) },
      {
        ...child.get('?prefix=41&country=U'),
        gives: invalid({ prefix: tooShort(3, '41'), country: tooShort(2, 'U') })
      },
      { ...child.get('?prefix=415&quantity=0'), gives: found(['+14152338397', 'discovery']) },
      { ...child.get('?prefix=415&quantity=many'), gives: found(['+14152338397', 'discovery']) },
      {
        ...child.get('?prefix=415&reseller_id=x'),
        gives: { status: 404, message: 'nonexistent reseller_id', data: {} }
      },
      {
        ...child.get(`?prefix=415&reseller_id=${ACCOUNTS.reseller}`),
        gives: { status: 404, message: 'number search restricted', data: {} }
      },
      { ...child.get('?prefix='), gives: { status: 200, data: { cascade_quantity: 0, numbers: {} } } },
      { method: 'GET', url: '/v2/phone_numbers', gives: invalid({ prefix: required('prefix') }) }
    ]
  },
  {
    says: 'what a search has found may be bought by anybody, and PUT makes another number of it',
    steps: [
      { ...child.get('?prefix=415233&quantity=2'), gives: OK },
      { ...stranger.put('/%2B14152338397/activate'), gives: made({ state: 'in_service' }, ['data.features']) },
      { ...stranger.put('/%2B14152338421'), gives: made({ state: 'in_service', features: ['local'] }) },
      { ...demo.put('/%2B14152338397/activate'), gives: FORBIDDEN }
    ]
  },
  {
    says: 'filters of system fields',
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
      gives: { status: 200, envelope: { page_size: Number(one) } },
      kazoo: { status: 200, envelope: { page_size: Number(other) } }
    }))
  }
]
