import t from 'tap'
import { isObject, sameJson, type JsonValue } from '../src/json.js'
import { packageRoot } from '../src/package.js'
import { readInstant } from '../src/text/instant.js'
import { findNearest, suggest } from '../src/text/nearest.js'

t.test('A name is suggested where it is near, else all are listed', async (t) => {
  const names = ['port', 'port-file', 'json', 'db', 'adminHosts']
  const cases: [given: string, expected: string | undefined][] = [
    ['prot', 'port'],
    ['portfile', 'port-file'],
    ['prt-fiel', 'port-file'],
    ['jsno', 'json'],
    ['PORT', 'port'],
    ['d', 'db'],
    ['port', 'port'],
    ['adminhost', 'adminHosts'],
    ['admnHst', undefined],
    ['admnHstt', 'adminHosts'],
    ['sandboxes', undefined],
    ['x', undefined],
    ['to', undefined],
    ['', undefined],
    ['a'.repeat(10_000_000), undefined]
  ]
  for (const [given, expected] of cases) t.equal(findNearest(given, names), expected, given.slice(0, 20))
  t.equal(suggest('prot', names), 'did you mean "port"?')
  t.equal(suggest('lunch', names), 'there are port, port-file, json, db, adminHosts')
  t.equal(
    suggest('prot', names, (name) => `--${name}`),
    'did you mean "--port"?'
  )
  t.equal(
    suggest('lunch', ['port', 'db'], (name) => `--${name}`),
    'there are --port, --db'
  )
})

t.test('A time is the same instant on every machine, or no time', async (t) => {
  const cases: [text: string, expected: number | undefined][] = [
    ['2024-01-31', 1_706_659_200_000],
    ['2024-01-31T12:00Z', 1_706_702_400_000],
    ['2024-01-31T13:00:00.5+01:00', 1_706_702_400_500],
    ['2024-01-31T12:00:00', undefined],
    ['2024-13-31', undefined],
    ['tomorrow 5', undefined]
  ]
  for (const [given, expected] of cases) t.equal(readInstant(given), expected, given)
})

t.test('JSON is the same in any order of its keys', async (t) => {
  const cases: [one: JsonValue | undefined, other: JsonValue | undefined, isSame: boolean][] = [
    [1, 1, true],
    [1, '1', false],
    [null, null, true],
    [null, undefined, false],
    [undefined, undefined, true],
    [{}, [], false],
    [[], {}, false],
    [{}, null, false],
    [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1, c: 2 }, false],
    [{ a: { b: 1 } }, { a: { b: 2 } }, false],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [{ toString: 1 }, { a: 1 }, false]
  ]
  for (const [one, other, isSame] of cases) {
    t.equal(sameJson(one, other), isSame, `${JSON.stringify(one)} and ${JSON.stringify(other)}`)
  }
  for (const value of [null, [], 'text', 5, undefined]) t.notOk(isObject(value), JSON.stringify(value))
  t.ok(isObject({}))
})

t.test('A program outside of its package names the file, and does not search for ever', async (t) => {
  t.throws(() => packageRoot('file:///nowhere/at/all/emulator.js'), {
    message: /^\/nowhere\/at\/all\/emulator\.js is no part of its package/
  })
})
