/** An example of the document as a case: what it prints is compared letter for letter, the order of the keys included. */
import type { Test } from 'tap'
import { isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import { TOKEN } from '../harness/calls.js'
import type { Case } from '../harness/case.js'
import { DEMO, type Call } from '../harness/emulator-under-test.js'
import type { Example, Kind } from './document.cases.js'

export function caseOf({ title, given = [], method, url, body, status, ...print }: Example): Case {
  const names = { AUTH_TOKEN: TOKEN, ACCOUNT_ID: DEMO, SERVER: 'api.oneuc.com', ...print.placeholders }
  const answer = JSON.parse(filled(JSON.stringify(print.answer), names)) as JsonObject
  const when: Call = { method, url: pathOf(url, names) }
  // Only the search prints an empty token, and its curl line sends none.
  if (answer.auth_token !== '') when.token = TOKEN
  if (body !== undefined) when.body = filled(JSON.stringify(body), names)
  const holds = (t: Test, got: JsonObject) => {
    compare(t, got, answer, print)
  }
  return { title, given, when, expect: { status, holds } }
}

function compare(t: Test, body: JsonObject, answer: JsonObject, { differs, adds = [] }: Print): void {
  const got = structuredClone(body)
  for (const pointer of adds) t.ok(remove(got, pointer), `the answer adds ${pointer}`)
  for (const [pattern, kind] of Object.entries(differs)) unify(t, got, answer, pattern, kind)
  t.equal(JSON.stringify(got, null, 4), JSON.stringify(answer, null, 4), 'the answer is the print')
}

type Print = Pick<Example, 'differs' | 'adds'>

/** A text with the placeholders that have a name here filled in. */
function filled(text: string, names: Readonly<Record<string, string>>): string {
  return Object.entries(names).reduce((rest, [name, value]) => rest.replaceAll(`{${name}}`, value), text)
}

/** The path and query of a printed URL; its placeholders are URL-encoded, as the document asks. */
function pathOf(url: string, names: Readonly<Record<string, string>>): string {
  const encoded = Object.fromEntries(Object.entries(names).map(([name, value]) => [name, encodeURIComponent(value)]))
  const { pathname, search } = new URL(filled(url, encoded))
  return pathname + search
}

/** Takes the key at a pointer away. Returns whether it was there. */
function remove(body: JsonObject, pointer: string): boolean {
  const steps = pointer.split('/').slice(1)
  const key = steps.pop() ?? ''
  const parent = steps.reduce<JsonValue | undefined>((value, step) => (isObject(value) ? value[step] : undefined), body)
  if (!isObject(parent) || !Object.hasOwn(parent, key)) return false
  return Reflect.deleteProperty(parent, key)
}

/** Puts the printed values at the places of a pattern into the answer, where the answer's are of the right kind. */
function unify(t: Test, got: JsonObject, print: JsonObject, pattern: string, kind: Kind): void {
  const places = placesOf(print, pattern.split('/').slice(1))
  t.ok(places.length > 0, `${pattern} is somewhere in the print`)
  for (const steps of places) {
    const key = steps.at(-1) ?? ''
    const [parent, printed] = [got, print].map((body) => steps.slice(0, -1).reduce<JsonValue | undefined>(step, body))
    const value = step(parent, key)
    if (value === undefined || !kind(value)) t.fail(`/${steps.join('/')} is ${JSON.stringify(value)}`)
    else put(parent, key, step(printed, key))
  }
}

function step(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (Array.isArray(value)) return value[Number(key)]
  return isObject(value) ? value[key] : undefined
}

function put(parent: JsonValue | undefined, key: string, value: JsonValue | undefined): void {
  if (value === undefined) return
  if (Array.isArray(parent)) parent[Number(key)] = value
  else if (isObject(parent)) parent[key] = value
}

/** Every place of a value that a pattern names. */
function placesOf(value: JsonValue | undefined, [head, ...tail]: readonly string[]): string[][] {
  if (head === undefined) return value === undefined ? [] : [[]]
  const keys = head === '*' ? Object.keys(isObject(value) || Array.isArray(value) ? value : {}) : [head]
  return keys.flatMap((key) => placesOf(step(value, key), tail).map((rest) => [key, ...rest]))
}
