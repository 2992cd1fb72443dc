/** What the tests of the proxy send, and what their services answer. */
import { once } from 'node:events'
import { request, type IncomingMessage, type ServerResponse } from 'node:http'
import { DEMO } from '../harness/emulator-under-test.js'

export const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`

/** A purchase, which no setting allows by default. */
export const BUY = { method: 'PUT', path: `${NUMBERS}/%2B14155550100/activate`, body: '{"data":{}}' }

export const SEARCH = '/v2/phone_numbers?prefix=415'

interface Reply {
  status: number
  message: string | undefined
  headers: IncomingMessage['headers']
  bytes: Buffer
}

export interface Sent {
  method?: string
  path?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

/** Sends a request as it is: the path is not tidied up, and the answer is not decoded. */
export async function send(
  base: string,
  { method = 'GET', path = SEARCH, headers = {}, body }: Sent = {}
): Promise<Reply> {
  const { hostname, port } = new URL(base)
  const outgoing = request({ hostname, port, path, method, headers, agent: false })
  outgoing.end(body)
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  const bytes = Buffer.concat((await response.toArray()) as Buffer[])
  return {
    status: Number(response.statusCode),
    message: messageOf(bytes),
    headers: response.headers,
    bytes
  }
}

function messageOf(bytes: Buffer): string | undefined {
  try {
    const { data } = JSON.parse(bytes.toString()) as { data?: { message?: string; cause?: string } }
    return data?.cause ?? data?.message
  } catch {
    return undefined
  }
}

export const FOUND = JSON.stringify({ data: [], request_id: '1', status: 'success', auth_token: 'a-secret-of-mine' })

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

export function answering(status: number, headers: Record<string, string>, bytes: Buffer): Answer {
  return (_, response) => {
    response.writeHead(status, headers).end(bytes)
  }
}

export const JSON_TYPE = { 'content-type': 'application/json' }
