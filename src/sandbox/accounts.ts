import { Type, type Static } from '@sinclair/typebox'
import { PATTERNS } from '../text/patterns.js'

/** Length of an account id in bytes; nothing else about it is checked (reference implementation, `MATCH_ACCOUNT_RAW`). */
export const ACCOUNT_ID_LENGTH = 32

export const accountId = (description: string) =>
  Type.String({
    minLength: ACCOUNT_ID_LENGTH,
    maxLength: ACCOUNT_ID_LENGTH,
    pattern: PATTERNS.wholeCharacters,
    description
  })

/** The schema of an account in fixtures and state documents. */
export const ACCOUNT = Type.Object(
  {
    id: accountId('32 characters; the service makes up ids of lower-case hexadecimal digits'),
    name: Type.String({ minLength: 1, description: 'The name of the account' }),
    realm: Type.String({ description: 'The SIP realm, such as acme.sip.example.com' }),
    parent: Type.Unsafe<string | null>({
      ...accountId('The id of the account above; null for a root of the tree'),
      type: ['string', 'null']
    }),
    admin: Type.Boolean({
      description: 'Whether it is the own account of the operator, which may do everything everywhere'
    }),
    additions: Type.Boolean({ description: 'Whether it may create numbers that no carrier has offered' }),
    api_key: Type.String({ minLength: 64, maxLength: 64, description: '64 characters, for PUT /v2/api_auth' }),
    user: Type.String({ description: 'The login name, for PUT /v2/user_auth' }),
    password: Type.String({ description: 'The password of the login' }),
    token: Type.String({ minLength: 1, description: 'A token that always names this account' })
  },
  { additionalProperties: false }
)

/** A customer of the service. Accounts form a tree; a parent may do for its descendants what they may do themselves. */
export type Account = Static<typeof ACCOUNT>

/** The accounts of one sandbox, by id. */
export type Accounts = ReadonlyMap<string, Account>

/** Arranges accounts by their ids. */
export function accountsById(accounts: readonly Account[]): Accounts {
  return new Map(accounts.map((account) => [account.id, account]))
}

/** Whether `descendant` is `ancestor` or below it. An unknown account is only its own. */
export function isWithin(accounts: Accounts, ancestor: string, descendant: string): boolean {
  for (let id: string | null | undefined = descendant; id != null; id = accounts.get(id)?.parent) {
    if (id === ancestor) return true
  }
  return false
}

/** The ids below `ancestor`, without itself. */
export function descendants(accounts: Accounts, ancestor: string): string[] {
  return [...accounts.keys()].filter((id) => id !== ancestor && isWithin(accounts, ancestor, id))
}

/** Returns the account of an id: an unknown one where no account has it. */
export function accountOf(accounts: Accounts, id: string): Account {
  return accounts.get(id) ?? unknownAccount(id)
}

/** The first account that fits. */
export function findAccount(accounts: Accounts, fits: (account: Account) => boolean): Account | undefined {
  for (const account of accounts.values()) if (fits(account)) return account
  return undefined
}

/** Whether an account has others right below it. */
export function isReseller(accounts: Accounts, id: string): boolean {
  return findAccount(accounts, ({ parent }) => parent === id) !== undefined
}

/** An account that the fixtures do not describe: it may do as much as a customer, and has no parent (decision on `--accounts auto`). */
export function unknownAccount(id: string): Account {
  return {
    id,
    name: '',
    realm: '',
    parent: null,
    admin: false,
    additions: true,
    api_key: '',
    user: '',
    password: '',
    token: ''
  }
}
