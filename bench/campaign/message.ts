/** A request, as it goes over the wire. */
export interface Message {
  method: string
  target: string
  headers: readonly (readonly [name: string, value: string])[]
  body?: Buffer | undefined
}

/** The headers of a request that carries a JSON body and a token. */
export const JSON_HEADERS = [
  ['host', '127.0.0.1'],
  ['x-auth-token', 'demo-token'],
  ['content-type', 'application/json']
] as const

export const jsonMessage = (method: string, target: string, body?: unknown): Message => ({
  method,
  target,
  headers: JSON_HEADERS,
  body: body === undefined ? undefined : Buffer.from(JSON.stringify(body))
})

/** Writes a message as HTTP/1.1. A header that is Latin-1 stays so. */
export function bytesOf({ method, target, headers, body }: Message): Buffer {
  const length = body === undefined ? [] : [['content-length', String(body.length)] as const]
  const lines = [...headers, ...length].map(([name, value]) => `${name}: ${value}\r\n`)
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1')
  return body === undefined ? head : Buffer.concat([head, body])
}
