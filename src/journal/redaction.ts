/** The text in the place of a secret. */
export const REDACTED = '[redacted]'

/** Keys of bodies and queries, and names of headers, whose values are secret. */
const SECRET_KEYS = ['auth_token', 'api_key', 'credentials', 'password', 'admin_token']
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'x-auth-token',
  ...SECRET_KEYS
])

const IN_QUERY = new RegExp(`([?&](?:${SECRET_KEYS.join('|')})=)[^&#]*`, 'gi')
/** Matches a key with its text or bare value, also where the JSON around it is broken or cut. */
const IN_JSON = new RegExp(`("(?:${SECRET_KEYS.join('|')})"\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"?|[^",{}[\\]\\s]+)`, 'gi')
/** Matches the same in a form: `auth_token=…`. */
const IN_FORM = new RegExp(`((?:^|&)(?:${SECRET_KEYS.join('|')})=)[^&]*`, 'gi')

/** Redacts the secrets in the query of a URL. */
export function redactUrl(url: string): string {
  return url.replace(IN_QUERY, `$1${REDACTED}`)
}

/** Redacts the secrets of a body. The rest of it stays as it was sent, also where it is not JSON. */
export function redactBody(text: string): string {
  return text.replace(IN_JSON, `$1"${REDACTED}"`).replace(IN_FORM, `$1${REDACTED}`)
}

/** The shortest secret that is looked for: shorter texts occur everywhere. */
const MIN_SECRET_LENGTH = 8

/** Lists the secrets in a body. */
export function secretsIn(text: string): string[] {
  return [...text.matchAll(IN_JSON)]
    .map(([match, key = '']) => match.slice(key.length).replaceAll('"', ''))
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
}

/** Joins the values of each header, and redacts the secret headers. */
export function redactHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>
): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value = '']) => [
    name,
    SECRET_HEADERS.has(name) ? REDACTED : [value].flat().join(', ')
  ])
  return Object.fromEntries(entries) as Record<string, string>
}
