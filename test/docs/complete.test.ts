/** What the pages list, they list whole. */
import t from 'tap'
import { AdminClient } from '../../src/admin/client.js'
import { overNetwork } from '../../src/admin/transport.js'
import { VERIFY_OPTIONS, WAIT_OPTIONS } from '../../src/journal/queries.js'
import { REQUEST_PATTERN } from '../../src/journal/request-pattern.js'
import { Emulator } from '../../src/library.js'
import { NEW_FAULT_RULE } from '../../src/sandbox/fault-rule.js'
import { FIXTURE_FILES, NUMBER_FIXTURE } from '../../src/state/fixture-schemas.js'
import { STATE } from '../../src/state/schema.js'
import { start } from '../harness/built-program.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { runInProcess } from '../harness/run-in-process.js'
import { FRONT_PAGES, inlineCode, linksOf, partsOf, userPages, type Page } from './pages.js'

const pages = new Map(userPages().map((page) => [page.path, page]))

function pageAt(path: string): Page {
  const page = pages.get(path)
  if (page === undefined) throw new Error(`there is no ${path}`)
  return page
}

/** What a page sets in the type of code. */
function namesIn(path: string): Set<string> {
  return new Set(inlineCode(partsOf(pageAt(path)).lines).map(({ text }) => text.replace(/\?.*/, '')))
}

t.test('The contents list every page', async (t) => {
  const listed = linksOf(pageAt('docs/README.md')).map(({ text }) => `docs/${text}`)
  t.same(listed, [...new Set(listed)], 'each once')
  t.same([...listed, ...FRONT_PAGES, 'docs/README.md'].sort(), [...pages.keys()].sort())
})

t.test('The list for programs has every page too, and in the same words', async (t) => {
  const linesOf = (path: string, mark: RegExp) =>
    partsOf(pageAt(path)).lines.flatMap(({ text }) => (mark.test(text) ? text.replace(mark, '[') : []))
  const listed = linesOf('llms.txt', /^- \[/).map((line) => line.replace('](docs/', ']('))
  for (const line of linesOf('docs/README.md', /^\d+\. \[/)) t.ok(listed.includes(line), line)
})

t.test('Each page leads to the next one', async (t) => {
  const listed = linksOf(pageAt('docs/README.md')).map(({ text }) => text)
  for (const [i, next] of listed.entries()) {
    const before = listed[i - 1]
    if (before !== undefined) t.match(pageAt(`docs/${before}`).text, new RegExp(`\nNext: \\[.*\\]\\(${next}\\)\n$`))
  }
})

t.test('Every call of the admin API is described', async (t) => {
  const { call } = await emulatorFor(t)
  const { body } = await call({ method: 'GET', url: '/__admin/openapi.json' })
  const described = namesIn('docs/admin-api.md')
  for (const [path, methods] of Object.entries(body.paths as Record<string, object>)) {
    for (const method of Object.keys(methods))
      t.ok(described.has(`${method.toUpperCase()} ${path}`), `${method} ${path}`)
  }
})

t.test('Every command of the program is described, and no others are named', async (t) => {
  const { stdout } = await runInProcess(['--help'])
  const [, list = ''] = /\nCommands .*\n((?: {2}.*\n)+)/.exec(stdout) ?? []
  const commands = [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name)
  t.ok(commands.includes('serve'))
  for (const command of commands) t.ok(namesIn('docs/cli-and-settings.md').has(`oneuc-emulator ${command}`), command)
  for (const page of pages.values()) {
    const { blocks, lines } = partsOf(page)
    const right = blocks.filter(({ language, text }) => language === 'sh' && !text.includes('# exits with 2'))
    for (const { text, place } of [...inlineCode(lines), ...right]) {
      const [, command = 'serve'] = /^oneuc-emulator (?!is )([a-z]+)\b/m.exec(text) ?? []
      t.ok(commands.includes(command), `${place}: ${command}`)
    }
  }
})

t.test('The ready line has the fields that are shown', async (t) => {
  const [shown] = partsOf(pageAt('docs/cli-and-settings.md')).blocks.filter(({ language }) => language === 'json')
  const line = await start(t, ['--port', '0', '--json']).ready
  const fieldsOf = (text: string) => Object.keys(JSON.parse(text) as object)
  t.same(fieldsOf(line), fieldsOf(shown?.text ?? ''))
})

/** The fields of what users write, and the page that describes them. */
const FIELDS: readonly [page: string, what: string, fields: object][] = [
  ['docs/testing.md', 'a rule', NEW_FAULT_RULE.properties],
  ['docs/testing.md', 'a pattern', REQUEST_PATTERN.properties],
  ['docs/testing.md', 'verify', VERIFY_OPTIONS.properties],
  ['docs/testing.md', 'wait', WAIT_OPTIONS.properties],
  ['docs/fixtures-and-seeds.md', 'a number', NUMBER_FIXTURE.properties],
  ['docs/fixtures-and-seeds.md', 'a state document', STATE.properties],
  ['docs/fixtures-and-seeds.md', 'the fixtures', FIXTURE_FILES]
]

t.test('Every field that users write is described', async (t) => {
  for (const [page, what, fields] of FIELDS) {
    const described = namesIn(page)
    for (const field of Object.keys(fields)) t.ok(described.has(field), `${field} of ${what} in ${page}`)
  }
})

t.test('Every method of the library is described', async (t) => {
  const described = namesIn('docs/library.md')
  const client = new AdminClient(overNetwork('http://127.0.0.1'))
  const parts = Object.values(client).filter((value): value is object => typeof value === 'object')
  const methods = [
    ...parts.flatMap(Object.keys),
    ...[AdminClient, Emulator].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype))
  ]
  t.ok(methods.includes('advance'))
  for (const method of methods.filter((name) => name !== 'constructor')) t.ok(described.has(method), method)
})
