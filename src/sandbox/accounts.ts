import { Type, type Static } from '@sinclair/typebox'

/** Length of an account id in bytes; nothing else about it is checked (reference implementation, `MATCH_ACCOUNT_RAW`). */
export const ACCOUNT_ID_LENGTH = 32

export const ACCOUNT_ID = Type.String({ minLength: ACCOUNT_ID_LENGTH, maxLength: ACCOUNT_ID_LENGTH })

/** The schema of an account in fixtures and state documents. */
export const ACCOUNT = Type.Object(
  {
    /** 32 characters; the service makes up ids of lower-case hexadecimal digits. */
    id: ACCOUNT_ID,
    name: Type.String({ minLength: 1 }),
    realm: Type.String(),
    /** The id of the account above; null for a root of the tree. */
    parent: Type.Unsafe<string | null>({ ...ACCOUNT_ID, type: ['string', 'null'] }),
    /** Whether it is the operator's own account, which may do everything everywhere. */
    admin: Type.Boolean(),
    /** Whether it may create numbers that no carrier has offered. */
    additions: Type.Boolean(),
    /** 64 characters, for `PUT /v2/api_auth`. */
    api_key: Type.String({ minLength: 64, maxLength: 64 }),
    /** The login name, for `PUT /v2/user_auth`. */
    user: Type.String(),
    password: Type.String(),
    /** A token that always names this account. */
    token: Type.String({ minLength: 1 })
  },
  { additionalProperties: false }
)

/** A customer of the service. Accounts form a tree; a parent may do for its descendants what they may do themselves. */
export type Account = Static<typeof ACCOUNT>

/** The accounts of one sandbox, by id. */
export type Accounts = ReadonlyMap<string, Account>

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
