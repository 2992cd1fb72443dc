/** A customer of the service. Accounts form a tree; a parent may do for its descendants what they may do themselves. */
export interface Account {
  /** 32 characters, lower-case hex where the service made it up. */
  id: string
  name: string
  realm: string
  parent: string | null
  /** The operator's own account, which may do everything everywhere. */
  admin: boolean
  /** Whether it may create numbers that no carrier offered. */
  additions: boolean
  /** 64 characters, for `PUT /v2/api_auth`. */
  api_key: string
  user: string
  password: string
  /** A token that always names this account. */
  token: string
}

/** The accounts of one sandbox, by id. */
export type Accounts = ReadonlyMap<string, Account>

/** Length of an account id in bytes; nothing else about it is checked (reference implementation, `MATCH_ACCOUNT_RAW`). */
export const ACCOUNT_ID_LENGTH = 32

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
