/** What the pages name exists: links, flags, variables, calls, files. */
import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import t from 'tap'
import { flagOptions } from '../../src/cli/flags.js'
import { packageRoot } from '../../src/package.js'
import { NAMES } from '../../src/settings.js'
import { variableOf } from '../../src/text/setting.js'
import { emulatorFor } from '../harness/emulator-under-test.js'
import { allPages, headingSlugs, inlineCode, linksOf, partsOf, userPages, type Line } from './pages.js'

const MAX_README_LINES = 300
const MAX_WIDTH = 120

const pages = userPages()
const parts = pages.map(partsOf)
const inline = inlineCode(parts.flatMap(({ lines }) => lines))
const blocks = parts.flatMap((part) => part.blocks)
/** Everything that is set in the type of code, a line at a time, but for answers and for commands that are wrong on purpose. */
const code: Line[] = [
  ...inline,
  ...blocks
    .filter(({ language, text }) => language !== 'text' && !text.includes('# exits with 2'))
    .flatMap(({ text, place }) =>
      text
        .replaceAll('\\\n', ' ')
        .split('\n')
        .map((line) => ({ text: line, place }))
    )
]

t.test('The README is short', async (t) => {
  const readme = pages.find(({ path }) => path === 'README.md')
  t.ok((readme?.text.split('\n').length ?? Infinity) <= MAX_README_LINES)
})

t.test('Every link leads to a file and a heading that exist', async (t) => {
  const all = allPages()
  const byPath = new Map(all.map((page) => [page.path, page]))
  for (const page of all) {
    for (const { text, place } of linksOf(page)) {
      if (/^https?:/.test(text)) continue
      const [file = '', heading] = text.split('#')
      const target = file === '' ? page.path : posix.join(posix.dirname(page.path), file)
      t.ok(existsSync(join(packageRoot(), target)), `${place}: ${text}`)
      const targetPage = byPath.get(target)
      if (heading !== undefined && targetPage !== undefined) {
        t.ok(headingSlugs(targetPage).has(heading), `${place}: ${text}`)
      }
    }
  }
})

/** Flags of the other programs that the pages use. */
// prettier-ignore
const FOREIGN_FLAGS = new Set([
  'help', 'version', // of every command
  'global', 'ignore-scripts', 'silent', 'allow-build', 'pack-destination', 'package', 'prefix', 'save-dev', // npm
  'rm', 'read-only', 'wait', 'name', 'detach', 'env', 'network', 'volume', // docker
  'test', 'experimental-vm-modules', // node
  'watch', 'for', 'timeout' // kubectl
])

t.test('Every flag exists', async (t) => {
  for (const { text, place } of code) {
    for (const [, flag = ''] of text.matchAll(/(?<![\w-])--([a-z][\w-]*)/g)) {
      t.ok(Object.hasOwn(flagOptions(), flag) || FOREIGN_FLAGS.has(flag), `${place}: --${flag}`)
    }
  }
})

/** Tells tests where an emulator runs; the program ignores it. */
const URL_FOR_TESTS = 'ONEUC_EMULATOR_URL'

t.test('Every variable of the environment is a setting', async (t) => {
  const known = [...NAMES.map(variableOf), URL_FOR_TESTS]
  for (const { text, place } of code) {
    if (text.includes('is not a setting')) continue
    for (const [variable] of text.matchAll(/\bONEUC_EMULATOR_\w+/g))
      t.ok(known.includes(variable), `${place}: ${variable}`)
  }
})

/** A call, or a path alone: from `/v2` or `/__admin` on, without the query. */
const CALL = /(?:\b(GET|PUT|POST|PATCH|DELETE) )?(?:[\w.:/{}-]*?)?(\/(?:v2|__admin)\/[^\s'"`?#|,)\]]+)/g

t.test('Every call exists', async (t) => {
  const { call } = await emulatorFor(t)
  const descriptions = await Promise.all(
    ['/openapi.json', '/__admin/openapi.json'].map(async (url) => (await call({ method: 'GET', url })).body)
  )
  const calls = descriptions.flatMap(({ paths }) =>
    Object.entries(paths as Record<string, object>).map(([path, methods]) => ({
      pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      methods: Object.keys(methods).map((method) => method.toUpperCase())
    }))
  )
  t.ok(calls.length > 0)
  for (const { text, place } of code.filter(({ text }) => !text.includes('import '))) {
    for (const [, method, path = ''] of text.matchAll(CALL)) {
      const isThere = calls.some(
        ({ pattern, methods }) => pattern.test(path) && (method === undefined || methods.includes(method))
      )
      t.ok(isThere || /[…*]|\/$/.test(path), `${place}: ${method ?? ''} ${path}`)
    }
  }
})

t.test('Every file of the project that is named exists', async (t) => {
  for (const { text, place } of inline) {
    if (!/^(?:src|routes|db|test|docs|examples|fixtures|bench|scripts)\/[\w./-]*$/.test(text)) continue
    t.ok(existsSync(join(packageRoot(), text)), `${place}: ${text}`)
  }
})

t.test('No line is wider than a reader wants', async (t) => {
  const isFree = (line: string) => line.startsWith('|') || line.includes('](')
  for (const { text, place } of parts.flatMap(({ lines }) => lines)) {
    t.ok(text.length <= MAX_WIDTH || isFree(text), `${place}: ${text.length} characters`)
  }
  for (const { language, text, place } of blocks.filter(({ language }) => !['json', 'text'].includes(language))) {
    for (const line of text.split('\n')) {
      t.ok(line.length <= MAX_WIDTH || line.includes('://'), `${place}: ${language}: ${line}`)
    }
  }
})
