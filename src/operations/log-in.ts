import { createHash } from 'node:crypto'
import { findAccount, isReseller, type Account } from '../sandbox/accounts.js'
import type { JsonObject } from '../json.js'
import { toE164 } from '../numbering/e164.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { required, tooLong, tooShort, violated, wrongType } from '../violations.js'

/** What a login answers, and the token that goes into the envelope. */
interface Login {
  token: string
  data: JsonObject & { account_id: string; owner_id: string }
}

const API_KEY_LENGTH = 64

/**
 * `PUT /v2/api_auth` (reference implementation): a token for the account whose API key it is. Unless tokens are strict, any other
 * key is good for the first customer: a client that logs in first has to run without set-up.
 */
export function logInByKey(sandbox: Sandbox, data: JsonObject): Login {
  const key = loginText(data, 'api_key')
  const account = findAccount(sandbox.accounts, (one) => one.api_key === key) ?? anyCustomer(sandbox)
  if (account !== undefined) return logIn(sandbox, account)
  if (key.length < API_KEY_LENGTH) throw violated([tooShort('api_key', key, API_KEY_LENGTH)])
  if (key.length > API_KEY_LENGTH) throw violated([tooLong('api_key', key, API_KEY_LENGTH)])
  throw new Problem('unknown_api_key', key)
}

/**
 * `PUT /v2/user_auth` (reference implementation): a token for the account that `account_name` or `account_realm` names,
 * if `credentials` is the hash of its user and password. Unless tokens are strict, any hash is good for the account that is named,
 * and for the first customer where that is unknown or none is named: real clients log in with accounts and hashes of their own.
 */
export function logInByUser(sandbox: Sandbox, data: JsonObject): Login {
  const credentials = loginText(data, 'credentials')
  const named = ['account_name', 'account_realm', 'realm', 'phone_number'].some((key) => typeof data[key] === 'string')
  const owner = named
    ? namedBy(sandbox, data)
    : findAccount(sandbox.accounts, (one) => hashesOf(one).includes(credentials))
  const account = owner ?? anyCustomer(sandbox)
  const isStrict = sandbox.behaviour.auth === 'strict'
  if (account === undefined || (isStrict && !hashesOf(account).includes(credentials)))
    throw new Problem('invalid_credentials')
  return logIn(sandbox, account)
}

/** The account that a login is good for whose own is unknown: the first customer of the fixtures, unless tokens are strict. */
function anyCustomer(sandbox: Sandbox): Account | undefined {
  return sandbox.behaviour.auth === 'strict' ? undefined : findAccount(sandbox.accounts, ({ admin }) => !admin)
}

/** A text that a login cannot do without. */
function loginText(data: JsonObject, key: string): string {
  const value = data[key]
  if (value === undefined) throw violated([required(key, key)])
  if (typeof value !== 'string') throw violated([wrongType(key, value, ['string'])])
  return value
}

/** The account of a name, a realm, or one of its numbers. */
function namedBy(sandbox: Sandbox, data: JsonObject): Account | undefined {
  const { account_name, account_realm = data.realm, phone_number } = data
  const owner = typeof phone_number === 'string' ? sandbox.store.numbers.find(toE164(phone_number))?.owner : undefined
  return findAccount(
    sandbox.accounts,
    ({ id, name, realm }) => name === account_name || realm === account_realm || id === owner
  )
}

function hashesOf(account: Account): string[] {
  return [credentialsOf(account), credentialsOf(account, 'sha1')]
}

/** The hash that a login sends in the place of user and password. */
export function credentialsOf({ user, password }: Account, method: 'md5' | 'sha1' = 'md5'): string {
  return createHash(method).update(`${user}:${password}`).digest('hex')
}

/**
 * Issues a token that names the account for as long as the settings say. Ids that are derived from a seed begin again at a restart,
 * where a file has kept the tokens: one of those still names its account.
 */
export function issueToken({ store, identifiers, clock, behaviour }: Sandbox, account: string): string {
  const now = clock.now()
  let token = identifiers.next()
  while (store.tokens.find(token) !== undefined) token = identifiers.next()
  store.tokens.deleteExpired(now)
  store.tokens.save({ token, account, expires: now + behaviour.tokenSeconds })
  return token
}

function logIn(sandbox: Sandbox, account: Account): Login {
  return {
    token: issueToken(sandbox, account.id),
    data: {
      account_id: account.id,
      account_name: account.name,
      owner_id: createHash('md5').update(`owner/${account.id}`).digest('hex'),
      apps: [],
      language: 'en-us',
      is_reseller: isReseller(sandbox.accounts, account.id),
      is_master_account: account.parent === null,
      reseller_id: account.parent ?? account.id
    }
  }
}
