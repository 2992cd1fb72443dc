import type { FastifyRequest } from 'fastify'
import {
  ACCOUNT_ID_LENGTH,
  accountOf,
  findAccount,
  isWithin,
  unknownAccount,
  type Account
} from '../sandbox/accounts.js'
import type { JsonValue } from '../json.js'
import { credentialsOf } from '../operations/log-in.js'
import type { Caller } from '../operations/rules/permissions.js'
import { Problem } from '../problems.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { contextOf, tokenInHeader, type Envelope, type RequestContext } from './context.js'
import { first, type Query } from '../text/url.js'

/** Whether a route needs a token. */
export type TokenNeed = 'needed' | 'optional'

/** The account of a request that names none. */
const PUBLIC_ACCOUNT = 'public'

/** What a request says about its caller. */
interface Credentials {
  /** `''` where none was sent. */
  token: string
  /** The account of the path, if it has one. */
  path: string | undefined
  need: TokenNeed
  acceptsCharges: boolean
}

/**
 * Identifies the caller: checks the token and the account of the path, in the order of the reference implementation. Throws
 * both forms of 401, 403, and 404 for the account.
 */
function identifyCaller(sandbox: Sandbox, { token, path, need, acceptsCharges }: Credentials): Caller {
  const owner = token === '' ? undefined : ownerOf(sandbox, token, need)
  const pathAccount = path === undefined ? undefined : requireAccount(sandbox, path)
  if (token === '' && need === 'needed' && sandbox.behaviour.auth !== 'off') throw new Problem('invalid_credentials')
  if (owner !== undefined && pathAccount !== undefined && !mayEnter(sandbox, owner, pathAccount)) {
    throw new Problem('account_forbidden')
  }
  const account = owner ?? pathAccount ?? unknownAccount(PUBLIC_ACCOUNT)
  return { account, path: path ?? account.id, token, acceptsCharges }
}

/**
 * Lets a request in: reads the token from wherever clients put it, checks it with the account of the path, then `Accept`.
 * Throws as `identifyCaller` does, and `not_acceptable`.
 */
export function admit(request: FastifyRequest, context: RequestContext, need: TokenNeed): void {
  const envelope = request.body as Envelope
  const { account_id: path } = request.params as { account_id?: string }
  context.token = readToken(request, envelope)
  context.caller = identifyCaller(context.sandbox, {
    token: context.token,
    path,
    need,
    acceptsCharges: acceptsCharges(request, envelope)
  })
  // The reference checks `Accept` once it knows the caller; the document's service is not known to.
  if (context.sandbox.behaviour.dialect.accept === 'checked') checkAccept(request)
}

/** Throws `not_acceptable` for an `Accept` that JSON cannot answer, as the reference implementation sees it. */
function checkAccept({ headers: { accept = '*/*' } }: FastifyRequest): void {
  if (!/\*\/\*|application\/\*|json|csv/.test(accept)) throw new Problem('not_acceptable')
}

/** Reads the token, wherever it is; `''` where there is none. */
export function readToken(request: FastifyRequest, envelope: Envelope): string {
  const { headers } = request
  const parameters = (name: string) => [envelope.data[name], first(request.query as Query, name), envelope[name]]
  const plain = firstText([tokenInHeader(request), ...parameters('auth_token')])
  if (plain !== '') return plain
  return firstText([headers.authorization, ...parameters('authorization')])
    .replace(/^Bearer\s+/i, '')
    .trim()
}

function firstText(places: readonly unknown[]): string {
  return places.find((value): value is string => typeof value === 'string' && value !== '') ?? ''
}

/** Throws for a bad token where a request fails anyway, for dialects that check the token first. */
export function rejectStaleToken(request: FastifyRequest): void {
  const token = readToken(request, request.body as Envelope)
  if (token !== '') ownerOf(contextOf(request).sandbox, token, 'optional')
}

/** The account that a token names; undefined for one that any account may use. */
function ownerOf(sandbox: Sandbox, token: string, need: TokenNeed): Account | undefined {
  const issued = sandbox.store.tokens.find(token)
  const fixed = findAccount(sandbox.accounts, (account) => account.token === token) ?? basicOwner(sandbox, token)
  if (issued === undefined) {
    if (fixed === undefined && sandbox.behaviour.auth === 'strict' && !isForgiven(sandbox, need)) {
      throw new Problem('token_rejected')
    }
    return fixed
  }
  if (issued.expires > sandbox.clock.now()) return accountOf(sandbox.accounts, issued.account)
  if (!isForgiven(sandbox, need)) throw new Problem('token_rejected')
  return undefined
}

/** A stale token must not hurt where none is needed: clients send the last one they had. */
function isForgiven({ behaviour }: Sandbox, need: TokenNeed): boolean {
  return behaviour.auth === 'off' || (need === 'optional' && behaviour.dialect.stale_token === 'ignored')
}

/** `Authorization: Basic` of an account id or a user, with the password or the hash of both. */
function basicOwner({ accounts }: Sandbox, token: string): Account | undefined {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(token) ?? []
  if (encoded === undefined) return undefined
  const [name = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':')
  const secret = rest.join(':')
  return findAccount(accounts, (account) => {
    const { id, user, password } = account
    const hash = credentialsOf(account)
    return (name === id && secret === hash) || (name === user && (secret === password || secret === hash))
  })
}

/** Returns the account of a path. Throws where there cannot be one. */
function requireAccount(sandbox: Sandbox, id: string): Account {
  if (Buffer.byteLength(id) !== ACCOUNT_ID_LENGTH) throw new Problem('account_malformed', id)
  const isKnown = sandbox.accounts.has(id) || sandbox.behaviour.accounts === 'auto'
  if (!isKnown) throw new Problem('account_unknown', id)
  return accountOf(sandbox.accounts, id)
}

function mayEnter({ accounts }: Sandbox, account: Account, path: Account): boolean {
  return account.admin || isWithin(accounts, account.id, path.id)
}

/** The flag may stand in `data`, in the query, or beside `data`. */
function acceptsCharges(request: FastifyRequest, envelope: Envelope): boolean {
  const places: (JsonValue | undefined)[] = [
    envelope.data.accept_charges,
    first(request.query as Query, 'accept_charges'),
    envelope.accept_charges
  ]
  return places.some((value) => value === true || value === 'true')
}
