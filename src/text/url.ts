/** Returns the path of a URL that begins with its path: without the query. */
export function pathOf(url: string): string {
  return url.replace(/\?.*$/s, '')
}

/** Returns the query of a URL without the question mark; `''` where there is none. */
export function queryOf(url: string): string {
  return url.slice(pathOf(url).length + 1)
}

/** A query string as Fastify parses it: a key that comes more than once has a list. */
export type Query = Readonly<Record<string, string | string[] | undefined>>

/** Returns the first value of a query key. */
export function first(query: Query, name: string): string | undefined {
  const value = query[name]
  return typeof value === 'string' ? value : value?.[0]
}

/** Decodes a part of a path; one that cannot be is left as it is. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
