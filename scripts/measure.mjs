// Counts what a newcomer has to read: lines per folder, loose files, circles of imports, top-level names with two meanings, and
// the own files and functions that run for each documented call (V8's coverage of the built program, over a socket).
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import process from 'node:process'
import { fileURLToPath, URL } from 'node:url'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ACCOUNT = '/v2/accounts/d0c0ffeed0c0ffeed0c0ffeed0c0ffee/phone_numbers'
const NUMBER = `${ACCOUNT}/%2B14152338421`
const ADDRESS = {
  caller_name: 'Michel Mabel',
  postal_code: '94105',
  street_address: '116 NATOMA ST',
  extended_address: 'APT 116',
  locality: 'SAN FRANCISCO',
  region: 'CA'
}

/** The documented calls, in an order in which each succeeds. */
const CALLS = [
  ['search', 'GET', '/v2/phone_numbers?prefix=415&quantity=2'],
  ['buy, with a body', 'PUT', `${NUMBER}/activate`, { data: { my_own_field: 1 } }],
  ['buy a collection', 'PUT', `${ACCOUNT}/collection/activate`, { data: { numbers: ['+14152338397'] } }],
  ['search within the account', 'GET', `${ACCOUNT}?prefix=555&quantity=3`],
  ['list', 'GET', `${ACCOUNT}?page_size=3`],
  ['read', 'GET', NUMBER],
  ['E911', 'POST', NUMBER, { data: { used_by: 'callflow', id: '+14152338421', e911: ADDRESS } }],
  ['remove', 'DELETE', NUMBER]
]

const files = execFileSync('git', ['ls-files', '--', '*.ts', '*.mjs', '*.sql'], { cwd: ROOT, encoding: 'utf8' })
  .trim()
  .split('\n')
const own = files.filter((file) => /^(?:src|routes|db)\/.*\.(?:ts|sql)$/.test(file))
const text = (file) => readFileSync(join(ROOT, file), 'utf8')
const lines = (list) => list.reduce((sum, file) => sum + text(file).split('\n').length - 1, 0)

report('lines', [
  ['src + routes + db', lines(own)],
  ...['src', 'routes', 'db', 'test', 'bench', 'scripts'].map((folder) => [
    folder,
    lines(files.filter((file) => file.startsWith(`${folder}/`)))
  ])
])
report('files', [
  ['loose in src/', files.filter((file) => /^src\/[^/]+\.ts$/.test(file)).length],
  ['test files', files.filter((file) => file.endsWith('.test.ts')).length],
  ['in circles of imports, types included', circles().length],
  ['top-level names with two meanings', namesWithTwoMeanings().length]
])
report('own files and functions that run for a call', await runCalls())

function report(title, rows) {
  const width = Math.max(...rows.map(([name]) => name.length))
  process.stdout.write(`${title}\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join('')}`)
}

/** Returns the files from which imports lead back to themselves. */
function circles() {
  const imports = new Map(own.map((file) => [file, importsOf(file)]))
  return own.filter((file) => reaches(imports, file, file, new Set()))
}

function importsOf(file) {
  const { importedFiles } = ts.preProcessFile(text(file))
  return importedFiles
    .map(({ fileName }) => posix.join(posix.dirname(file), fileName).replace(/\.js$/, '.ts'))
    .filter((name) => own.includes(name))
}

function reaches(imports, from, to, seen) {
  return (imports.get(from) ?? []).some((next) => {
    if (next === to) return true
    if (seen.has(next)) return false
    seen.add(next)
    return reaches(imports, next, to, seen)
  })
}

/** Returns the names that two files declare at their top level, other than the verbs of the stores and route plugins. */
function namesWithTwoMeanings() {
  const declared = new Map()
  for (const file of own.filter((name) => name.endsWith('.ts'))) {
    for (const statement of ts.createSourceFile(file, text(file), ts.ScriptTarget.ESNext).statements) {
      const names = ts.isVariableStatement(statement)
        ? statement.declarationList.declarations.map(({ name }) => name.text)
        : [statement.name?.text]
      for (const name of names) if (name !== undefined) declared.set(name, [...(declared.get(name) ?? []), file])
    }
  }
  return [...declared].filter(([, places]) => new Set(places).size > 1)
}

/** Sends each call over a socket to a program of its own, and reads from V8's coverage what has run for it alone. */
async function runCalls() {
  const rows = []
  for (let i = 0; i < CALLS.length; i++) {
    const before = await coverageOf(CALLS.slice(0, i))
    const after = await coverageOf(CALLS.slice(0, i + 1))
    const ran = [...after].filter(([name, count]) => count > (before.get(name) ?? 0)).map(([name]) => name)
    const inFiles = new Set(ran.map((name) => name.split(':')[0]))
    rows.push([CALLS[i][0], `${inFiles.size} files, ${ran.length} functions`])
  }
  return rows
}

/** Returns how often each own function has run, by file and name. */
async function coverageOf(calls) {
  const folder = mkdtempSync(join(tmpdir(), 'measure-'))
  const program = spawn(process.execPath, [join(ROOT, 'dist/oneuc-emulator.js'), '--port', '0'], {
    env: { NODE_V8_COVERAGE: folder },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const [line] = await once(program.stdout, 'data')
  const url = String(line).trim().split(' ').pop()
  for (const [, method, path, body] of calls) {
    const answer = await fetch(url + path, {
      method,
      headers: { 'x-auth-token': 'demo-token' },
      body: body && JSON.stringify(body)
    })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status} ${await answer.text()}`)
    await answer.text()
  }
  program.kill('SIGTERM')
  await once(program, 'close')
  const counts = new Map()
  for (const file of readdirSync(folder)) {
    for (const script of JSON.parse(readFileSync(join(folder, file), 'utf8')).result) add(counts, script)
  }
  return counts
}

function add(counts, { url, functions }) {
  if (!url.startsWith('file:') || !url.includes('/dist/')) return
  const path = fileURLToPath(url)
  const source = readFileSync(path, 'utf8')
  const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')))
  const starts = [0]
  for (let i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) starts.push(i + 1)
  for (const { functionName, ranges } of functions) {
    const [{ startOffset, count }] = ranges
    if (count === 0 || functionName === '') continue
    const line = starts.findLastIndex((start) => start <= startOffset)
    const { originalSource } = map.findEntry(line, startOffset - starts[line])
    if (originalSource === undefined || originalSource.includes('node_modules')) continue
    const file = posix.relative(ROOT, posix.join(dirname(path), originalSource))
    counts.set(`${file}:${functionName}:${startOffset}`, count)
  }
}
