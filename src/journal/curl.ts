import type { RecordedRequest } from './recorded-request.js'
import { REDACTED } from './redaction.js'

/** Headers that curl sets by itself, from the URL and the body. */
const OWN_HEADERS = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'expect', 'keep-alive'])

/** What a shell puts in the place of a secret. */
const TOKEN_VARIABLE = '"$TOKEN"'

/**
 * Writes requests as lines for a POSIX shell, each with one call of curl to `origin`, such as `http://127.0.0.1:8000`. Secrets are
 * `$TOKEN`. A request that a line cannot repeat as it was is a comment that says why.
 */
export function toCurl(requests: readonly RecordedRequest[], origin: string): string {
  return requests.map((one) => `${curlLine(one, origin)}\n`).join('')
}

function curlLine({ id, request }: RecordedRequest, origin: string): string {
  const { method, url, headers, body, bodyCutBytes, bodyEncoding } = request
  if (bodyCutBytes !== undefined) return `# request ${id} is left out: ${bodyCutBytes} bytes of its body are not kept`
  const input = body === '' ? undefined : bodyOptions(body, bodyEncoding === 'latin1')
  return [
    ...(input?.pipe ?? []),
    'curl -sS --globoff --path-as-is',
    method === 'HEAD' ? '--head' : `-X ${quoteForShell(method)}`,
    ...targetOf(url, origin),
    ...headerOptions(headers, body !== '').map((header) => `-H ${quoteForShell(header)}`),
    ...(input?.options ?? [])
  ].join(' ')
}

/** curl drops what follows a # from a URL, and sends no target that is no path, unless it is told to. */
function targetOf(url: string, origin: string): string[] {
  return /^\/[^#]*$/.test(url)
    ? [quoteForShell(origin + url)]
    : [`--request-target ${quoteForShell(url)}`, quoteForShell(`${origin}/`)]
}

function headerOptions(headers: Readonly<Record<string, string>>, hasBody: boolean): string[] {
  const sent = Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name))
  return [
    ...sent.map(([name, value]) => headerLine(name, value)),
    // curl adds the type of a form to a body, and takes it away again for a header without a value.
    ...(hasBody && headers['content-type'] === undefined ? ['content-type:'] : [])
  ]
}

function headerLine(name: string, value: string): string {
  if (value === '') return `${name};`
  // Only the whole header is redacted; this is the scheme that the document shows for it.
  return name === 'authorization' && value === REDACTED ? `${name}: Bearer ${REDACTED}` : `${name}: ${value}`
}

/** Matches what a line cannot hold as it is. */
const UNPRINTABLE = /\p{Cc}/u

/** A body as an argument, or, where it has characters without a form in a line, as the output of `printf`. */
function bodyOptions(body: string, isLatin1: boolean): { pipe: string[]; options: string[] } {
  if (!isLatin1 && !UNPRINTABLE.test(body)) return { pipe: [], options: [`--data-raw ${quoteForShell(body)}`] }
  const secrets = body.split(REDACTED).length - 1
  const escaped = escapeBytes(Buffer.from(body, isLatin1 ? 'latin1' : 'utf8')).replaceAll(REDACTED, '%s')
  return {
    pipe: [`printf '${escaped}'${` ${TOKEN_VARIABLE}`.repeat(secrets)} |`],
    options: ['--data-binary @-']
  }
}

/** Writes bytes as a format of `printf` within single quotes. */
function escapeBytes(bytes: Buffer): string {
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte)
    if (character === '%') return '%%'
    return byte < 0x20 || byte > 0x7e || character === "'" || character === '\\'
      ? `\\${byte.toString(8).padStart(3, '0')}`
      : character
  }).join('')
}

/** Quotes a text for a shell; what was redacted is read from the environment. */
function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''").replaceAll(REDACTED, `'${TOKEN_VARIABLE}'`)}'`
}
