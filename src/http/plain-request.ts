import type { Query } from '../operations/search-query.js'

/** The path and the query of a call that is made as the document makes it. */
export interface PlainRequest {
  /** Path and query, without what names the sandbox. */
  url: string
  query: Query
  /** The account of the path; undefined where it has none. */
  account: string | undefined
  /** The number of the path, decoded; undefined where it has none. */
  number: string | undefined
  /** What stands behind the number. */
  rest: string
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
  /** What follows it: its groups are the account, the number, what stands behind that, and the query. */
  pattern: RegExp
}

/** Reads path and query, without what names a sandbox, where they are plain; undefined for any other. */
export function readPlainly(url: string, pattern: RegExp): PlainRequest | undefined {
  const found = pattern.exec(url)
  if (found === null) return undefined
  const [, account, number, rest = '', text] = found
  const query = text === undefined ? NO_QUERY : readQuery(text)
  return query && { url, query, account, number: number && decoded(number), rest }
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
