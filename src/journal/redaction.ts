/** What stands where a secret stood. */
export const REDACTED = '[redacted]'

/** Keys of bodies and queries, and names of headers, whose values are nobody's business. */
const SECRET_KEYS = ['auth_token', 'api_key', 'credentials', 'password', 'admin_token']
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'x-auth-token',
  ...SECRET_KEYS
])

const IN_QUERY = new RegExp(`([?&](?:${SECRET_KEYS.join('|')})=)[^&#]*`, 'gi')
/** A key with the text or bare value behind it, also where the JSON around it is broken or cut short. */
const IN_JSON = new RegExp(`("(?:${SECRET_KEYS.join('|')})"\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"?|[^",{}[\\]\\s]+)`, 'gi')
/** The same in a form: `auth_token=…`. */
const IN_FORM = new RegExp(`((?:^|&)(?:${SECRET_KEYS.join('|')})=)[^&]*`, 'gi')

/** A path with the secrets of its query covered. */
export function redactedUrl(url: string): string {
  return url.replace(IN_QUERY, `$1${REDACTED}`)
}

/** A body's text with its secrets covered; nothing else in it changes, so that it reads as it was sent. */
export function redactedBody(text: string): string {
  return text.replace(IN_JSON, `$1"${REDACTED}"`).replace(IN_FORM, `$1${REDACTED}`)
}

/** Shorter texts are found everywhere. */
const SHORTEST_SECRET = 8

/** The secrets that a body's text holds. */
export function secretsIn(text: string): string[] {
  return [...text.matchAll(IN_JSON)]
    .map(([match, key = '']) => match.slice(key.length).replaceAll('"', ''))
    .filter((secret) => secret.length >= SHORTEST_SECRET)
}

/** Headers as texts, with the secret ones covered. */
export function redactedHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>
): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value = '']) => [
    name,
    SECRET_HEADERS.has(name) ? REDACTED : [value].flat().join(', ')
  ])
  return Object.fromEntries(entries) as Record<string, string>
}
