/** Tokens and accounts, under each setting of `--auth` and `--accounts`. */
import { createHash } from 'node:crypto'
import {
  BOUGHT,
  buy,
  CHILD,
  collectionOf,
  FIRST,
  IN_SERVICE,
  list,
  numbersOf,
  OTHER,
  pathOf,
  release,
  search,
  STRANGER,
  TOKEN
} from '../harness/calls.js'
import type { Case } from '../harness/case.js'
import { DEMO } from '../harness/emulator-under-test.js'

const get = (url: string, headers: Record<string, string> = {}) => ({ method: 'GET' as const, url, headers })
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

/** No token at all, and one that is unknown or expired. */
const NONE = { status: 401, message: 'invalid_credentials', data: { message: 'invalid credentials' } }
const REJECTED = { status: 401, message: 'invalid credentials', data: {} }
const NOT_YOURS = { status: 403, message: 'forbidden', data: { message: 'forbidden' } }

const MISSING = pathOf(BOUGHT)
const STRICT = { auth: 'strict' } as const
const OFF = { auth: 'off' } as const
const KNOWN = { accounts: 'known' } as const

// prettier-ignore
export const TOKEN_CASES: readonly Case[] = [
  // documented: wherever the document shows a token, and any will do.
  { title: 'GET of a number wants a token', when: get(MISSING), expect: NONE },
  { title: 'PUT activate wants a token', given: [search('415')], when: { method: 'PUT', url: `${pathOf(FIRST)}/activate` }, expect: NONE },
  { title: 'PUT collection/activate wants a token', when: { method: 'PUT', url: collectionOf(), body: { data: { numbers: [FIRST] } } }, expect: NONE },
  { title: 'POST wants a token', when: { method: 'POST', url: MISSING, body: { data: { team: 'blue' } } }, expect: NONE },
  { title: 'E911 wants a token', when: { method: 'POST', url: collectionOf(), body: { data: { id: BOUGHT } } }, expect: NONE },
  { title: 'DELETE wants a token', when: { method: 'DELETE', url: MISSING }, expect: NONE },
  { title: 'an empty token is none', when: get(numbersOf(), { 'x-auth-token': '' }), expect: NONE },
  { title: 'the two searches want none', when: get(`${numbersOf()}?prefix=415`), expect: { status: 200 } },
  { title: 'a search takes one all the same, and repeats it', when: { ...search('415'), token: 'stale' }, expect: { status: 200, at: { '/auth_token': 'stale' } } },
  { title: 'any text is a token, also the word undefined', when: get(numbersOf(), { 'x-auth-token': 'undefined' }), expect: { status: 200, at: { '/auth_token': 'undefined' } } },
  { title: 'the token may stand in the query', when: get(`${numbersOf()}?auth_token=q`), expect: { status: 200, at: { '/auth_token': 'q' } } },
  { title: 'the token may stand beside data', when: { method: 'POST', url: MISSING, body: { data: {}, auth_token: 'e' } }, expect: { status: 200, at: { '/auth_token': 'e' } } },
  { title: 'the token may stand within data, and is not stored', when: { method: 'POST', url: MISSING, body: { data: { auth_token: 'd' } } }, expect: { status: 200, at: { '/auth_token': 'd', '/data/auth_token': null } } },
  { title: 'the token may be a bearer', when: get(numbersOf(), { authorization: 'Bearer b' }), expect: { status: 200, at: { '/auth_token': 'b' } } },
  { title: 'the token may be the bare Authorization', when: get(numbersOf(), { authorization: 'a' }), expect: { status: 200, at: { '/auth_token': 'a' } } },
  { title: 'the header of its own comes first', when: get(`${numbersOf()}?auth_token=q`, { 'x-auth-token': 'x', authorization: 'Bearer b' }), expect: { status: 200, at: { '/auth_token': 'x' } } },
  { title: 'a token of the fixtures binds its account', when: { ...list('', DEMO), token: 'stranger-token' }, expect: NOT_YOURS },
  { title: 'a bound token buys nothing for others', given: [search('415')], when: { ...buy(FIRST), token: 'child-token' }, expect: NOT_YOURS },

  // strict: only tokens that are known.
  { title: 'strict: an unknown token is rejected', settings: STRICT, when: list(), expect: REJECTED },
  { title: 'strict: no token is no credentials', settings: STRICT, when: get(numbersOf()), expect: NONE },
  { title: 'strict: a token of the fixtures is good for its account', settings: STRICT, when: { ...list(), token: 'demo-token' }, expect: { status: 200 } },
  { title: 'strict: it is good for the accounts below', settings: STRICT, when: { ...list('', CHILD), token: 'demo-token' }, expect: { status: 200 } },
  { title: 'strict: it is not good for the account above', settings: STRICT, when: { ...list(), token: 'child-token' }, expect: NOT_YOURS },
  { title: 'strict: it is not good for its neighbour', settings: STRICT, when: { ...list(), token: 'stranger-token' }, expect: NOT_YOURS },
  { title: 'strict: the operator may go everywhere', settings: STRICT, when: { ...list('', OTHER), token: 'master-token' }, expect: { status: 200 } },
  { title: 'strict: a parent buys for its child', settings: STRICT, given: [search('415'), { ...buy(FIRST, CHILD), token: 'demo-token' }], when: { ...list('', CHILD), token: 'child-token' }, expect: { status: 200, numbers: [FIRST] } },
  { title: 'strict: a parent releases what its child has', settings: STRICT, given: [search('415'), { ...buy(FIRST, CHILD), token: 'child-token' }], when: { ...release(FIRST), token: 'demo-token' }, expect: { status: 200, at: { '/data/state': 'available' } } },
  { title: 'strict: a stale token does not hurt a search', settings: STRICT, when: { ...search('415'), token: 'stale' }, expect: { status: 200 } },
  { title: 'strict: nor a search within an account', settings: STRICT, when: { method: 'GET', url: `${numbersOf()}?prefix=415`, token: 'stale' }, expect: { status: 200 } },
  { title: 'strict: a user and the password are credentials', settings: STRICT, when: get(numbersOf(), basic('demo:demo-password')), expect: { status: 200 } },
  { title: 'strict: an account and the hash of both are credentials', settings: STRICT, when: get(numbersOf(), basic(`${DEMO}:${md5('demo:demo-password')}`)), expect: { status: 200 } },
  { title: 'strict: a wrong password is none', settings: STRICT, when: get(numbersOf(), basic('demo:wrong')), expect: REJECTED },
  { title: 'strict: what is not even encoded is none', settings: STRICT, when: get(numbersOf(), { authorization: 'Basic %%%' }), expect: REJECTED },

  // off: a token is not asked for.
  { title: 'off: no token is needed', settings: OFF, when: get(numbersOf()), expect: { status: 200 } },
  { title: 'off: a purchase needs none', settings: OFF, given: [search('415')], when: { method: 'PUT', url: `${pathOf(FIRST)}/activate` }, expect: { status: 201 } },
  { title: 'off: a fixed token is its account’s all the same', settings: OFF, when: { ...list(), token: 'stranger-token' }, expect: { status: 403, message: 'forbidden' } },
  { title: 'off: also on a number', settings: OFF, when: { method: 'DELETE', url: MISSING, token: 'stranger-token' }, expect: { status: 403, message: 'forbidden' } },
  { title: 'off: the numbers of others stay theirs', settings: OFF, when: { method: 'DELETE', url: pathOf(BOUGHT, STRANGER) }, expect: { status: 404 } },

  // accounts
  { title: 'an account id has 32 characters', when: list('', 'abc'), expect: { status: 404, message: 'bad identifier', data: { message: "invalid account_id 'abc'" } } },
  { title: 'and not 33', when: list('', `${OTHER}0`), expect: { status: 404, message: 'bad identifier' } },
  { title: 'an account id that is missing', when: { method: 'GET', url: '/v2/accounts//phone_numbers', token: TOKEN }, expect: { status: 404, message: 'bad identifier', data: { message: 'missing account_id' } } },
  { title: 'the account is looked at before the token', when: get('/v2/accounts/abc/phone_numbers'), expect: { status: 404, message: 'bad identifier' } },
  { title: 'known: an account of the fixtures is there', settings: KNOWN, when: list(), expect: { status: 200 } },
  { title: 'known: any other is not', settings: KNOWN, when: list('', OTHER), expect: { status: 404, message: 'bad_identifier', data: { cause: OTHER, message: 'bad identifier' } } },
  { title: 'known: buying for an unknown account is refused', settings: KNOWN, given: [search('415')], when: buy(FIRST, OTHER), expect: { status: 404, message: 'bad_identifier' } },
  { title: 'auto: a new account buys and has its own list', given: [search('415'), buy(FIRST, OTHER)], when: list('', OTHER), expect: { status: 200, numbers: [FIRST] } },
  { title: 'auto: others do not see it', given: [search('415'), buy(FIRST, OTHER)], when: list('?filter_state=in_service'), expect: { status: 200, numbers: [IN_SERVICE, BOUGHT] } },
  { title: 'auto: an account id is case-sensitive', when: list('', DEMO.toUpperCase()), expect: { status: 200, numbers: [] } }
]
