import { basename } from 'node:path'
import t from 'tap'
import { sourceFiles } from './source-files.js'

const CODE = sourceFiles('src', 'routes', 'db')
const EVERYTHING = [...CODE, ...sourceFiles('test', 'bench')]

/** The most files that may lie loose in src/. */
const MAX_LOOSE_FILES = 10

/**
 * The staircase: a file imports from its own step or from below. Every folder and every loose file of src/ has a row; the first
 * pattern that fits counts.
 */
const STAIRCASE: readonly [path: RegExp, step: number][] = [
  [/^src\/(?:main|library)\.ts$|^src\/(?:cli|library|testing)\//, 6],
  [/^src\/(?:emulator|app)\.ts$/, 5],
  [/^routes\//, 4],
  [/^src\/(?:api|admin|proxy|records|state)\/|^src\/contract\/(?:reports|openapi|pact|verify)\//, 3],
  [/^src\/contract\/(?:report|gates|rules|fidelity|example-problems|fault-rules|recognise)\.ts$/, 3],
  [/^src\/(?:operations|sandbox)\//, 2],
  [/^db\//, 1],
  [/^src\/(?:numbering|inventory|e911|journal|contract|findings|text|turns)\//, 0],
  [/^src\/(?:problems|violations|dialect|json|package|settings)\.ts$/, 0]
]

function stepOf(path: string): number {
  return STAIRCASE.find(([pattern]) => pattern.test(path))?.[1] ?? Number.NaN
}

const isOfTheProject = (name: string) => /^(?:src|routes|db)\//.test(name)

/** The pairs of a file and something that it imports for which `isWrong` holds. */
function imports(isWrong: (path: string, name: string) => boolean): string[] {
  return CODE.flatMap(({ path, imports: names }) =>
    names.filter((name) => isWrong(path, name)).map((name) => `${path} imports ${name}`)
  )
}

t.test('the code is found', async (t) => {
  const paths = CODE.map(({ path }) => path)
  for (const path of ['src/main.ts', 'src/operations/activate.ts', 'routes/admin/index.ts', 'db/numbers.ts']) {
    t.ok(paths.includes(path), path)
  }
  const main = CODE.find(({ path }) => path === 'src/main.ts')
  t.same(main?.imports, ['node:module', 'src/cli/process.ts', 'src/cli/run.ts'])
  t.ok(main?.names.has('process'))
})

t.test('every folder and every loose file is known, and few files lie loose', async (t) => {
  t.same(
    CODE.filter(({ path }) => Number.isNaN(stepOf(path))).map(({ path }) => path),
    []
  )
  const loose = CODE.map(({ path }) => path).filter((path) => /^src\/[^/]+$/.test(path))
  t.ok(loose.length <= MAX_LOOSE_FILES, loose.join(', '))
})

t.test('no file imports from a step above its own', async (t) => {
  t.same(
    imports((path, name) => isOfTheProject(name) && !(stepOf(name) <= stepOf(path))),
    []
  )
})

t.test('only db/ knows SQLite, and only the steps from HTTP upwards know Fastify', async (t) => {
  t.same(
    imports((path, name) => name === 'better-sqlite3' && !path.startsWith('db/')),
    []
  )
  t.same(
    imports((path, name) => /^(?:@?fastify|pino)\b/.test(name) && stepOf(path) < 3),
    []
  )
})

/** Modules of Node that compute and nothing else. */
const COMPUTES = ['node:crypto', 'node:zlib']

t.test('the numbering plan, the inventory and the address matcher ask nothing of the machine', async (t) => {
  const pure = /^src\/(?:numbering|inventory|e911)\//
  t.same(
    imports((path, name) => pure.test(path) && name.startsWith('node:') && !COMPUTES.includes(name)),
    []
  )
})

t.test('the process is touched only where it is started and stopped', async (t) => {
  t.same(
    CODE.filter(({ path, names }) => stepOf(path) < 6 && names.has('process')).map(({ path }) => path),
    []
  )
})

/**
 * Where time and chance may come in. `Date.now` is real time, whatever the clock of a sandbox shows: the age of the process, of
 * requests and snapshots, and how long a client has really waited.
 */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  'Date.now': [
    'src/emulator.ts',
    'src/cli/verify.ts',
    'src/api/journal-hook.ts',
    'src/api/contract-check.ts',
    'src/contract/rules.ts',
    'src/state/snapshots.ts',
    'routes/admin/health.ts'
  ],
  randomBytes: ['src/sandbox/identifiers.ts'],
  // Tests that share one emulator need sandboxes of different names.
  randomUUID: ['src/sandbox/identifiers.ts', 'src/testing/use-emulator.ts'],
  'Math.random': []
}

t.test('time and chance come in from outside, in few places', async (t) => {
  for (const [name, places] of Object.entries(SOURCES)) {
    const found = CODE.filter(({ path, names }) => names.has(name) && !places.includes(path)).map(({ path }) => path)
    t.same(found, [], name)
  }
})

const TIMERS = ['setImmediate', 'setInterval', 'setTimeout']

t.test('no fake timers of a test stop the emulator in the same process', async (t) => {
  const isGlobal = ({ path, imports, names }: (typeof CODE)[number]) =>
    stepOf(path) < 6 &&
    (imports.some((name) => name.startsWith('node:timers')) ||
      (TIMERS.some((name) => names.has(name)) && !imports.includes('src/turns/timers.ts')))
  t.same(
    CODE.filter(isGlobal).map(({ path }) => path),
    ['src/turns/timers.ts'],
    'the others import them from there'
  )
})

/** Files outside of routes/ that name URL paths: those that call or read them, hold the emulator against the document, or join the APIs. */
const NAME_PATHS = /^src\/(?:app\.ts|admin\/client(?:\.ts|\/)|cli\/|contract\/|records\/|api\/not-found\.ts)/

t.test('URL paths are written in routes/ only', async (t) => {
  const isPath = (literal: string) => /^\/(?:v2|__admin|sandboxes)\b/.test(literal)
  t.same(
    CODE.filter(({ path }) => !path.startsWith('routes/') && !NAME_PATHS.test(path)).flatMap(({ path, literals }) =>
      literals.filter(isPath).map((literal) => `${path}: ${literal}`)
    ),
    []
  )
})

/** Files of routes/ that several endpoints share. */
const SHARED_BY_ROUTES = [
  'routes/index.ts',
  'routes/descriptions.ts',
  'routes/schemas.ts',
  'routes/admin/index.ts',
  'routes/admin/options.ts'
]

t.test('endpoints do not import one another', async (t) => {
  const isEndpoint = (path: string) => path.startsWith('routes/') && basename(path) !== 'index.ts'
  t.same(
    imports((path, name) => isEndpoint(path) && name.startsWith('routes/') && !SHARED_BY_ROUTES.includes(name)),
    []
  )
})

t.test('operations import rules but no other operation, and rules import rules', async (t) => {
  const isRule = (path: string) => path.startsWith('src/operations/rules/')
  t.same(
    imports((path, name) => [path, name].every((one) => one.startsWith('src/operations/')) && !isRule(name)),
    []
  )
})

t.test('no file imports itself by way of others, types included', async (t) => {
  t.same(circle(), undefined)
})

/** Finds a way from a file back to itself by its imports. */
function circle(): string[] | undefined {
  const graph = new Map(CODE.map(({ path, imports: names }) => [path, names]))
  const isClear = new Set<string>()
  const follow = (path: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path]
    if (isClear.has(path)) return undefined
    isClear.add(path)
    return firstOf(graph.get(path) ?? [], (next) => follow(next, [...way, path]))
  }
  return firstOf([...graph.keys()], (path) => follow(path, []))
}

function firstOf<Found>(paths: readonly string[], find: (path: string) => Found | undefined): Found | undefined {
  for (const path of paths) {
    const found = find(path)
    if (found !== undefined) return found
  }
  return undefined
}

t.test('files are named by their subject, in kebab case', async (t) => {
  const drawer = /^(?:utils?|helpers?|common|misc|managers?|types)$/
  for (const { path } of EVERYTHING) {
    const parts = path.replace(/\.ts$/, '').split('/')
    const name = parts.pop() ?? ''
    t.match(name, /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|cases|bench))?$/, path)
    const words = [...parts, ...name.split(/[-.]/)]
    t.notOk(
      words.some((word) => drawer.test(word)),
      `${path} is no drawer for everything`
    )
  }
})

t.test('npm test runs every test file: a folder lists its own', async (t) => {
  const inFolders = EVERYTHING.filter(({ path }) => /^test\/[^/]+\/.*\.test\.ts$/.test(path))
  t.ok(inFolders.length > 0)
  for (const { path } of inFolders) {
    const index = `${path.split('/').slice(0, 2).join('/')}/index.ts`
    t.ok(EVERYTHING.find((file) => file.path === index)?.imports.includes(path), `${index} imports ${path}`)
  }
})

t.test('no file of the product is longer than 300 lines', async (t) => {
  t.same(
    CODE.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`),
    []
  )
})

/** Written in two parts, so that this file does not find itself. */
const FORBIDDEN = [
  'TO' + 'DO',
  'FIX' + 'ME',
  'eslint' + '-disable',
  '@ts' + '-',
  'c8 ' + 'ignore',
  'istanbul ' + 'ignore'
]

t.test('nothing is put off, and no check is switched off', async (t) => {
  for (const words of FORBIDDEN) {
    t.same(
      EVERYTHING.filter(({ text }) => text.includes(words)).map(({ path }) => path),
      [],
      words
    )
  }
  t.same(
    EVERYTHING.filter(({ declaresModule }) => declaresModule).map(({ path }) => path),
    [],
    'nor is a module of others redeclared'
  )
})

t.test('a module holds no state that changes', async (t) => {
  t.same(
    CODE.filter(({ text }) => /^(?:export )?(?:let|var) /m.test(text)).map(({ path }) => path),
    []
  )
})

t.test('a schema takes its patterns from the table that has words for each', async (t) => {
  t.same(
    CODE.filter(({ path, text }) => path !== 'src/e911/street-schema.ts' && /\bpattern: ['`]/.test(text)).map(
      ({ path }) => path
    ),
    []
  )
})
