/**
 * The README is tested like code: its tables are those of the source, and its curl lines answer what it prints under them.
 * `npm run readme` writes the tables and the answers anew.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { textReport } from '../../src/contract/reports/text.js'
import { contractReport } from '../../src/contract/report.js'
import { WARNINGS } from '../../src/contract/warnings.js'
import { dialectOf, fidelityTable } from '../../src/dialect.js'
import { MAGIC_ADDRESSES } from '../../src/e911/magic-addresses.js'
import { MAGIC_NUMBERS } from '../../src/inventory/magic-numbers.js'
import { isObject } from '../../src/json.js'
import { stateTable } from '../../src/numbering/number-state.js'
import { packageRoot } from '../../src/package.js'
import { flagOptions, settingsTable } from '../../src/cli/flags.js'
import { Coverage } from '../../src/contract/coverage.js'
import { sourceFiles } from './source-files.js'
import { emulatorFor, type Subject } from '../harness/emulator-under-test.js'

const FILE = join(packageRoot(), 'README.md')
const IS_WRITTEN = process.env.README_WRITE !== undefined
const readme = { text: readFileSync(FILE, 'utf8') }

/** What the README shows of the examples, by name. */
const EXAMPLES = {
  library: 'library/library.js',
  'node-test': 'node-test/client.test.js',
  vitest: 'node-vitest/client.test.js',
  jest: 'node-jest/client.test.js',
  tap: 'node-tap/client.test.js'
}

const TABLES: Readonly<Record<string, () => string>> = {
  'magic-numbers': () =>
    table(
      ['+1 500 555 …', 'activating it, alone or in a collection, answers'],
      MAGIC_NUMBERS.map(({ line, description }) => [line, description])
    ),
  'magic-addresses': () =>
    table(
      ['`street_address`', 'answer'],
      MAGIC_ADDRESSES.map(({ street_address, result }) => [`\`${street_address}\``, result])
    ),
  states: stateTable,
  settings: settingsTable,
  fidelity: fidelityTable,
  warnings: () =>
    table(
      ['warning', 'what it means', 'in the document', 'what to do'],
      Object.entries(WARNINGS).map(([code, { description, source, advice }]) => [
        `\`${code}\``,
        description,
        source,
        advice
      ])
    ),
  report: () => fenced('text', textReport(contractReport(sightedTally(), null, dialectOf('oneuc')))),
  assumed: () =>
    table(
      ['in', 'assumed'],
      sourceFiles('src', 'routes', 'db').flatMap(({ path, text }) =>
        [...text.matchAll(/ASSUMED: (.+?)(?: \*\/)?$/gm)].map(([, what = '']) => [`\`${path}\``, what])
      )
    ),
  ...Object.fromEntries(
    Object.entries(EXAMPLES).map(([name, file]) => [`example-${name}`, () => fenced('js', exampleOf(file))])
  )
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
}

function exampleOf(file: string): string {
  return readFileSync(join(packageRoot(), 'examples', file), 'utf8')
}

/** What a search and one by half a prefix leave behind. */
function sightedTally(): Coverage {
  const tally = new Coverage()
  const search = (prefix: string, status: number, outcome: string, warnings = new Map<string, string>()) => {
    const sighting = { request_id: '1', method: 'GET', url: `/v2/phone_numbers?prefix=${prefix}`, status }
    tally.add({ ...sighting, operation: 'search', outcome, warnings, unmatched: undefined })
  }
  search('415', 200, 'success')
  search('41', 400, 'validation_error', new Map([['prefix_form', 'prefix=41']]))
  return tally
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const MARKED = /<!-- ([\w-]+):begin -->\n([^]*?)\n<!-- \1:end -->/g

t.test('The tables of the README are those of the source', async (t) => {
  if (IS_WRITTEN) {
    readme.text = readme.text.replace(MARKED, (all, name: string) =>
      TABLES[name] === undefined ? all : `<!-- ${name}:begin -->\n${TABLES[name]()}\n<!-- ${name}:end -->`
    )
  }
  const written = new Map([...readme.text.matchAll(MARKED)].map(([, name = '', content]) => [name, content]))
  t.strictSame([...written.keys()].sort(), Object.keys(TABLES).sort(), 'all of them, and no others')
  for (const [name, content] of written) t.equal(content, TABLES[name]?.(), name)
})

t.test('The command lines of the README have flags that exist', async (t) => {
  const lines = [...readme.text.replaceAll('\\\n', ' ').matchAll(/^(?:npx )?oneuc-emulator .*$/gm)].map(
    ([line]) => line
  )
  t.ok(lines.length > 0)
  for (const line of lines) {
    const [own = ''] = line.split(' -- ')
    for (const [, flag = ''] of own.matchAll(/--([\w-]+)/g))
      t.ok(Object.hasOwn(flagOptions(), flag), `--${flag}: ${line}`)
  }
})

/** A curl line, the status that it notes, and the answer under it. */
const EXAMPLE = /(```sh\n(curl [^]*?)# (\d{3})\n```\n\n```json\n)([^]*?)\n```/g
const BASE = 'http://127.0.0.1:8000'
const FIXED = { randomSeed: 1, clock: Date.parse('2024-01-31T12:00:00Z') }

t.test('The curl lines of the README answer what it prints', async (t) => {
  const emulator = await emulatorFor(t, FIXED)
  const examples = [...readme.text.matchAll(EXAMPLE)]
  t.equal(examples.length, readme.text.match(/^curl /gm)?.length, 'every curl line has an answer')
  for (const [whole, head = '', command = '', status = '', answer = ''] of examples) {
    const reply = await curl(emulator, wordsOf(command))
    const actual = JSON.stringify(JSON.parse(reply.text), null, 2)
    if (IS_WRITTEN) readme.text = readme.text.replace(whole, () => `${head}${actual}\n\`\`\``)
    else t.strictSame(masked(JSON.parse(answer)), masked(JSON.parse(actual)), command)
    t.equal(reply.status, Number(status), `status of ${command}`)
  }
})

/** Words of a shell command: blanks part them, but not within single or double quotes. */
function wordsOf(command: string): string[] {
  const words = command.replaceAll('\\\n', ' ').match(/(?:'[^']*'|"[^"]*"|\S)+/g) ?? []
  return words.map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'))
}

/** What curl would send. It says that a body is a form, whatever it is. */
function curl({ call }: Subject, [, ...words]: readonly string[]) {
  const valueOf = (flag: string) => words.flatMap((word, i) => (word === flag ? (words[i + 1] ?? '') : []))
  const headers = Object.fromEntries(valueOf('-H').map((header) => header.split(/: */, 2) as [string, string]))
  const [method = 'GET'] = valueOf('-X')
  const [body] = valueOf('-d')
  return call({
    method: method as 'GET' | 'PUT' | 'POST' | 'DELETE',
    url: (words.at(-1) ?? '').replace(BASE, ''),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
    ...(body === undefined ? {} : { body })
  })
}

/** Times and ids differ from run to run. */
const MASKED = new Set(['created', 'modified', 'updated', 'activated_time', 'request_id', 'revision'])

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, MASKED.has(key) ? typeof member : masked(member)])
  )
}

t.teardown(() => {
  if (IS_WRITTEN) writeFileSync(FILE, readme.text)
})
