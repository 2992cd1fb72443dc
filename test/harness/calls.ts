/** The requests that cases are made of. */
import { type Call, DEMO } from './emulator-under-test.js'
/** The accounts of the fixtures by name: `master` → `reseller` → `demo` → `child`; the others are beside demo. */
export const ACCOUNTS = {
  master: '42a474544b7356318b83d7b060f31403',
  reseller: '1429a5ffca584da6591f17cfb8fe5439',
  demo: DEMO,
  child: '95a764139933c2d583a5d299729b8f55',
  stranger: 'e141cfcb50659f27f911ce400088f83d',
  'no-additions': '0bd1097924f26aa98252faa7ffa693b8'
} as const
export type AccountName = keyof typeof ACCOUNTS

export const STRANGER = ACCOUNTS.stranger
export const CHILD = ACCOUNTS.child

/** Accounts that no fixture describes. */
export const NEW = 'a1b2c3d4e5f60718293a4b5c6d7e8f90'
export const OTHER = '0123456789abcdef0123456789abcdef'

/** Any text is a token where the emulator is not told otherwise. */
export const TOKEN = 'any-token'

/** The document's numbers: what `415` and `555` offer first, and what the demo account has. */
export const FIRST = '+14152338397'
export const SECOND = '+14152338421'
export const IN_SERVICE = '+14155234712'
export const RESERVED = '+14155558920'
export const BOUGHT = '+14155558921'

/** A number that is on offer and that no case searches for. */
export const UNSEARCHED = '+14152339999'

export function numbersOf(account = DEMO): string {
  return `/v2/accounts/${account}/phone_numbers`
}

export function pathOf(number: string, account = DEMO): string {
  return `${numbersOf(account)}/${encodeURIComponent(number)}`
}

/** The path of both the purchase of a collection and the heading of E911. */
export function collectionOf(account = DEMO): string {
  return `${numbersOf(account)}/collection/activate`
}

export function search(prefix: string, quantity = 2): Call {
  return { method: 'GET', url: `/v2/phone_numbers?prefix=${prefix}&quantity=${quantity}` }
}

export function searchWithin(query: string, account = DEMO): Call {
  return { method: 'GET', url: `${numbersOf(account)}?${query}`, token: TOKEN }
}

export function list(query = '', account = DEMO): Call {
  return { method: 'GET', url: `${numbersOf(account)}${query}`, token: TOKEN }
}

export function read(number: string, account = DEMO): Call {
  return { method: 'GET', url: pathOf(number, account), token: TOKEN }
}

export function buy(number: string, account = DEMO, body?: unknown): Call {
  const call: Call = { method: 'PUT', url: `${pathOf(number, account)}/activate`, token: TOKEN }
  return body === undefined ? call : { ...call, body }
}

export function buyAll(numbers: readonly string[], more: object = {}, account = DEMO): Call {
  return { method: 'PUT', url: collectionOf(account), token: TOKEN, body: { data: { numbers }, ...more } }
}

export function store(number: string, data: object, account = DEMO): Call {
  return { method: 'POST', url: pathOf(number, account), token: TOKEN, body: { data } }
}

export function release(number: string, account = DEMO): Call {
  return { method: 'DELETE', url: pathOf(number, account), token: TOKEN }
}

/** A search and the purchase of what it has found. */
export function bought(number: string, account = DEMO): Call[] {
  return [search(number.slice('+1'.length), 1), buy(number, account)]
}

/** An address that the master streets know, and the same place with another street line. */
export const ADDRESS = {
  caller_name: 'Michel Mabel',
  postal_code: '94105',
  street_address: '116 Natoma St',
  extended_address: 'Apt 116',
  locality: 'San Francisco',
  region: 'CA'
}

export function addressAt(street_address: string) {
  return { ...ADDRESS, street_address }
}

/** Calls to the numbers of an account (`on`), with the token of an account of the fixtures (`as`) or without one. */
export function by(as: AccountName | undefined, on: AccountName = as ?? 'demo') {
  const calling =
    (method: Call['method']) =>
    (path = '', data?: unknown): Call => ({
      method,
      url: `${numbersOf(ACCOUNTS[on])}${path}`,
      ...(as === undefined ? {} : { token: `${as}-token` }),
      ...(data === undefined ? {} : { body: { data } })
    })
  return {
    get: calling('GET'),
    put: calling('PUT'),
    post: calling('POST'),
    patch: calling('PATCH'),
    release: calling('DELETE'),
    head: calling('HEAD'),
    options: calling('OPTIONS')
  }
}
