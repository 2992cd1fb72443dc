/** Who may ask for what, under each setting of `--auth` and `--accounts`. */
import { createHash } from 'node:crypto'
import { DEMO } from '../emulator-under-test.js'
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
} from './calls.js'
import type { Case } from './replay.js'

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
  { says: 'GET of a number wants a token', when: get(MISSING), ...NONE },
  { says: 'PUT activate wants a token', given: [search('415')], when: { method: 'PUT', url: `${pathOf(FIRST)}/activate` }, ...NONE },
  { says: 'PUT collection/activate wants a token', when: { method: 'PUT', url: collectionOf(), body: { data: { numbers: [FIRST] } } }, ...NONE },
  { says: 'POST wants a token', when: { method: 'POST', url: MISSING, body: { data: { team: 'blue' } } }, ...NONE },
  { says: 'E911 wants a token', when: { method: 'POST', url: collectionOf(), body: { data: { id: BOUGHT } } }, ...NONE },
  { says: 'DELETE wants a token', when: { method: 'DELETE', url: MISSING }, ...NONE },
  { says: 'an empty token is none', when: get(numbersOf(), { 'x-auth-token': '' }), ...NONE },
  { says: 'the two searches want none', when: get(`${numbersOf()}?prefix=415`), status: 200 },
  { says: 'a search takes one all the same, and repeats it', when: { ...search('415'), token: 'stale' }, status: 200, at: { '/auth_token': 'stale' } },
  { says: 'any text is a token, also the word undefined', when: get(numbersOf(), { 'x-auth-token': 'undefined' }), status: 200, at: { '/auth_token': 'undefined' } },
  { says: 'the token may stand in the query', when: get(`${numbersOf()}?auth_token=q`), status: 200, at: { '/auth_token': 'q' } },
  { says: 'the token may stand beside data', when: { method: 'POST', url: MISSING, body: { data: {}, auth_token: 'e' } }, status: 200, at: { '/auth_token': 'e' } },
  { says: 'the token may stand within data, and is not stored', when: { method: 'POST', url: MISSING, body: { data: { auth_token: 'd' } } }, status: 200, at: { '/auth_token': 'd', '/data/auth_token': null } },
  { says: 'the token may be a bearer', when: get(numbersOf(), { authorization: 'Bearer b' }), status: 200, at: { '/auth_token': 'b' } },
  { says: 'the token may be the bare Authorization', when: get(numbersOf(), { authorization: 'a' }), status: 200, at: { '/auth_token': 'a' } },
  { says: 'the header of its own comes first', when: get(`${numbersOf()}?auth_token=q`, { 'x-auth-token': 'x', authorization: 'Bearer b' }), status: 200, at: { '/auth_token': 'x' } },
  { says: 'a token of the fixtures binds its account', when: { ...list('', DEMO), token: 'stranger-token' }, ...NOT_YOURS },
  { says: 'a bound token buys nothing for others', given: [search('415')], when: { ...buy(FIRST), token: 'child-token' }, ...NOT_YOURS },

  // strict: only tokens that are known.
  { says: 'strict: an unknown token is rejected', flags: STRICT, when: list(), ...REJECTED },
  { says: 'strict: no token is no credentials', flags: STRICT, when: get(numbersOf()), ...NONE },
  { says: 'strict: a token of the fixtures is good for its account', flags: STRICT, when: { ...list(), token: 'demo-token' }, status: 200 },
  { says: 'strict: it is good for the accounts below', flags: STRICT, when: { ...list('', CHILD), token: 'demo-token' }, status: 200 },
  { says: 'strict: it is not good for the account above', flags: STRICT, when: { ...list(), token: 'child-token' }, ...NOT_YOURS },
  { says: 'strict: it is not good for its neighbour', flags: STRICT, when: { ...list(), token: 'stranger-token' }, ...NOT_YOURS },
  { says: 'strict: the operator may go everywhere', flags: STRICT, when: { ...list('', OTHER), token: 'master-token' }, status: 200 },
  { says: 'strict: a parent buys for its child', flags: STRICT, given: [search('415'), { ...buy(FIRST, CHILD), token: 'demo-token' }], when: { ...list('', CHILD), token: 'child-token' }, status: 200, numbers: [FIRST] },
  { says: 'strict: a parent releases what its child has', flags: STRICT, given: [search('415'), { ...buy(FIRST, CHILD), token: 'child-token' }], when: { ...release(FIRST), token: 'demo-token' }, status: 200, at: { '/data/state': 'available' } },
  { says: 'strict: a stale token does not hurt a search', flags: STRICT, when: { ...search('415'), token: 'stale' }, status: 200 },
  { says: 'strict: nor a search within an account', flags: STRICT, when: { method: 'GET', url: `${numbersOf()}?prefix=415`, token: 'stale' }, status: 200 },
  { says: 'strict: a user and the password are credentials', flags: STRICT, when: get(numbersOf(), basic('demo:demo-password')), status: 200 },
  { says: 'strict: an account and the hash of both are credentials', flags: STRICT, when: get(numbersOf(), basic(`${DEMO}:${md5('demo:demo-password')}`)), status: 200 },
  { says: 'strict: a wrong password is none', flags: STRICT, when: get(numbersOf(), basic('demo:wrong')), ...REJECTED },
  { says: 'strict: what is not even encoded is none', flags: STRICT, when: get(numbersOf(), { authorization: 'Basic %%%' }), ...REJECTED },

  // off: nobody asks.
  { says: 'off: no token is needed', flags: OFF, when: get(numbersOf()), status: 200 },
  { says: 'off: a purchase needs none', flags: OFF, given: [search('415')], when: { method: 'PUT', url: `${pathOf(FIRST)}/activate` }, status: 201 },
  { says: 'off: a fixed token is its account’s all the same', flags: OFF, when: { ...list(), token: 'stranger-token' }, status: 403, message: 'forbidden' },
  { says: 'off: also on a number', flags: OFF, when: { method: 'DELETE', url: MISSING, token: 'stranger-token' }, status: 403, message: 'forbidden' },
  { says: 'off: the numbers of others stay theirs', flags: OFF, when: { method: 'DELETE', url: pathOf(BOUGHT, STRANGER) }, status: 404 },

  // accounts
  { says: 'an account id has 32 characters', when: list('', 'abc'), status: 404, message: 'bad identifier', data: { message: "invalid account_id 'abc'" } },
  { says: 'and not 33', when: list('', `${OTHER}0`), status: 404, message: 'bad identifier' },
  { says: 'an account id that is missing', when: { method: 'GET', url: '/v2/accounts//phone_numbers', token: TOKEN }, status: 404, message: 'bad identifier', data: { message: 'missing account_id' } },
  { says: 'the account is looked at before the token', when: get('/v2/accounts/abc/phone_numbers'), status: 404, message: 'bad identifier' },
  { says: 'known: an account of the fixtures is there', flags: KNOWN, when: list(), status: 200 },
  { says: 'known: any other is not', flags: KNOWN, when: list('', OTHER), status: 404, message: 'bad_identifier', data: { cause: OTHER, message: 'bad identifier' } },
  { says: 'known: nobody buys for one that is not', flags: KNOWN, given: [search('415')], when: buy(FIRST, OTHER), status: 404, message: 'bad_identifier' },
  { says: 'auto: a new account buys and has its own list', given: [search('415'), buy(FIRST, OTHER)], when: list('', OTHER), status: 200, numbers: [FIRST] },
  { says: 'auto: others do not see it', given: [search('415'), buy(FIRST, OTHER)], when: list('?filter_state=in_service'), status: 200, numbers: [IN_SERVICE, BOUGHT] },
  { says: 'auto: an account id is case-sensitive', when: list('', DEMO.toUpperCase()), status: 200, numbers: [] }
]
