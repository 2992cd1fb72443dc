import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import ts from 'typescript'
import { DIALECT_NAMES } from '../src/dialect.js'
import { createEmulator } from '../src/library.js'
import { packageRoot } from '../src/package.js'
import { VERSION } from '../src/package.js'
import { BAD_INPUT } from './api/bad-input.cases.js'
import { HTTP_CLIENTS } from './api/http-clients.cases.js'
import { TOKEN_CASES } from './api/tokens.cases.js'
import { PROGRAM, UNCOUNTED } from './harness/built-program.js'
import type { Case } from './harness/case.js'
import type { Call } from './harness/emulator-under-test.js'
import { requestsOf } from './harness/play.js'
import { DECISIONS } from './routes/decisions.cases.js'
import { LIST_CASES } from './routes/list.cases.js'

const DIST = dirname(PROGRAM)
const env = { ...process.env, ...UNCOUNTED }

/** Starts a built program, and ends it with the test. */
async function started(t: Test, program: string, flags: readonly string[] = []) {
  const child = spawn(process.execPath, [program, '--port', '0', ...flags], { stdio: ['ignore', 'pipe', 'pipe'], env })
  const said = { stderr: '' }
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  t.teardown(() => child.kill('SIGKILL'))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = String(line).trim().split(' ').at(-1) ?? ''
  return {
    url,
    said,
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'close')
    }
  }
}

const LARGE = 1_000_000

/** Cases for the first dialect; for the others, those whose answers come from the checks are enough. */
const CASES: readonly Case[] = [
  ...Object.values(BAD_INPUT).flat(),
  ...DECISIONS.flatMap(({ cases }) => cases),
  ...Object.values(HTTP_CLIENTS).flat(),
  ...LIST_CASES,
  ...TOKEN_CASES
].filter(isPlain)

/** Whether a case needs no settings of its own, and nothing that takes long. */
function isPlain(one: Case): boolean {
  return one.settings === undefined && requestsOf(one).every((call) => textOf(call).length < LARGE)
}

function textOf({ body }: Call): string {
  return body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
}

async function answerOf(base: string, call: Call): Promise<string> {
  const { method, url, token, headers = {} } = call
  const hasBody = call.body !== undefined && !['GET', 'HEAD'].includes(method)
  const answer = await fetch(base + url, {
    method,
    headers: { ...(token === undefined ? {} : { 'x-auth-token': token }), ...headers },
    ...(hasBody ? { body: textOf(call) } : {})
  })
  return `${answer.status} ${await answer.text()}`
}

t.test('what is built answers as its sources do, whatever it is sent', async (t) => {
  for (const dialect of DIALECT_NAMES) {
    const clock = '2024-01-31'
    const flags = ['--dialect', dialect, '--random-seed', '1', '--clock', clock]
    const built = await started(t, PROGRAM, flags)
    await using sources = await createEmulator({ dialect, randomSeed: 1, clock: Date.parse(clock) })
    const cases = dialect === 'oneuc' ? CASES : Object.values(BAD_INPUT).flat().filter(isPlain)
    for (const one of cases) {
      const calls: readonly Call[] = [{ method: 'POST', url: '/__admin/reset' }, ...requestsOf(one)]
      const differing: string[] = []
      for (const call of calls) {
        const answers = [await answerOf(built.url, call), await answerOf(sources.url, call)]
        if (answers[0] !== answers[1]) differing.push(...answers)
      }
      t.same(differing, [], `${dialect}: ${one.title}`)
    }
    await built.stop()
    t.equal(built.said.stderr, '')
  }
})

/** The package as it is installed: what is packed, and beside it the one package that it needs when it runs. */
function installed(t: Test): string {
  const folder = t.testdir({ node_modules: { '@types': {} } })
  const options = { cwd: packageRoot(), encoding: 'utf8', shell: process.platform === 'win32' } as const
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], options)
  const [{ filename, size }] = JSON.parse(packed) as [{ filename: string; size: number }]
  t.ok(size <= 1024 * 1024, `the package is small: ${size} bytes`)
  execFileSync('tar', ['-xzf', filename], { cwd: folder })
  const home = join(folder, 'node_modules', 'oneuc-emulator')
  cpSync(join(folder, 'package'), home, { recursive: true })
  for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path', '@types/node', 'undici-types']) {
    symlinkSync(folderOf(name), join(folder, 'node_modules', name), 'dir')
  }
  return folder
}

function folderOf(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
}

/** What a test of somebody else may look like. */
const CONSUMER = `
import { adminClient, createEmulator, AdminError, type Emulator, type EmulatorOptions, type Logger } from 'oneuc-emulator'

const options: EmulatorOptions = { agingSeconds: 5, dialect: 'oneuc' }
await using emulator: Emulator = await createEmulator(options)
const answer = await emulator.inject({ url: '/v2/phone_numbers?prefix=415&quantity=2' })
const { status } = await fetch(emulator.url + '/docs/swagger-ui.css')
const seen: [number, number] = [answer.status, status]
process.stdout.write(JSON.stringify([seen, typeof adminClient, new AdminError(1, '', '') instanceof Error]))
`

t.test('the package can be installed and used from TypeScript, JavaScript and a shell', async (t) => {
  const folder = installed(t)
  const [typed, wrong] = [join(folder, 'typed.mts'), join(folder, 'wrong.mts')]
  writeFileSync(typed, CONSUMER)
  writeFileSync(wrong, CONSUMER.replace('agingSeconds', 'agingSecond'))
  t.same(complaints(typed), [], 'its types need nothing else')
  t.match(complaints(wrong).join(), 'agingSecond', 'and they are there')

  const script = join(folder, 'script.mjs')
  writeFileSync(
    script,
    ts.transpileModule(CONSUMER, { compilerOptions: { target: ts.ScriptTarget.ES2022 } }).outputText
  )
  const said = execFileSync(process.execPath, [script], { encoding: 'utf8', env })
  t.same(JSON.parse(said), [[200, 200], 'function', true])

  const home = join(folder, 'node_modules', 'oneuc-emulator')
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { bin: Record<string, string> }
  const program = join(home, manifest.bin['oneuc-emulator'] ?? '')
  t.equal(execFileSync(process.execPath, [program, '--version'], { encoding: 'utf8', env }), `${VERSION}\n`)
  t.match(readFileSync(join(home, 'dist', 'THIRD-PARTY.txt'), 'utf8'), /^fastify 5.*MIT/ms, 'it names what is in it')
})

/** What the compiler has to say of a file, in its strictest mood. */
function complaints(file: string): string[] {
  const program = ts.createProgram([file], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    types: ['node'],
    typeRoots: [join(dirname(file), 'node_modules', '@types')]
  })
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

/** A copy of what is built, without what the engine has compiled of it. */
function copied(t: Test): string {
  const folder = t.testdir({})
  mkdirSync(join(folder, 'dist'))
  for (const file of readdirSync(DIST).filter((name) => /^[\w-]+\.cjs(?:\.map)?$/.test(name))) {
    cpSync(join(DIST, file), join(folder, 'dist', file))
  }
  cpSync(join(packageRoot(), 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(packageRoot(), 'fixtures'), join(folder, 'fixtures'), 'dir')
  symlinkSync(join(packageRoot(), 'node_modules'), join(folder, 'node_modules'), 'dir')
  return join(folder, 'dist')
}

const SEARCH: Call = { method: 'GET', url: '/v2/phone_numbers?prefix=415' }
const cachesIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.cache'))

t.test('what the engine has compiled is kept once a request was answered, and any start does without it', async (t) => {
  const folder = copied(t)
  const program = join(folder, basename(PROGRAM))
  execFileSync(process.execPath, [program, '--help'], { env })
  t.same(cachesIn(folder), [], 'nothing is kept of a start that answered nothing')
  const run = async () => {
    const { url, said, stop } = await started(t, program)
    t.match(await answerOf(url, SEARCH), /^200 /)
    await stop()
    t.equal(said.stderr, '')
  }
  await run()
  const [cache = 'none'] = cachesIn(folder)
  const file = join(folder, cache)
  const kept = readFileSync(file)
  await run()
  t.ok(readFileSync(file).equals(kept), 'it is used, and stays as it is')
  writeFileSync(file, 'of another engine')
  await run()
  t.ok(readFileSync(file).length > kept.length / 2, 'what is of no use is replaced')
  t.same(cachesIn(folder), [cache], 'and nothing else is left behind')
})

t.test('a defect names the source that it is in', async (t) => {
  const file = join(t.testdir({}), 'numbers.db')
  const built = await started(t, PROGRAM, ['--db', file])
  const { default: Driver } = await import('better-sqlite3')
  const connection = new Driver(file)
  connection.exec('DROP TABLE number')
  connection.close()
  t.match(await answerOf(built.url, { ...SEARCH, url: '/v2/phone_numbers?prefix=415' }), /^500 /)
  await built.stop()
  t.match(built.said.stderr, /db\/numbers\.ts:\d+:\d+/)
  t.ok(existsSync(join(packageRoot(), 'db', 'numbers.ts')))
})
