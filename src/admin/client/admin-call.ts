import type { JsonValue } from '../../json.js'

/** A call of the admin API. */
export interface AdminCall {
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  /** Path and query, with the sandbox. */
  path: string
  body?: unknown
}

export interface AdminReply {
  status: number
  body: JsonValue
}
