/** The package as users install it: what `npm pack` makes of the build, and beside it the driver that it needs. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import Driver from 'better-sqlite3'
import t, { type Test } from 'tap'
import ts from 'typescript'
import { packageRoot, VERSION } from '../src/package.js'
import { outside, start, urlOf } from './harness/built-program.js'

/** The program and the library, and the library once more for Jest. */
const MAX_PACKED_BYTES = 2 * 1024 * 1024

/** Installs the package into a folder of the test. */
function install(t: Test): { folder: string; home: string; size: number } {
  const folder = t.testdir({ node_modules: { '@types': {} } })
  const argv = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const packed = execFileSync(...outside('npm', argv), { cwd: packageRoot(), encoding: 'utf8' })
  const [{ filename, size }] = JSON.parse(packed) as [{ filename: string; size: number }]
  execFileSync('tar', ['-xzf', filename], { cwd: folder })
  const home = join(folder, 'node_modules', 'oneuc-emulator')
  renameSync(join(folder, 'package'), home)
  for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path', '@types/node', 'undici-types']) {
    symlinkSync(folderOf(name), join(folder, 'node_modules', name), 'dir')
  }
  return { folder, home, size }
}

function folderOf(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
}

const { folder, home, size } = install(t)
const program = join(home, 'dist', 'oneuc-emulator.js')

/** A test of a user. */
const CONSUMER = `
import { adminClient, createEmulator, AdminError, type Emulator, type EmulatorOptions, type Logger } from 'oneuc-emulator'
const log: string[] = []
const write = (_facts: unknown, message: unknown) => { log.push(String(message)) }
const logger: Logger = {
  level: 'info', trace: write, debug: write, info: write, warn: write, error: write, fatal: write, silent: write,
  child: () => logger
}
const options: EmulatorOptions = { agingSeconds: 5, dialect: 'oneuc', logger }
await using emulator: Emulator = await createEmulator(options)
const answer = await emulator.inject({ url: '/v2/phone_numbers?prefix=415&quantity=2' })
const { status } = await fetch(emulator.url + '/docs/swagger-ui.css')
const seen: [number, number] = [answer.status, status]
process.stdout.write(JSON.stringify([seen, typeof adminClient, new AdminError(1, '', []) instanceof Error, log.at(-1)]))
`

/** Lines that are wrong, each by itself; the others in front of them are right. */
const TYPED_RIGHT = `
import { createEmulator, type ContractReport, type OperationName, type State, type StateDocument } from 'oneuc-emulator'
const emulator = await createEmulator({ clock: new Date(), port: 0 })
const operation: OperationName = 'buy'
await emulator.faults.add({ operation, outcome: 'carrier_fault', times: 1 })
const state: State | undefined = (await emulator.numbers.list({ state: 'in_service' })).numbers[0]?.state
const kept: StateDocument = await emulator.state.get()
await emulator.state.put({ ...kept, numbers: [{ e164: '+14155550142', state: 'in_service' }] })
const report: ContractReport = await emulator.contract()
const first: string | undefined = report.operations[0]?.outcomes[0]?.first?.url
const [magic] = (await emulator.magic()).numbers
const [known] = (await emulator.outcomes()).operations
const names: [string | undefined, OperationName | undefined] = [magic?.activate, known?.name]
const timing: 'immediate' | 'held' | object = (await emulator.timing.put({ e911: 'held' })).aging
const documented: number = (await emulator.fidelity()).summary.document
const [request] = await emulator.requests.find({ operation: 'search', outcome: 'success' })
const met: OperationName | null | undefined = request?.operation
console.log(state, first, names, timing, documented, met)
`
const TYPED_WRONG = [
  "await emulator.faults.add({ operation: 'bye' })",
  "await emulator.faults.add({ operation: 'buy', outcome: 'carrier_falt' })",
  "await emulator.requests.count({ operation: 'serach' })",
  "await emulator.requests.verify({ outcome: 'sucess' })",
  "await emulator.numbers.list({ state: 'sold' })",
  "await emulator.numbers.put([{ e164: '+14155550142', state: 'sold' }])",
  "await emulator.timing.put({ e911: 'later' })",
  "await emulator.timing.put({ portIn: 'held' })",
  "await emulator.state.put({ numbers: [{ number: '+14155550142' }] })",
  '(await emulator.contract()).summary.request',
  '(await emulator.magic()).number',
  '(await emulator.outcomes()).operations[0]?.outcome',
  '(await emulator.fidelity()).summary.documented',
  "await createEmulator({ portFile: 'port' })",
  "await createEmulator({ logLevel: 'info' })",
  'await createEmulator({ clock: true })',
  'await createEmulator({ random_seed: 1 })'
]

/** A module in CommonJS. */
const TYPED_COMMON_JS = `import { createEmulator, type Emulator } from 'oneuc-emulator'
import { useEmulator as inJest } from 'oneuc-emulator/jest'
import { useEmulator as inNode } from 'oneuc-emulator/node-test'
const started: Promise<Emulator> = createEmulator({ port: 0 })
const urls: string[] = [inJest, inNode].map((use) => use({ gates: { failOnWarning: true } }).url)
console.log(started, urls)
`

const [typed, wrong, names, typedCommonJs] = [
  write('typed.mts', CONSUMER),
  write('wrong.mts', CONSUMER.replace('agingSeconds', 'agingSecond')),
  write('names.mts', TYPED_RIGHT + TYPED_WRONG.join(';\n')),
  write('typed.cts', TYPED_COMMON_JS)
]
/** They are compiled together, because the compiler spends most of its time on the declarations of Node. */
const errors = compile([typed, wrong, names, typedCommonJs])

t.test('Users of TypeScript need no types but their own', async (t) => {
  t.same(
    errors.filter(({ file }) => file !== wrong && file !== names),
    []
  )
  const wrongOption = errors.filter(({ file }) => file === wrong)
  t.match(wrongOption, [{ message: /agingSecond/ }], 'a wrong option is an error')
})

t.test('A wrong name is an error of the compiler: operations, outcomes, states, fields and options', async (t) => {
  const lines = errors.filter(({ file }) => file === names).map(({ line }) => line)
  const first = TYPED_RIGHT.split('\n').length - 1
  t.same(
    lines,
    TYPED_WRONG.map((_, i) => first + i)
  )
})

t.test('The library can be used from modules and from CommonJS', async (t) => {
  const { outputText } = ts.transpileModule(CONSUMER, { compilerOptions: { target: ts.ScriptTarget.ES2022 } })
  const [script, commonJs] = [write('script.mjs', outputText), write('script.cjs', REQUIRING)]
  const output = execFileSync(...outside(process.execPath, [script]), { encoding: 'utf8' })
  t.same(JSON.parse(output), [[200, 200], 'function', true, 'answered'])
  // Node takes the ES modules where it can; an older one, Jest and bundlers take the file in CommonJS.
  for (const [flags, file] of [
    [[], 'library.js'],
    [['--no-experimental-require-module'], 'commonjs.cjs']
  ] as const) {
    const printed = execFileSync(...outside(process.execPath, [...flags, commonJs]), { encoding: 'utf8' })
    t.same(JSON.parse(printed), [file, 200, 'AdminError', true, 'function'], file)
  }
})

/** A program in CommonJS that uses the library. */
const REQUIRING = `
const { basename } = require('node:path')
const { createEmulator, AdminError } = require('oneuc-emulator')
const { useEmulator } = require('oneuc-emulator/jest')
createEmulator().then(async (emulator) => {
  const { status } = await fetch(emulator.url + '/v2/phone_numbers?prefix=415')
  const error = await emulator.faults.add({ operation: 'bye' }).catch((reason) => reason)
  await emulator.gate()
  await emulator.close()
  const file = basename(require.resolve('oneuc-emulator'))
  console.log(JSON.stringify([file, status, error.name, error instanceof AdminError, typeof useEmulator]))
})
`

/** A program of a user who has the types of no package. */
const UNTYPED = `
import { adminClient, createEmulator, type Emulator } from 'oneuc-emulator'
import { useEmulator as inJest } from 'oneuc-emulator/jest'
import { useEmulator as inNode } from 'oneuc-emulator/node-test'
import { useEmulator as inVitest } from 'oneuc-emulator/vitest'
export async function find(): Promise<number> {
  await using emulator: Emulator = await createEmulator({ port: 0, seedJson: '{"numbers":[]}' })
  globalThis.fetch = emulator.fetch
  const { text } = await emulator.inject({ url: '/v2/phone_numbers?prefix=415' })
  return text.length + (await adminClient(emulator.url).requests.count())
}
export const runners = [inJest, inNode, inVitest].map((use) => use().url)
`

t.test('The types need neither @types/node nor a new ECMAScript, with all declarations checked', async (t) => {
  const file = write('untyped.mts', UNTYPED)
  const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }
  // Both ways to resolve the package lead to the same declarations.
  t.same(compile([file], { types: [], target: ts.ScriptTarget.ES2022 }), [], 'NodeNext')
  t.same(compile([file], { types: [], target: ts.ScriptTarget.ESNext, ...bundler }), [], 'bundler')
})

t.test('A module in CommonJS has types', async (t) => {
  t.same(
    errors.filter(({ file }) => file === typedCommonJs),
    []
  )
  t.same(compile([typedCommonJs], { module: ts.ModuleKind.Node16 }), [])
  // `module: commonjs` of TypeScript 5 and older resolves so, and does not read `exports`.
  const { options } = ts.convertCompilerOptionsFromJson(
    { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
    folder
  )
  t.same(compile([typedCommonJs], options), [], 'as before exports')
})

/** Writes a program of a user beside the package, and returns its path. */
function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** Returns the errors of the compiler in its strictest mode, in the declarations of packages too. */
function compile(
  files: readonly string[],
  options: ts.CompilerOptions = {}
): { file: string | undefined; line: number | undefined; message: string }[] {
  const program = ts.createProgram(files, {
    strict: true,
    exactOptionalPropertyTypes: true,
    // The declarations of the package and of Node are checked; those of the language are TypeScript's own.
    skipDefaultLibCheck: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    types: ['node'],
    typeRoots: [join(folder, 'node_modules', '@types')],
    ...options
  })
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => ({
    file: file?.fileName,
    line: file?.getLineAndCharacterOfPosition(start).line,
    message: ts.flattenDiagnosticMessageText(messageText, ' ')
  }))
}

t.test('A driver that was not built is told in one sentence, by program and library', async (t) => {
  const says =
    /^oneuc-emulator: the SQLite driver has no binary .*: run npm rebuild better-sqlite3 .*pnpm approve-builds\n$/
  const unbuilt = t.testdir({ 'package.json': '{"type":"module"}' })
  const copy = (from: string, name: string) => {
    const isKept = (path: string) => !['build', 'deps', 'src'].some((one) => path === join(from, one))
    cpSync(from, join(unbuilt, 'node_modules', name), { recursive: true, filter: isKept })
  }
  for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path']) copy(folderOf(name), name)
  copy(home, 'oneuc-emulator')
  for (const argv of [
    ['--port', '0'],
    ['exec', '--', 'true'],
    ['--fixtures', 'nowhere']
  ]) {
    const { ended } = start(t, argv, [join(unbuilt, 'node_modules', 'oneuc-emulator', 'dist', 'oneuc-emulator.js')])
    t.match(await ended, { code: 2, stdout: '', stderr: says }, argv.join(' '))
  }
  const script = join(unbuilt, 'script.mjs')
  writeFileSync(script, "import { createEmulator } from 'oneuc-emulator'\nawait createEmulator()\n")
  const { stderr } = spawnSync(...outside(process.execPath, [script]), { encoding: 'utf8' })
  t.match(stderr, /DriverError: the SQLite driver has no binary/)
})

t.test('The package is small, has one dependency, and names nothing of the machine that built it', async (t) => {
  t.ok(size <= MAX_PACKED_BYTES, `${size} bytes`)
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Record<string, object>
  t.same(Object.keys(manifest.dependencies ?? {}), ['better-sqlite3'])
  t.match(manifest.bin, { 'oneuc-emulator': 'dist/oneuc-emulator.js' })
  t.equal(execFileSync(...outside(process.execPath, [program, '--version']), { encoding: 'utf8' }), `${VERSION}\n`)

  const names = readdirSync(join(home, 'dist'), { recursive: true, encoding: 'utf8' })
  for (const name of names.filter((one) => /\.(?:js|map|ts|txt|css)$/.test(one))) {
    const text = readFileSync(join(home, 'dist', name), 'utf8')
    t.notOk(text.includes(packageRoot()), name)
    if (!name.endsWith('.map')) continue
    const { sources } = JSON.parse(text) as { sources: string[] }
    t.ok(
      sources.every((source) => source.startsWith('../')),
      `${name} has relative paths`
    )
  }
})

t.test('The package has the licences of all that is in it', async (t) => {
  const notices = readFileSync(join(home, 'dist', 'THIRD-PARTY.txt'), 'utf8')
  t.match(notices, /^fastify 5\S+ \(MIT\)$/m)
  t.match(notices, /^swagger-ui-dist 5\S+ \(Apache-2\.0\)$/m)
  for (const text of ['Apache License', 'SmartBear Software', 'DOMPurify', '@license React']) {
    t.ok(notices.includes(text), text)
  }
})

t.test('A crash prints the files and lines of the sources, and no line of the bundle', async (t) => {
  const damaged = join(folder, 'node_modules', 'damaged')
  cpSync(home, damaged, { recursive: true })
  rmSync(join(damaged, 'fixtures'), { recursive: true })
  const argv = [join(damaged, 'dist', 'oneuc-emulator.js'), '--port', '0']
  const { status, stdout, stderr } = spawnSync(...outside(process.execPath, argv), { encoding: 'utf8' })
  t.same([status, stdout], [1, ''])
  t.match(stderr, /^Error: ENOENT: no such file or directory/)
  t.match(stderr, /src\/state\/fixtures\.ts:\d+:\d+/)
  t.match(stderr, /src\/cli\/serve\.ts:\d+:\d+/)
  t.notMatch(stderr, /chunks|dist\//)
})

t.test('A failed request logs the files and lines of the sources', async (t) => {
  const file = join(folder, 'numbers.db')
  const started = start(t, ['--port', '0', '--db', file], [program])
  const url = await urlOf(started)
  const connection = new Driver(file)
  connection.exec('DROP TABLE number')
  connection.close()
  t.equal((await fetch(`${url}/v2/phone_numbers?prefix=415`)).status, 500)
  started.child.kill('SIGTERM')
  const { stderr } = await started.ended
  t.match(stderr, /db\/[\w-]+\.ts:\d+:\d+/)
  t.notMatch(stderr, /chunks/)
})
