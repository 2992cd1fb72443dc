import type { Query } from '../operations/rules/search-query.js'

/** Where a call goes that is made as the document makes it, but for its number. */
export interface PlainPlace {
  query: Query
  /** The account of the path; undefined where it has none. */
  account: string | undefined
  /** What stands behind the number in the path. */
  rest: string
}

/** The path and the query of such a call. */
export interface PlainRequest extends PlainPlace {
  /** The number of the path, decoded; undefined where it has none. */
  number: string | undefined
  /** What it consists of; `''` for both where there is none. */
  plus: string
  digits: string
  /** What stands behind them, the query included. */
  after: string
}

/** Keys that a plain query has, each once. */
const KEYS: ReadonlySet<string> = new Set(['prefix', 'quantity', 'offset', 'page_size', 'start_key'])

/** What values are made of, behind a plus perhaps. */
const VALUE = /^(?:%2[Bb])?[\w.-]*$/

const NO_QUERY: Query = {}

/** The paths that can be plain. */
export interface PlainPaths {
  /** Stands before the name of a sandbox. */
  sandbox: string
  /** What follows it: its groups are the account, the plus and the digits of the number, what stands behind them, and the query. */
  pattern: RegExp
  /** The digits of a number. */
  digits: RegExp
}

/** Reads path and query, without what names a sandbox, where they are plain; undefined for any other. */
export function readPlainly(url: string, pattern: RegExp): PlainRequest | undefined {
  const found = pattern.exec(url)
  if (found === null) return undefined
  const [, account, sign = '', digits = '', rest = '', search = ''] = found
  const query = search === '' ? NO_QUERY : readQuery(search.slice('?'.length))
  const plus = decoded(sign)
  const number = digits === '' ? undefined : plus + digits
  return query && { query, account, rest, number, plus, digits, after: rest + search }
}

function readQuery(text: string): Query | undefined {
  const query: Record<string, string> = {}
  for (const pair of text.split('&')) {
    const end = pair.indexOf('=')
    const key = pair.slice(0, end)
    const value = pair.slice(end + 1)
    if (!KEYS.has(key) || query[key] !== undefined || !VALUE.test(value)) return undefined
    query[key] = decoded(value)
  }
  return query
}

/** Nothing but a plus at the beginning is encoded in what is plain. */
function decoded(value: string): string {
  return value.startsWith('%') ? `+${value.slice('%2B'.length)}` : value
}
