import { decodeJsonString, isJson, jsonTokens, type JsonToken } from '../text/json-tokens.js'
import { decodePart, queryOf } from '../text/url.js'

/** The text in the place of a secret. */
export const REDACTED = '[redacted]'

/** Matches the names of keys, headers and fields that hold secrets: letters in lower case, without what joins or numbers them. */
const SECRET_NAME =
  /(?:tokens?|(?:api|access|private|secret)keys?|passw(?:or)?ds?|passphrase|secrets?|authorization|credentials?|cookies?|sessionids?)$|^(?:auth|bearer|jwt|pwd)$/

/** Tells whether a name, as it was decoded, is that of a secret: `auth_token`, `X-Api-Key`, `clientSecret`, `tokens[0]`. */
function isSecret(name: string): boolean {
  return SECRET_NAME.test(name.toLowerCase().replace(/[^a-z]/g, ''))
}

/** Matches what stands in the place of a token that is missing: nothing, or the word that JavaScript writes for it. */
const MISSING = /^(?:(?:Bearer )?undefined)?$/i

/** Tells whether a token or another secret is missing. The text in its place is shown: a developer sees the fault there. */
export function isMissing(secret: string): boolean {
  return MISSING.test(secret)
}

function redact(secret: string): string {
  return isMissing(secret) ? secret : REDACTED
}

/** Redacts the secrets in the query of a URL, and the user of an absolute one. The rest of it stays as it was sent. */
export function redactUrl(url: string): string {
  const start = url.indexOf('?')
  if (start < 0) return redactUser(url)
  return redactUser(url.slice(0, start)) + '?' + redactPairs(url.slice(start + 1))
}

function redactUser(address: string): string {
  return address.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/]*@/i, `$1${REDACTED}@`)
}

/**
 * Redacts the secrets of a body. The rest of it stays as it was sent. A body that is not JSON, or is cut, is searched for names of
 * secrets in every form in which clients write fields.
 */
export function redactBody(text: string): string {
  if (looksLikeJson(text)) return isJson(text) ? redactJson(text) : redactLines(redactJson(text))
  return redactLines(redactParts(redactPairs(redactJson(text))))
}

/** The most secrets that are looked for: so many are only in a body that is made for it. */
const MAX_SECRETS = 100

/** The shortest secret that is looked for: shorter texts occur everywhere. */
const MIN_SECRET_LENGTH = 8

/** Redacts a response: a failure repeats what was sent, so a secret of the request is one in the response too. */
export function redactResponse(response: string, url: string, requestBody: string): string {
  const secrets = secretsIn(url, requestBody)
  if (secrets.length > MAX_SECRETS) return REDACTED
  return secrets.reduce((text, secret) => text.replaceAll(encodeText(secret), REDACTED), redactBody(response))
}

/** Writes a text as it stands between the quotes of JSON. */
function encodeText(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** Lists the secrets in the query of a URL and in a body, the longest first: one can begin with another. */
function secretsIn(url: string, body: string): string[] {
  const found = new Set<string>()
  const add = (secret: string) => (isMissing(secret) ? found : found.add(secret))
  redactPairs(queryOf(url), add)
  redactJson(body, add)
  return [...found].filter(({ length }) => length >= MIN_SECRET_LENGTH).sort((one, other) => other.length - one.length)
}

/** Joins the values of each header, and redacts the secret headers, and the queries of URLs in others (`Referer`). */
export function redactHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>
): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value = '']) => {
    const text = [value].flat().join(', ')
    return [name, isSecret(name) ? redact(text) : redactUrl(text)]
  })
  return Object.fromEntries(entries) as Record<string, string>
}

function looksLikeJson(text: string): boolean {
  return /^\s*[{["]/.test(text)
}

type OnSecret = (secret: string) => unknown

const ignoreSecret: OnSecret = () => undefined

/** Replaces the value of each secret key, a list or an object as a whole. `onSecret` hears of the texts in those values. */
function redactJson(text: string, onSecret = ignoreSecret): string {
  const isQuoted = !looksLikeJson(text)
  const kept: string[] = []
  let [from, key] = [0, '']
  let value: SecretValue | undefined
  const replace = (start: number, end: number, by: string) => {
    kept.push(text.slice(from, start), by)
    from = end
  }
  const replaceValue = () => {
    if (value?.isShown === false) replace(value.start, value.end, `"${REDACTED}"`)
    value = undefined
  }
  for (const token of jsonTokens(text)) {
    if (value?.add(token) === true) continue
    replaceValue()
    if (token.text === ':' && isSecret(decodeKey(key, isQuoted))) value = new SecretValue(onSecret)
    const inner = redactQuoted(token.text, onSecret)
    if (inner !== undefined) replace(token.start, token.end, inner)
    key = token.text
  }
  replaceValue()
  return kept.join('') + text.slice(from)
}

/** The value of a secret key while its tokens come. Outside of JSON it may have several. */
class SecretValue {
  readonly #onSecret: OnSecret
  #depth = 0
  #size = 0
  /** Whether nothing of it has to be redacted: no token has come, or one that stands for a missing secret. */
  isShown = true
  start = 0
  end = 0

  constructor(onSecret: OnSecret) {
    this.#onSecret = onSecret
  }

  /** Adds a token. Returns whether it belongs to the value: what parts or ends the values around it does not. */
  add({ text, start, end }: JsonToken): boolean {
    if (this.#depth === 0 && /^[,}\]]$/.test(text)) return false
    if (text === '{' || text === '[') this.#depth++
    if (text === '}' || text === ']') this.#depth--
    const secret = decodeJsonString(text)
    if (this.#size === 0) this.start = start
    if (this.#size > 0 || !isMissing(secret)) this.isShown = false
    if (!this.isShown) this.#onSecret(secret)
    this.#size++
    this.end = end
    return true
  }
}

/** Redacts JSON within a string of JSON, as a client sends that encodes twice; undefined for any other token. */
function redactQuoted(token: string, onSecret: OnSecret): string | undefined {
  if (!/^"\s*[{[]/.test(token)) return undefined
  const inner = decodeJsonString(token)
  const redacted = redactJson(inner, onSecret)
  return redacted === inner ? undefined : JSON.stringify(redacted)
}

/** Decodes a key. One without the quotes of JSON is a key only where `isQuoted` does not demand them. */
function decodeKey(token: string, isQuoted: boolean): string {
  if (token.startsWith('"')) return decodeJsonString(token)
  return isQuoted ? '' : token.replaceAll("'", '')
}

/** Redacts the pairs of a query or a form whose decoded key is that of a secret. */
function redactPairs(text: string, onSecret = ignoreSecret): string {
  return text.replace(/[^&;#]+/g, (pair) => {
    const end = pair.indexOf('=')
    if (end < 0 || !isSecret(decodeQueryPart(pair.slice(0, end)))) return pair
    const value = decodeQueryPart(pair.slice(end + 1))
    if (isMissing(value)) return pair
    onSecret(value)
    return pair.slice(0, end + 1) + REDACTED
  })
}

function decodeQueryPart(part: string): string {
  return decodePart(part.replaceAll('+', ' '))
}

/** Redacts the parts of a multipart form (RFC 7578) that have the name of a secret, each up to the next boundary. */
function redactParts(text: string): string {
  let [isSecretPart, isInHead] = [false, false]
  const lines = text.split(/(?<=\n)/).map((line) => {
    if (line.startsWith('--')) isSecretPart = false
    if (isSecretPart && !isInHead) return isMissing(line.trim()) ? line : `${REDACTED}\n`
    if (/^content-disposition:/i.test(line)) {
      const [, name = ''] = /\bname="?([^"\r\n;]+)/i.exec(line) ?? []
      isSecretPart = isSecret(name)
      isInHead = true
    }
    if (line.trim() === '') isInHead = false
    return line
  })
  return lines.join('')
}

/** Redacts what a line has after the first name of a secret, to its end: `Cookie: a=b`, `<auth_token>…`. */
function redactLines(text: string): string {
  return text.replace(/[^\r\n]+/g, redactLine)
}

function redactLine(line: string): string {
  for (const { 0: found, 1: name = '', index } of line.matchAll(/(?<![\w-])([\w-]+)["']?\s*[:=>]\s*/g)) {
    const end = index + found.length
    const rest = isSecret(name) ? line.slice(end) : REDACTED
    if (!/^"?\[redacted\]/.test(rest)) return line.slice(0, end) + redact(rest)
  }
  return line
}
