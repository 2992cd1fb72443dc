/**
 * The README and docs/ are tested like code: their tables are those of the source, and their command lines answer what the pages
 * print under them. `npm run readme` writes the tables and the answers anew.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { isObject } from '../../src/json.js'
import { packageRoot } from '../../src/package.js'
import { emulatorFor, type Subject } from '../harness/emulator-under-test.js'
import { runInProcess } from '../harness/run-in-process.js'
import { partsOf, userPages, type Page } from './pages.js'
import { cellsOf, MARKED, TABLES } from './tables.js'

const IS_WRITTEN = process.env.README_WRITE !== undefined
const pages = userPages()

t.test('The tables of the pages are those of the source', async (t) => {
  const shown = new Set<string>()
  for (const page of pages) {
    page.text = page.text.replace(MARKED, (all, name: string, content: string) => {
      shown.add(name)
      const wanted = TABLES[name]?.(content)
      if (IS_WRITTEN) return wanted === undefined ? all : `<!-- ${name}:begin -->\n${wanted}\n<!-- ${name}:end -->`
      t.equal(content, wanted, `${name} in ${page.path}`)
      return all
    })
  }
  t.same([...shown].sort(), Object.keys(TABLES).sort(), 'all of them, and no others')
})

t.test('Every failure has advice', async (t) => {
  const rows = pages.flatMap(({ text }) => [...text.matchAll(MARKED)]).filter(([, name]) => name === 'failures')
  for (const [, , content = ''] of rows) {
    for (const line of content.split('\n')) t.not(cellsOf(line).at(-1), '', line)
  }
})

/** A command with the status or exit code that it notes, and the answer under it. */
const EXAMPLE =
  /(```sh\n((?:curl|oneuc-emulator) [^`]*?)\n# (?:exits with )?(\d+)\n```\n\n```(json|text)\n)((?:(?!```)[^])*?)\n```/g
const BASE = 'http://127.0.0.1:8000'
const FIXED = { randomSeed: 1, clock: Date.parse('2024-01-31T12:00:00Z') }

t.test('The command lines of the pages answer what the pages print', async (t) => {
  let count = 0
  for (const page of pages) {
    const examples = [...page.text.matchAll(EXAMPLE)]
    t.equal(examples.length, curlBlocks(page), `every curl line of ${page.path} has an answer`)
    if (examples.length > 0) await checkExamples(t, page, examples)
    count += examples.length
  }
  t.ok(count > 0)
})

/** Counts the blocks with a curl line, or with a command of ours that says how it exits. */
function curlBlocks(page: Page): number {
  return partsOf(page).blocks.filter(
    ({ language, text }) => language === 'sh' && /^curl |^oneuc-emulator [^]*\n# exits with \d+$/m.test(text)
  ).length
}

/** Runs the examples of a page from top to bottom, against an emulator of its own. */
async function checkExamples(t: Tap, page: Page, examples: readonly RegExpMatchArray[]): Promise<void> {
  const emulator = await emulatorFor(t, FIXED)
  for (const [whole, head = '', command = '', status = '', language = '', answer = ''] of examples) {
    const reply = await answerTo(emulator, command)
    const actual = language === 'json' ? JSON.stringify(JSON.parse(reply.text), null, 2) : reply.text.trimEnd()
    if (IS_WRITTEN) page.text = page.text.replace(whole, () => `${head}${actual}\n\`\`\``)
    else if (language === 'json') t.strictSame(masked(JSON.parse(answer)), masked(JSON.parse(actual)), command)
    else t.equal(answer, actual, command)
    t.equal(reply.status, Number(status), `${page.path}: status of ${command}`)
  }
}

type Tap = Parameters<typeof emulatorFor>[0]

/** Returns what a command answers: the status and body of a response, or the exit code and output of the program. */
async function answerTo(emulator: Subject, command: string): Promise<{ status: number; text: string }> {
  const [program, ...words] = wordsOf(command)
  if (program === 'curl') return curl(emulator, words)
  const { code, stdout, stderr } = await runInProcess(words)
  return { status: code, text: stdout + stderr }
}

/** Words of a shell command: blanks part them, but not within single or double quotes. */
function wordsOf(command: string): string[] {
  const words = command.replaceAll('\\\n', ' ').match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []
  return words.map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'))
}

/** What curl would send. It says that a body is a form, whatever it is. */
function curl({ call }: Subject, words: readonly string[]) {
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
  if (!IS_WRITTEN) return
  for (const { path, text } of pages) writeFileSync(join(packageRoot(), path), text)
})
