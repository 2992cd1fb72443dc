import type { IncomingHttpHeaders } from 'node:http'
import type { Sender } from '../journal/journal-entry.js'
import { isAcceptable } from '../api/access.js'
import { SANDBOX_HEADER } from '../api/sandbox-choice.js'

/** The headers of a request that ask for nothing but the usual answer. */
export class PlainHead {
  readonly headers: IncomingHttpHeaders
  readonly #ip: string
  #sender: Sender | undefined
  #within: { sandbox: string; head: PlainHead } | undefined

  constructor(headers: IncomingHttpHeaders, ip: string) {
    this.headers = headers
    this.#ip = ip
  }

  get sender(): Sender {
    return (this.#sender ??= { ip: this.#ip, headers: JSON.stringify(this.headers) })
  }

  /** The head with a sandbox that the path names: it says more than a header. The last one is remembered. */
  within(sandbox: string): PlainHead {
    if (this.#within?.sandbox !== sandbox) {
      this.#within = { sandbox, head: new PlainHead({ ...this.headers, [SANDBOX_HEADER]: sandbox }, this.#ip) }
    }
    return this.#within.head
  }
}

/** Headers that can change an answer, with the values under which they do not. A request with any other is not plain. */
const TELLING = new Map<string, (value: unknown) => boolean>([
  ['accept', (value) => isAcceptable(String(value))],
  ['access-control-request-headers', never],
  ['access-control-request-method', never],
  ['authorization', never],
  ['content-length', (value) => value === '0'],
  ['expect', never],
  ['origin', never],
  ['prefer', never],
  ['transfer-encoding', never],
  ['upgrade', never],
  ['x-pretty-print', never]
])

/** The head that these headers of the client at `ip` are; undefined where it is not plain. */
export function plainHead(headers: IncomingHttpHeaders, ip: string): PlainHead | undefined {
  for (const name in headers) if (TELLING.get(name)?.(headers[name]) === false) return undefined
  return new PlainHead(headers, ip)
}

function never(): boolean {
  return false
}
