/** The programs and files that the pages show run as they stand, in a folder with the built package. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import ts from 'typescript'
import { parseAllDocuments } from 'yaml'
import { createEmulator } from '../../src/library.js'
import { packageRoot } from '../../src/package.js'
import type { NewFaultRule } from '../../src/sandbox/fault-rule.js'
import { outside, PROGRAM, start, urlOf } from '../harness/built-program.js'
import { userBlocks, userPages, type Block } from './pages.js'

const blocks = userBlocks()
const blocksIn = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language))
const run = promisify(execFile)

t.test('Every block has a language, and its kind of test', async (t) => {
  // Blocks of sh, json and text are held to the program by the tests beside this one.
  const known = ['sh', 'json', 'text', 'ts', 'js', 'python', 'yaml', 'mermaid']
  for (const { language, place } of blocks) t.ok(known.includes(language), `${place}: ${language}`)
})

/** A folder in which the package is installed. */
function install(t: Test): string {
  const folder = t.testdir({ node_modules: {}, 'package.json': '{ "type": "module" }' })
  symlinkSync(packageRoot(), join(folder, 'node_modules', 'oneuc-emulator'), 'dir')
  return folder
}

/** The environment of a program that talks to an emulator of its own. */
async function environmentFor(t: Test): Promise<NodeJS.ProcessEnv> {
  return { ...process.env, ONEUC_BASE_URL: await urlOf(start(t, ['--port', '0'])) }
}

t.test('The programs in JavaScript and TypeScript run', async (t) => {
  const folder = install(t)
  const env = await environmentFor(t)
  const programs = blocksIn('ts', 'js')
  t.ok(programs.length > 0)
  for (const [i, { text, place }] of programs.entries()) {
    const file = join(folder, `${i}.mjs`)
    const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
    writeFileSync(file, ts.transpileModule(text, { compilerOptions: options }).outputText)
    await t.resolves(run(...outside(process.execPath, [file]), { cwd: folder, env }), place)
  }
})

t.test('The programs in TypeScript have no error of the compiler in its strictest mode', async (t) => {
  const folder = install(t)
  const files = new Map(blocksIn('ts').map((block, i) => [join(folder, `${i}.mts`), block]))
  for (const [file, { text }] of files) writeFileSync(file, text)
  const program = ts.createProgram([...files.keys()], {
    strict: true,
    noEmit: true,
    skipDefaultLibCheck: true,
    // Node itself strips types, and nothing else.
    erasableSyntaxOnly: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    types: ['node'],
    typeRoots: [join(packageRoot(), 'node_modules', '@types')]
  })
  const errors = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => [
      files.get(file?.fileName ?? '')?.place,
      ts.flattenDiagnosticMessageText(messageText, ' ')
    ])
  t.same(errors, [])
})

const hasPython = spawnSync('python3', ['--version']).status === 0

t.test('The programs in Python run', { skip: hasPython ? false : 'python3 is not here' }, async (t) => {
  const folder = t.testdir()
  symlinkSync(PROGRAM, join(folder, 'oneuc-emulator'))
  const { PATH = '', ...others } = await environmentFor(t)
  const env = { ...others, PATH: [folder, PATH].join(delimiter) }
  const programs = blocksIn('python')
  t.ok(programs.length > 0)
  for (const { text, place } of programs) {
    await t.resolves(run(...outside('python3', ['-c', text]), { env }), place)
  }
})

t.test('The blocks of YAML and JSON are valid', async (t) => {
  for (const { text, place } of blocksIn('yaml')) {
    t.same(
      parseAllDocuments(text).flatMap(({ errors }) => errors),
      [],
      place
    )
  }
  for (const { text, place } of blocksIn('json')) t.doesNotThrow(() => JSON.parse(text) as unknown, place)
})

t.test('The files that the pages show are taken', async (t) => {
  const files = blocks.filter((block): block is Block & { file: string } => block.file !== undefined)
  t.ok(files.length > 0)
  for (const { file, text, place } of files) {
    const folder = t.testdir({})
    mkdirSync(folder, { recursive: true })
    const path = join(folder, file)
    writeFileSync(path, text)
    const options = file.startsWith('seed')
      ? { seedFile: path }
      : file.startsWith('charges')
        ? { charges: path }
        : { fixtures: folder }
    const emulator = await createEmulator(options)
    await emulator.close()
    t.pass(`${place}: ${file}`)
  }
})

/** A rule in a table, and what becomes of the request. */
const RULE = /^\| `(\{.+?\})` \| (not carried out|carried out)/gm
const NUMBER = '/v2/accounts/d0c0ffeed0c0ffeed0c0ffeed0c0ffee/phone_numbers/%2B14152338397'

t.test('A request whose answer is lost is carried out, or not, as the pages say', async (t) => {
  const emulator = await createEmulator()
  t.teardown(() => emulator.close())
  const rules = userPages().flatMap(({ text }) => [...text.matchAll(RULE)])
  t.ok(rules.length > 0)
  for (const [, rule = '', fate] of rules) {
    await emulator.reset()
    await emulator.inject({ url: '/v2/phone_numbers?prefix=415&quantity=1' })
    const { delay_ms, ...effect } = JSON.parse(rule) as NewFaultRule
    await emulator.faults.add({ ...effect, ...(delay_ms === undefined ? {} : { delay_ms: 1 }) })
    const headers = { 'X-Auth-Token': 'my-token' }
    await fetch(`${emulator.url}${NUMBER}/activate`, { method: 'PUT', headers }).catch(() => undefined)
    const { status } = await emulator.inject({ url: NUMBER, headers })
    t.equal(status, fate === 'carried out' ? 200 : 404, rule)
  }
})

/** An address in a table, and the status that answers it. */
const ADDRESS = /^\| (\d[^|,]*), (?:([^|,]*), )?([^|,]*), ([A-Z]{2}) (\d{5}) \| (accepted|400 `([^`]+)`)/gm

t.test('The addresses that the pages show are answered as they say', async (t) => {
  const emulator = await createEmulator()
  t.teardown(() => emulator.close())
  const rows = userPages().flatMap(({ text }) => [...text.matchAll(ADDRESS)])
  t.ok(rows.length > 0)
  for (const [row, street_address, extended_address, locality, region, postal_code, , message] of rows) {
    const unit = extended_address === undefined ? {} : { extended_address }
    const reply = await emulator.inject({
      method: 'POST',
      url: NUMBER.replace(/%2B.*/, '%2B14155558921'),
      headers: { 'X-Auth-Token': 'my-token' },
      body: { data: { e911: { street_address, ...unit, locality, region, postal_code } } }
    })
    t.match(JSON.parse(reply.text), message === undefined ? { status: 'success' } : { status: 'error', message }, row)
  }
})
