import t from 'tap'
import { isObject, parseJson, sameJson, type JsonValue } from '../src/json.js'
import { packageRoot } from '../src/package.js'
import { readInstant } from '../src/text/instant.js'
import { findNearest, suggest } from '../src/text/nearest.js'
import { describePattern, PATTERNS } from '../src/text/patterns.js'

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
    ['2024-02-29', 1_709_164_800_000],
    ['2023-02-29', undefined],
    ['2024-04-31T10:00:00+02:00', undefined],
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

/** Texts that are no JSON, and what is said about them. */
const JSON_FAULTS: [text: string, says: string][] = [
  ['', 'line 1, column 1: the text ends where a value should be'],
  ['{', 'line 1, column 2: the text ends where a key in double quotes, or } should be'],
  ['{"a":1,}', 'line 1, column 8: expected a key in double quotes, found }'],
  ['{"a" 1}', 'line 1, column 6: expected a colon, found 1'],
  ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: expected a comma or }, found "b"'],
  ['{\n  a: 1\n}', 'line 2, column 3: expected a key in double quotes, or }, found a'],
  ['[1 2]', 'line 1, column 4: expected a comma or ], found 2'],
  ['[1,]', 'line 1, column 4: expected a value, found ]'],
  ['[,]', 'line 1, column 2: expected a value or ], found ,'],
  ['[01]', 'line 1, column 2: expected a value or ], found 01'],
  ['[1}', 'line 1, column 3: expected a comma or ], found }'],
  ['{}\u00a0', 'between its parts stands a blank that JSON does not allow, such as a no-break space'],
  ['{} {}', 'line 1, column 4: expected nothing more, found {'],
  ["{'a': 1}", "line 1, column 2: expected a key in double quotes, or }, found 'a'"],
  ['["a\nb"]', 'line 1, column 2: the string "a\nb" does not end, or has a character that must be escaped'],
  [`[${'x'.repeat(50)}]`, `line 1, column 2: expected a value or ], found ${'x'.repeat(40)}…`]
]
for (const [text, says] of JSON_FAULTS) {
  t.test(`A text that is no JSON is told by line and column: ${says}`, async (t) => {
    t.throws(() => parseJson(text, 10), { name: 'SyntaxError', message: says })
  })
}

t.test('A pattern is told in words, with an example that it takes', async (t) => {
  for (const pattern of Object.values(PATTERNS)) {
    const [, words, example = ''] = /^(.*), such as "?(.+?)"?$/.exec(describePattern(pattern)) ?? []
    t.match(words, /^[\w .:/-]+$/, 'no regular expression')
    t.match(example, new RegExp(pattern, 'u'))
  }
})
