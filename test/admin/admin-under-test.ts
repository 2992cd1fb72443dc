import { connect } from 'node:net'
import type { Test } from 'tap'
import { isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import type { Settings } from '../../src/settings.js'
import { type Call, DEMO, emulatorFor, type Reply, type Subject } from '../harness/emulator-under-test.js'

export const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`

/** An address that the fixtures' streets know only as a magic one, so that no street data is loaded. */
export const ADDRESS = {
  street_address: '911 PROVISIONED TEST ST',
  locality: 'SAN FRANCISCO',
  region: 'CA',
  postal_code: '94117'
}

/** An emulator with the calls that these tests make over and over. */
export interface Admin extends Subject {
  /** A call of the admin API. */
  admin: (method: Call['method'], path: string, body?: unknown) => Promise<Reply>
  /** A call of the API with the token of the demo account. */
  api: (method: Call['method'], path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>
}

/** Everything of one sandbox: the default one where none is named. */
export async function adminFor(t: Test, flags: Partial<Settings> = {}, sandbox = ''): Promise<Admin> {
  const subject = await emulatorFor(t, flags)
  return { ...subject, ...inSandbox(subject, sandbox) }
}

export function inSandbox({ call }: Subject, sandbox: string): Pick<Admin, 'admin' | 'api'> {
  const base = sandbox === '' ? '' : `/sandboxes/${sandbox}`
  return {
    admin: (method, path, body) => call({ method, url: `${base}/__admin${path}`, body }),
    api: (method, path, body, headers = {}) =>
      call({ method, url: base + path, token: 'demo-token', headers, ...(body === undefined ? {} : { body }) })
  }
}

/** Names a call in the tables of these tests: `delete_faults_id` for `DELETE /__admin/faults/{id}`. */
export function nameOf(method: string, path: string): string {
  const parts = path.replace('/__admin/', '').split('/')
  return [method, ...parts].map((part) => part.replaceAll(/\W/g, '')).join('_')
}

/** The value at a path of keys within an answer; undefined where there is none. */
export function at(value: JsonValue | undefined, ...path: readonly (string | number)[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((place, key) => {
    if (Array.isArray(place)) return place[Number(key)]
    return isObject(place) ? place[key] : undefined
  }, value)
}

/** A text within an answer. */
export function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** A list within an answer. */
export function rows(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** What a bare socket hears after it has sent a request, and how the connection ended. */
export interface Heard {
  text: string
  end: 'closed' | 'reset'
}

/** Listens on a free port; returns how to send a request over a socket of its own. */
export async function wireTo(subject: Subject): Promise<{ port: number; send: (request: string) => Promise<Heard> }> {
  const port = await subject.listen()
  return { port, send: (request) => overSocket(port, request) }
}

function overSocket(port: number, request: string): Promise<Heard> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    let end: Heard['end'] = 'closed'
    socket.on('data', (data) => (text += data.toString()))
    socket.on('error', () => (end = 'reset'))
    socket.on('close', () => {
      resolve({ text, end })
    })
    socket.write(`${request}\r\nhost: 127.0.0.1:${port}\r\nx-auth-token: demo-token\r\n\r\n`)
  })
}
