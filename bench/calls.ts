/** The demo account of the fixtures. */
export const ACCOUNT = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'
const TOKEN = 'bench'
const NUMBERS = `/v2/accounts/${ACCOUNT}/phone_numbers`

/** A request of the API or of the admin API, and the status that answers it. */
export interface Call {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  path: string
  body?: string
  status: number
}

/** Calls that must be sent in this order. */
export type Story = readonly Call[]

const numberPath = (e164: string) => `${NUMBERS}/${encodeURIComponent(e164)}`

export const search = (prefix: string, quantity: number, page: number): Call => ({
  method: 'GET',
  path: `/v2/phone_numbers?prefix=${prefix}&quantity=${quantity}&offset=${page}`,
  status: 200
})
export const list = (pageSize: number): Call => ({
  method: 'GET',
  path: `${NUMBERS}?page_size=${pageSize}`,
  status: 200
})
export const read = (e164: string): Call => ({ method: 'GET', path: numberPath(e164), status: 200 })
export const buy = (e164: string): Call => ({ method: 'PUT', path: `${numberPath(e164)}/activate`, status: 201 })
export const remove = (e164: string): Call => ({ method: 'DELETE', path: numberPath(e164), status: 200 })
/** Sets a field of the user's own, which the API keeps with the number. */
export const change = (e164: string, room: string): Call => ({
  method: 'POST',
  path: numberPath(e164),
  body: JSON.stringify({ data: { room } }),
  status: 200
})
export const health: Call = { method: 'GET', path: '/__admin/health', status: 200 }
export const reset: Call = { method: 'POST', path: '/__admin/reset', status: 200 }
/** Puts numbers into the emulator past the rules of the API. */
export const putNumbers = (numbers: readonly object[]): Call => ({
  method: 'POST',
  path: '/__admin/numbers',
  body: JSON.stringify(numbers),
  status: 201
})
export const inSandbox = (name: string, call: Call): Call => ({ ...call, path: `/sandboxes/${name}${call.path}` })

function headersOf({ body }: Call): Record<string, string> {
  return { 'x-auth-token': TOKEN, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
}

/** Writes a call as HTTP/1.1. */
export function requestText(call: Call): string {
  const { method, path, body = '' } = call
  const headers = Object.entries({ ...headersOf(call), ...(body === '' ? {} : { 'content-length': body.length }) })
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...headers.map(([name, value]) => `${name}: ${value}`)
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

/** Sends a call outside of the measured load. Throws if another status answers it. */
export async function send(port: number, call: Call): Promise<{ headers: Headers; text: string }> {
  const { method, path, body, status } = call
  const init = { method, headers: headersOf(call), ...(body === undefined ? {} : { body }) }
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
  const text = await response.text()
  if (response.status !== status) throw new Error(`${method} ${path}: ${response.status} instead of ${status}: ${text}`)
  return { headers: response.headers, text }
}

/** Sends a call and reads the `data` of its envelope. */
export async function dataOf(port: number, call: Call): Promise<unknown> {
  const { text } = await send(port, call)
  return (JSON.parse(text) as { data: unknown }).data
}
