/** Tokens, passwords and logins, in both dialects. */
import { ACCOUNTS, by, numbersOf, type AccountName } from '../harness/calls.js'
import type { Case, Expected, Step } from '../harness/case.js'
import {
  BAD_TOKEN,
  CREATED,
  created,
  has,
  invalid,
  NO_ENTRY,
  NO_METHOD,
  NO_TOKEN,
  OK,
  required,
  tooLong,
  tooShort,
  wrongType
} from '../harness/expected.js'

const LIST = numbersOf()
const OWN = '/%2B14155558921'

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
/** md5 and sha1 of `demo:demo-password`. */
const HASH = 'c827c5a7d5a4a3b1758444505783b521'
const SHA = '73571b5c1b67904c4d0d7039091389e93e78f24e'

const STRICT = { auth: 'strict' } as const
const list = (rest: Partial<Step>, gives: Expected): Step => ({ method: 'GET', url: LIST, ...rest, expect: gives })

/** The places of a token, and the accounts that it is good for (reference implementation). */
export const AUTHENTICATION: readonly Case[] = [
  {
    title: 'a token is found wherever clients put it',
    settings: STRICT,
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
        expect: has({}, ['/data/auth_token'])
      },
      { method: 'POST', url: LIST + OWN, body: { data: {}, auth_token: 'demo-token' }, expect: OK },
      { method: 'POST', url: LIST + OWN, body: { data: {}, authorization: 'demo-token' }, expect: OK },
      {
        method: 'POST',
        url: LIST + OWN,
        body: { data: { auth_token: 'demo-token' } },
        expect: { status: 200, at: { '/auth_token': 'demo-token' } }
      }
    ]
  },
  {
    title: 'the first place that has a token counts',
    settings: STRICT,
    steps: [
      list({ token: 'demo-token', url: `${LIST}?auth_token=stranger-token` }, OK),
      list({ token: 'stranger-token', url: `${LIST}?auth_token=demo-token` }, NO_ENTRY),
      list({ url: `${LIST}?auth_token=demo-token`, headers: { authorization: 'Bearer bogus' } }, OK),
      {
        method: 'POST',
        url: `${LIST}${OWN}?auth_token=bogus`,
        body: { data: { auth_token: 'demo-token' }, auth_token: 'bogus' },
        expect: OK
      },
      list({ token: '', headers: { authorization: 'demo-token' } }, OK)
    ]
  },
  {
    title: 'a user may show a password',
    settings: STRICT,
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
    title: 'strict: only tokens that the emulator has issued are good',
    settings: STRICT,
    steps: [
      list({ token: 'any' }, BAD_TOKEN),
      list({ token: 'undefined' }, BAD_TOKEN),
      list({}, NO_TOKEN),
      list({ url: `/v2/accounts/abc/phone_numbers`, token: 'any' }, BAD_TOKEN),
      { ...list({ url: '/v2/phone_numbers?prefix=415', token: 'any' }, OK), kazoo: BAD_TOKEN }
    ]
  },
  {
    title: 'documented: any token is good for whatever account',
    steps: [list({ token: 'any' }, { status: 200, at: { '/auth_token': 'any' } }), list({}, NO_TOKEN)]
  },
  {
    title: 'the search within an account wants no token in the document, and one in the reference',
    when: { method: 'GET', url: `${LIST}?prefix=415` },
    expect: OK,
    kazoo: NO_TOKEN
  },
  {
    title: 'off: no call needs a token',
    settings: { auth: 'off' },
    steps: [list({}, { status: 200, at: { '/auth_token': '' } }), list({ token: 'any' }, OK)]
  },
  ...(['documented', 'strict', 'off'] as const).map((auth): Case => ({
    title: `a fixed token is its account's, and of those below (${auth})`,
    settings: { auth },
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
    ).map(([as, on, isWithin]): Step => ({ ...by(as, on).get(), expect: isWithin ? OK : NO_ENTRY }))
  })),
  {
    title: 'an account without a fixture exists from its first use on, and may add numbers',
    steps: [
      {
        method: 'GET',
        url: `/v2/accounts/${'a'.repeat(32)}/phone_numbers`,
        token: 'any',
        expect: { status: 200, data: { cascade_quantity: 0, numbers: {} } }
      },
      { method: 'PUT', url: `/v2/accounts/${'a'.repeat(32)}/phone_numbers/4157770001`, token: 'any', expect: CREATED },
      { method: 'GET', url: `/v2/accounts/${'a'.repeat(32)}/phone_numbers`, token: 'demo-token', expect: NO_ENTRY },
      { method: 'GET', url: `/v2/accounts/${'a'.repeat(32)}/phone_numbers`, token: 'master-token', expect: OK },
      {
        method: 'GET',
        url: `/v2/accounts/${'é'.repeat(32)}/phone_numbers`,
        token: 'any',
        expect: { status: 404, message: 'bad identifier' }
      }
    ]
  },
  {
    title: 'emergency services see an account without a name as a valued customer',
    dialect: 'oneuc',
    steps: [
      { method: 'PUT', url: `/v2/accounts/${'a'.repeat(32)}/phone_numbers/4157770001`, token: 'any', expect: CREATED },
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
        expect: has({ e911: { caller_name: 'Valued Customer' } })
      }
    ]
  },
  {
    title: 'the numbers of the accounts below are counted',
    when: by('reseller').get(),
    expect: { status: 200, data: { cascade_quantity: 3, numbers: {} } }
  },
  {
    title: 'logging in by the key of an account',
    steps: [
      {
        method: 'PUT',
        url: '/v2/api_auth',
        body: { data: { api_key: 'dcf7f815251380ea4471b80c04442529641cd721548133a4bc24e3ff1a4d7598' } },
        expect: created({
          account_id: ACCOUNTS.demo,
          account_name: 'demo',
          is_reseller: true,
          is_master_account: false,
          reseller_id: ACCOUNTS.reseller,
          language: 'en-us',
          apps: []
        })
      },
      { method: 'PUT', url: '/v2/api_auth', body: { data: {} }, expect: invalid({ api_key: required('api_key') }) },
      { method: 'PUT', url: '/v2/api_auth', body: { data: [] }, expect: invalid({ api_key: required('api_key') }) },
      { method: 'PUT', url: '/v2/api_auth', expect: invalid({ api_key: required('api_key') }) },
      {
        method: 'PUT',
        url: '/v2/api_auth',
        body: { data: { api_key: 5 } },
        expect: invalid({ api_key: wrongType('string', 5) })
      },
      { method: 'POST', url: '/v2/api_auth', body: { data: {} }, expect: NO_METHOD }
    ]
  },
  ...(['f'.repeat(64), 'my-own-key', 'x'.repeat(65), ''] as const).map((api_key): Case => ({
    title: `any key is good for the first customer (${api_key.length} characters)`,
    when: { method: 'PUT', url: '/v2/api_auth', body: { data: { api_key } } },
    expect: created({ account_id: ACCOUNTS.demo, account_name: 'demo' })
  })),
  {
    title: 'strict: only the key of an account is good',
    settings: STRICT,
    steps: (
      [
        ['f'.repeat(64), { status: 404, message: 'bad identifier', data: ['f'.repeat(64)] }],
        ['x', invalid({ api_key: tooShort(64, 'x') })],
        ['x'.repeat(65), invalid({ api_key: tooLong(64, 'x'.repeat(65)) })]
      ] satisfies readonly (readonly [string, Expected])[]
    ).map(([api_key, expect]): Step => ({ method: 'PUT', url: '/v2/api_auth', body: { data: { api_key } }, expect }))
  },
  ...([{}, STRICT] as const).map((flags): Case => ({
    title: `logging in as a user (${JSON.stringify(flags)})`,
    settings: flags,
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
        [{ credentials: HASH, account_name: 'nobody' }, true, false],
        [{ credentials: 'wrong', account_realm: 'my.own.realm' }, true, false],
        [{ credentials: HASH, phone_number: '4159990000' }, true, false]
      ] as const
    ).flatMap(([data, documented, strict]): Step[] => {
      const isGood = 'auth' in flags ? strict : documented
      const gives = isGood ? created({ account_id: ACCOUNTS.demo }) : NO_TOKEN
      return [{ method: 'PUT', url: '/v2/user_auth', body: { data }, expect: gives }]
    })
  })),
  {
    title: 'logging in as the master account, which is its own reseller',
    when: {
      method: 'PUT',
      url: '/v2/api_auth',
      body: { data: { api_key: '8a85a4ae57e1bce5dacd5b518ac50a84c053844914b2b7aa665872ec23bc1523' } }
    },
    expect: created({ account_id: ACCOUNTS.master, is_master_account: true, reseller_id: ACCOUNTS.master })
  },
  {
    title: 'logging in as a user without credentials',
    steps: [
      {
        method: 'PUT',
        url: '/v2/user_auth',
        body: { data: {} },
        expect: invalid({ credentials: required('credentials') })
      },
      {
        method: 'PUT',
        url: '/v2/user_auth',
        body: { data: { credentials: 7 } },
        expect: invalid({ credentials: wrongType('string', 7) })
      }
    ]
  }
]
