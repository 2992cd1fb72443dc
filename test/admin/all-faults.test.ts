/** Everything that is wrong with a call is said at once: what its schema does not allow, and what the schema cannot say. */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { isObject, type JsonObject, type JsonValue } from '../../src/json.js'
import { adminClient, AdminError, createEmulator } from '../../src/library.js'
import { adminFor, rows, text, type Admin } from './admin-under-test.js'
import { CALLS, COUNT, PUT_STATE, TOLD, type Breakable } from './all-faults.cases.js'

/** Puts values into a copy of a body. */
function broken(body: Breakable['right'], wrong: Breakable['wrong']): JsonObject {
  const copy = JSON.parse(JSON.stringify(body)) as JsonObject
  for (const [pointer, value] of wrong) {
    const names = pointer.split('/').map((name) => name.replaceAll('~1', '/'))
    const place = names.slice(1, -1).reduce((inside, name) => inside[name] as JsonObject, copy)
    place[String(names.at(-1))] = value
  }
  return copy
}

/** The same body with the fields of each object the other way round. */
function reversed(body: JsonValue): JsonValue {
  if (Array.isArray(body)) return body.map(reversed)
  if (!isObject(body)) return body
  return Object.fromEntries(
    Object.entries(body)
      .reverse()
      .map(([name, value]) => [name, reversed(value)])
  )
}

/** The pointers of everything that is wrong with a call; its status where it is right. */
async function refusedPlaces({ admin }: Admin, [method, path]: Breakable['call'], body?: unknown): Promise<unknown> {
  const { status, body: answer } = await admin(method, path, body)
  if (status !== 400) return status
  return (answer.problems === undefined ? [answer] : rows(answer.problems)).map(({ at }) => text(at))
}

const placesOf = (wrong: Breakable['wrong']) => wrong.map(([pointer]) => pointer).sort()

t.test(
  'Whatever places of a right body I break, I am told exactly these, in whatever order I write the body',
  async (t) => {
    const it = await adminFor(t)
    for (const { call, right, wrong } of CALLS) {
      const title = `${call.join(' ')} ${Object.keys(right).join(', ')}`
      t.type(await refusedPlaces(it, call, right), 'number', `${title}: it is right`)
      const isTold = async (some: Breakable['wrong']) => {
        const body = broken(right, some)
        const [found, again] = [await refusedPlaces(it, call, body), await refusedPlaces(it, call, reversed(body))]
        return isDeepStrictEqual(found, again) && isDeepStrictEqual([found].flat().sort(), placesOf(some))
      }
      await fc.assert(fc.asyncProperty(fc.subarray([...wrong], { minLength: 1 }), isTold), { numRuns: 20, seed: 1 })
      t.ok(await isTold(wrong), `${title}: all of them`)
    }
  }
)

t.test('The error of my client has all of them, too', async (t) => {
  await using emulator = await createEmulator()
  for (const { call, right, wrong, act } of CALLS) {
    if (act === undefined) continue
    for (const admin of [emulator, adminClient(emulator.url)]) {
      const error: unknown = await act(admin, broken(right, wrong) as never).catch((reason: unknown) => reason)
      t.ok(error instanceof AdminError, call.join(' '))
      if (!(error instanceof AdminError)) continue
      t.strictSame(error.problems.map(({ at }) => at).sort(), placesOf(wrong), call.join(' '))
      t.equal(error.message.split('\n').length, wrong.length)
    }
  }
})

t.test('One mistake does not look like two, and two do not look like one', async (t) => {
  const it = await adminFor(t)
  for (const [title, [call, body, pointers]] of Object.entries(TOLD)) {
    t.strictSame(await refusedPlaces(it, call, body), pointers, title)
  }
})

t.test('A document with thousands of faults is answered with the first', async (t) => {
  const it = await adminFor(t)
  const numbers = Array.from({ length: 3_000 }, () => 0)
  for (const [call, body, at] of [
    [PUT_STATE, { numbers, offers: numbers }, '/numbers'],
    [['POST', '/numbers'], numbers, ''],
    [COUNT, { bodyPatterns: numbers }, '/bodyPatterns']
  ] as const) {
    const expected = numbers.slice(0, 50).map((_, i) => `${at}/${i}`)
    t.strictSame(await refusedPlaces(it, call, body), expected, call.join(' '))
  }
})
