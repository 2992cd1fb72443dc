import type { Operation, Parameter } from './descriptions.js'
import { parseObject } from './judge.js'
import type { Message } from './message.js'
import type { Random } from './random.js'
import { damage, encodeText, hostileValue, HOSTILE_TEXTS, textOf, valueFor, writeJson } from './values.js'

const ACCOUNTS = [
  'd0c0ffeed0c0ffeed0c0ffeed0c0ffee',
  'd0c0ffeed0c0ffeed0c0ffeed0c0ffee',
  '95a764139933c2d583a5d299729b8f55',
  'e141cfcb50659f27f911ce400088f83d',
  'ffffffffffffffffffffffffffffffff',
  'short'
] as const
const TOKENS = ['demo-token', 'demo-token', 'stranger-token', 'any', ''] as const
const STATES = ['in_service', 'reserved', 'available', 'aging', 'port_in', 'released', 'deleted', 'nearly'] as const
const OPERATIONS = ['search', 'activate', 'buy', 'list', 'read', 'update', 'e911', 'remove', 'none'] as const

/** What a lane knows, and the requests that it makes of that. Each lane has a sandbox of its own, so that no lane disturbs another. */
export class Lane {
  readonly #name: string
  readonly #random: Random
  #numbers: string[] = []
  state: unknown = {}

  constructor(name: string, random: Random) {
    this.#name = name
    this.#random = random
  }

  at(path: string): string {
    return `/sandboxes/${this.#name}${path}`
  }

  /** Remembers the numbers that a search has found. */
  learn(text: string): void {
    const data = parseObject(text)?.data
    if (!Array.isArray(data)) return
    const found = data.map((one: { number?: unknown }) => one.number).filter((one) => typeof one === 'string')
    this.#numbers = [...found, ...this.#numbers].slice(0, 60)
  }

  messageFor(operation: Operation): Message {
    const random = this.#random
    const { method } = operation
    const mood = { hostileOnceIn: random.pick([4, 20, 1000]) }
    const known = (name: string) => this.#known(name)
    const value = ({ name, schema, example }: Parameter): string => {
      if (random.once(mood.hostileOnceIn)) return textOf(hostileValue(random))
      const drawn = random.once(3) && example !== undefined ? example : valueFor(schema, name, random, mood, known)
      return textOf(drawn)
    }
    let path = operation.path
    const query: string[] = []
    const headers: [string, string][] = [
      ['host', '127.0.0.1'],
      ['x-auth-token', random.pick(TOKENS)]
    ]
    for (const parameter of operation.parameters) {
      const { name } = parameter
      if (parameter.in === 'path')
        path = path.replaceAll(`{${name}}`, this.#inPath(this.#known(name) ?? value(parameter)))
      else if (parameter.in === 'query' && !random.once(3)) query.push(`${name}=${this.#inQuery(value(parameter))}`)
      else if (parameter.in === 'header' && random.once(20)) headers.push([name, inHeader(value(parameter))])
    }
    if (random.once(15))
      query.push(`${encodeText(random.pick(HOSTILE_TEXTS))}=${encodeText(random.pick(HOSTILE_TEXTS))}`)
    if (operation.form === 'api') this.#decorate(headers, query)
    const body = this.#bodyFor(operation, known)
    if (body !== undefined && !random.once(12)) headers.push(['content-type', this.#contentType()])
    const target = this.at(path) + (query.length === 0 ? '' : `?${query.join('&')}`)
    return {
      method: random.once(60) ? random.pick(['HEAD', 'OPTIONS', 'PATCH', 'POST', 'DELETE', 'BREW']) : method,
      target,
      headers,
      body
    }
  }

  #known(name: string): string | undefined {
    const random = this.#random
    switch (name) {
      case 'account_id':
      case 'account':
      case 'assigned_to':
        return random.pick(ACCOUNTS)
      case 'phone_number':
      case 'number':
      case 'numbers':
      case 'start_key':
      case 'e164':
        return random.maybe(this.#numbers) ?? '+14152338397'
      case 'prefix':
        return random.pick(['415', '+1499', '21255', '8', '+4420'])
      case 'state':
      case 'create_with_state':
      case 'filter_state':
        return random.pick(STATES)
      case 'operation':
        return random.pick(OPERATIONS)
      case 'street_address':
        return random.pick(['116 NATOMA ST', '911 INVALID TEST ST', '911 MULTIPLE 3 TEST ST', '5 Avenue B'])
      case 'postal_code':
        return '94105'
      case 'region':
        return 'CA'
      case 'locality':
        return 'SAN FRANCISCO'
      case 'name':
        return random.pick([this.#name, `${this.#name}.other`, 'one', 'two'])
      case 'format':
        return random.pick(['json', 'text', 'html', 'junit', 'markdown', 'har', 'curl', 'nearly'])
      case 'now':
        return '2031-05-06T07:08:09Z'
      default:
        return undefined
    }
  }

  #inPath(text: string): string {
    return this.#random.once(25)
      ? this.#random.pick(['%', '%zz', '%2F', '%00', '..%2f..', '%25', '+', '%ff'])
      : encodeText(text)
  }

  #inQuery(text: string): string {
    return this.#random.once(25) ? text.replace(/[^!$-~]/g, '+') : encodeText(text)
  }

  #contentType(): string {
    return this.#random.once(8)
      ? this.#random.pick([
          'text/plain',
          'application/x-www-form-urlencoded',
          'application/json; charset=latin1',
          'multipart/form-data',
          ';',
          'é'
        ])
      : 'application/json'
  }

  /** Adds what any client may send with any call. */
  #decorate(headers: [string, string][], query: string[]): void {
    const random = this.#random
    if (random.once(25)) {
      headers.push([
        'prefer',
        random.pick(['code=503', 'example=carrier_fault', 'delay=5', 'code=999', 'x=;=,', 'example=', 'code=200'])
      ])
    }
    if (random.once(40)) headers.push(['x-request-id', random.pick(['mine', 'y'.repeat(300), 'é', '', '"}{'])])
    if (random.once(40))
      headers.push(['accept', random.pick(['text/csv', '*/*', 'application/xml', ';q=', 'application/json;q=0'])])
    if (random.once(40)) headers.push(['x-http-method-override', random.pick(['DELETE', 'PUT', 'CONNECT', 'é', ''])])
    if (random.once(40))
      headers.push(['origin', random.pick(['http://localhost', 'null', 'https://evil.example', '\u00e9'])])
    if (random.once(40)) headers.push(['if-none-match', random.pick(['*', '"x"', 'W/'])])
    if (random.once(60)) query.push('pretty_print=true')
    if (random.once(60)) query.push('auth_token=demo-token')
  }

  #bodyFor({ body, example, path }: Operation, known: (name: string) => string | undefined): Buffer | undefined {
    const random = this.#random
    if (body === undefined && !random.once(30)) return undefined
    const value = random.weighted<() => unknown>([
      [5, () => valueFor(body ?? {}, '', random, { hostileOnceIn: random.pick([5, 30, 1000]) }, known)],
      [3, () => damage(example ?? this.#documentFor(path), random)],
      [1, () => hostileValue(random)]
    ])()
    const text = writeJson(value) as string | undefined
    return Buffer.from(this.#mangle(text ?? ''))
  }

  /** A document for the calls whose description leaves the body open. */
  #documentFor(path: string): unknown {
    const { numbers = [] } = this.state as { numbers?: unknown }
    return path.endsWith('/numbers') ? numbers : this.state
  }

  #mangle(text: string): Buffer {
    const random = this.#random
    const bytes = Buffer.from(text)
    if (!random.once(20)) return bytes
    return random.weighted<() => Buffer>([
      [3, () => bytes.subarray(0, random.below(bytes.length + 1))],
      [1, () => Buffer.concat([Buffer.from('\ufeff'), bytes])],
      [1, () => Buffer.from(text, 'latin1')],
      [1, () => Buffer.from(text, 'utf16le')],
      [1, () => Buffer.concat([bytes, Buffer.from(' x')])],
      [1, () => Buffer.concat([bytes, Buffer.from([0xff, 0xfe, 0x00])])],
      [1, () => Buffer.alloc(random.below(200), 0x20)]
    ])()
  }
}

/** Makes a value that one header line can carry. */
function inHeader(text: string): string {
  return text.replace(/[\0\r\n]/g, ' ').slice(0, 4000)
}
