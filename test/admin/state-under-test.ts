import { type JsonObject } from '../../src/json.js'
import { DEMO, type Subject } from '../harness/emulator-under-test.js'

export const FIXTURE_NUMBER = '+14155234712'

/** Where a sandbox is called: the default one, and one by its path. */
export const PLACES = { 'the default sandbox': '', 'a named sandbox': '/sandboxes/mine' } as const

export async function exported({ call }: Subject, place = ''): Promise<string> {
  return (await call({ method: 'GET', url: `${place}/__admin/state` })).text
}

export function rows(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, i) => ({
    e164: `+1212555${String(i).padStart(4, '0')}`,
    state: 'in_service',
    owner: DEMO
  }))
}

export const TOKEN = 'demo-token'

export function account(letter: string, parent: string | null = null): JsonObject {
  return {
    id: letter.repeat(32),
    name: letter,
    realm: '',
    parent: parent === null ? null : parent.repeat(32),
    admin: false,
    additions: true,
    api_key: letter.repeat(64),
    user: letter,
    password: letter,
    token: `${letter}-token`
  }
}
