/** The requests that the rows send. */

/** The demo account of the fixtures. */
export const ACCOUNT = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'
const TOKEN = 'bench'

export interface Call {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  path: string
}

const NUMBERS = `/v2/accounts/${ACCOUNT}/phone_numbers`

export const search = (prefix: string, quantity: number, offset = 0): Call => ({
  method: 'GET',
  path: `/v2/phone_numbers?prefix=${prefix}&quantity=${quantity}&offset=${offset}`
})
export const read = (e164: string): Call => ({ method: 'GET', path: `${NUMBERS}/${encodeURIComponent(e164)}` })
export const list = (pageSize: number): Call => ({ method: 'GET', path: `${NUMBERS}?page_size=${pageSize}` })
export const buy = (e164: string): Call => ({ method: 'PUT', path: `${read(e164).path}/activate` })
export const remove = (e164: string): Call => ({ method: 'DELETE', path: read(e164).path })
export const reset = (): Call => ({ method: 'POST', path: '/__admin/reset' })

/** A call as it goes over the wire. */
export function textOf({ method, path }: Call): string {
  return `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-auth-token: ${TOKEN}\r\n\r\n`
}

export interface Answer {
  status: number
  headers: Record<string, string>
  text: string
}

/** Sends one call, outside of what is measured. */
export async function send(port: number, { method, path }: Call): Promise<Answer> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { 'x-auth-token': TOKEN } })
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
}

/** Sends one call that must succeed, and reads the `data` of its answer. */
export async function dataOf(port: number, call: Call): Promise<unknown> {
  const { status, text } = await send(port, call)
  if (status >= 300) throw new Error(`${call.method} ${call.path} answered ${status}: ${text}`)
  return (JSON.parse(text) as { data: unknown }).data
}

/** The first `count` numbers that a search with `prefix` offers; searching is what makes them buyable. */
export async function offered(port: number, prefix: string, count: number): Promise<string[]> {
  const PAGE = 500
  const found: string[] = []
  for (let page = 0; found.length < count; page++) {
    const records = (await dataOf(port, search(prefix, PAGE, page))) as { number: string }[]
    found.push(...records.map(({ number }) => number))
  }
  return found.slice(0, count)
}
