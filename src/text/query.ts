/** A query string as Fastify parses it: a key that comes more than once has a list. */
export type Query = Readonly<Record<string, string | string[] | undefined>>

/** Returns the first value of a query key. */
export function first(query: Query, name: string): string | undefined {
  const value = query[name]
  return typeof value === 'string' ? value : value?.[0]
}
