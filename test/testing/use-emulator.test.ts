/** `useEmulator` as a test runner drives it: by hooks here, and in a project of Node's own runner with the built package. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { adminClient, createEmulator, GateError, type EmulatorOptions } from '../../src/library.js'
import { packageRoot } from '../../src/package.js'
import {
  useEmulatorWith,
  type Hooks,
  type UsedEmulator,
  type UseEmulatorOptions
} from '../../src/testing/use-emulator.js'
import { outside } from '../harness/built-program.js'

interface Run {
  emulator: UsedEmulator
  printed: string[]
  begin: () => Promise<void>
  /** Runs a test, which fails if it says so. */
  test: (work: () => Promise<void>, fails?: boolean) => Promise<void>
  end: () => Promise<void>
}

/** A runner that calls the hooks when the test says so. */
function newRun(options: UseEmulatorOptions = {}): Run {
  const printed: string[] = []
  const none = async () => undefined
  const hooks: Record<'beforeAll' | 'beforeEach' | 'afterAll', () => Promise<void>> = {
    beforeAll: none,
    beforeEach: none,
    afterAll: none
  }
  let afterEach: (hasFailed: boolean) => Promise<void> = async () => undefined
  const emulator = useEmulatorWith(
    {
      beforeAll: (work) => (hooks.beforeAll = work),
      beforeEach: (work) => (hooks.beforeEach = work),
      afterEach: (work) => (afterEach = work),
      afterAll: (work) => (hooks.afterAll = work)
    },
    { print: (text) => printed.push(text), ...options }
  )
  return {
    emulator,
    printed,
    begin: () => hooks.beforeAll(),
    test: async (work, fails = false) => {
      await hooks.beforeEach()
      await work()
      await afterEach(fails)
    },
    end: () => hooks.afterAll()
  }
}

/** Sets variables of the environment for a test. */
function setVariables(t: Test, variables: Readonly<Record<string, string | undefined>>): void {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]))
  const set = (values: Readonly<Record<string, string | undefined>>) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = value
    }
  }
  set(variables)
  t.teardown(() => {
    set(before)
  })
}

const ALONE = { ONEUC_EMULATOR_URL: undefined, ONEUC_EMULATOR_ADMIN_TOKEN: undefined }
const get = async (path: string) => (await fetch(`${process.env.ONEUC_BASE_URL ?? ''}${path}`)).status

t.test('Each test has a sandbox of its own, and finds it in the environment', async (t) => {
  setVariables(t, { ...ALONE, ONEUC_BASE_URL: 'http://before', ONEUC_ADMIN_URL: undefined })
  const { emulator, printed, begin, test, end } = newRun()
  t.throws(() => emulator.url, /during a test only/)
  await begin()
  const names = new Set<string>()
  for (const i of [1, 2]) {
    await test(async () => {
      names.add(emulator.url)
      t.equal(process.env.ONEUC_BASE_URL, emulator.url)
      t.equal(process.env.ONEUC_ADMIN_URL, emulator.url)
      t.equal(await get('/v2/phone_numbers?prefix=415'), 200)
      t.equal(await emulator.admin.requests.count(), 1, `test ${i}`)
      t.equal(await adminClient(String(process.env.ONEUC_ADMIN_URL)).requests.count(), 1, 'exec means the same by it')
    })
    t.equal(process.env.ONEUC_BASE_URL, 'http://before', 'a variable is put back')
    t.notOk('ONEUC_ADMIN_URL' in process.env, 'or taken away')
  }
  await test(async () => undefined)
  t.equal(names.size, 2)
  t.same(printed, [], 'tests that pass print nothing')
  await end()
})

t.test('A test that fails shows its last requests', async (t) => {
  setVariables(t, ALONE)
  const { emulator, printed, begin, test, end } = newRun()
  await begin()
  await test(async () => {
    await emulator.admin.faults.add({ operation: 'search', status: 503, times: 1, name: 'busy' })
    await get('/v2/phone_numbers?prefix=415')
    await get('/v2/phone_numbers?prefix=41')
    await get('/nowhere')
  }, true)
  await test(async () => {
    await emulator.admin.faults.add({ operation: 'search', fault: 'EMPTY_RESPONSE', times: 1, name: 'lost' })
    await t.rejects(get('/v2/phone_numbers?prefix=415'))
  }, true)
  await test(async () => undefined, true)
  await test(async () => {
    await emulator.admin.faults.add({ operation: 'read', number: '+14155550142', status: 503 })
    await get('/v2/phone_numbers?prefix=415')
  }, true)
  t.strictSame(printed, [
    'Last requests to the emulator:\n' +
      '  GET /v2/phone_numbers?prefix=415 -> 503  datastore_unreachable  fault busy\n' +
      '  GET /v2/phone_numbers?prefix=41  -> 400  validation_error  prefix_form\n' +
      '  GET /nowhere                     -> 404  not_found\n',
    'Last requests to the emulator:\n  GET /v2/phone_numbers?prefix=415 -> 0  no outcome  fault lost\n',
    'The test sent no request to the emulator.\n',
    'Last requests to the emulator:\n  GET /v2/phone_numbers?prefix=415 -> 200  success\n' +
      'Fault rules that no request has met:\n  {"operation":"read","number":"+14155550142","status":503}\n'
  ])
  await end()
})

t.test('The entry for Jest says that another runner runs the file', async (t) => {
  const hooks = { beforeAll: undefined } as unknown as Hooks
  t.throws(() => useEmulatorWith(hooks, {}), { name: 'UsageError', message: /oneuc-emulator\/vitest/ })
})

t.test('The last requests go to standard error unless I say where', async (t) => {
  setVariables(t, ALONE)
  const written = t.capture(process.stderr, 'write')
  const { begin, test, end } = newRun({ print: undefined } as UseEmulatorOptions & { print: undefined })
  await begin()
  await test(async () => undefined, true)
  await end()
  t.match(written.args(), [['The test sent no request to the emulator.\n']])
})

const GATES: readonly { says: string; gates?: UseEmulatorOptions['gates']; fails: boolean }[] = [
  { says: 'no gate', fails: false },
  { says: 'a gate that holds', gates: { minCoverage: 1 }, fails: false },
  { says: 'a gate that fails', gates: { minCoverage: 100 }, fails: true }
]

t.test('The gates are checked after the last test, whether the emulator was started here or elsewhere', async (t) => {
  const token = 'secret'
  for (const { says, gates, fails } of GATES) {
    for (const isJoined of [false, true]) {
      await t.test(`${says}, ${isJoined ? 'joined' : 'started'}`, async (t) => {
        setVariables(t, ALONE)
        const settings: EmulatorOptions = { adminToken: token }
        if (isJoined) {
          const other = await createEmulator(settings)
          t.teardown(() => other.close())
          setVariables(t, { ONEUC_EMULATOR_URL: `${other.url}/`, ONEUC_EMULATOR_ADMIN_TOKEN: token })
        }
        const { emulator, begin, test, end } = newRun(gates === undefined ? {} : { gates })
        await begin()
        await test(async () => {
          t.equal(await get('/v2/phone_numbers?prefix=415'), 200)
          t.equal(await emulator.admin.requests.count(), 1)
        })
        if (fails) await t.rejects(end(), GateError)
        else await end()
      })
    }
  }
})

t.test('A run that could not start its emulator has nothing to tidy up', async (t) => {
  setVariables(t, ALONE)
  const { emulator, begin, test, end } = newRun({ emulator: { fixtures: join(packageRoot(), 'nowhere') } })
  await t.rejects(begin())
  await test(async () => {
    t.throws(() => emulator.admin)
  })
  await end()
})

const EXAMPLES = join(packageRoot(), 'examples')
const RUNNERS = [
  { folder: 'node-test', program: undefined },
  { folder: 'node-vitest', program: 'node_modules/vitest/vitest.mjs' },
  { folder: 'node-jest', program: 'node_modules/jest/bin/jest.js' }
]

for (const { folder, program } of RUNNERS) {
  const home = join(EXAMPLES, folder)
  // `npm run examples` installs the runners.
  const skip = program !== undefined && !existsSync(join(home, program)) && `needs ${program} in examples/${folder}`
  t.test(`The test of examples/${folder} that fails shows its last requests`, { skip }, async (t) => {
    const env = { ...process.env, ...ALONE, AREA_CODE: '41' }
    const { installPackages } = (await import(join(EXAMPLES, 'run-node.js'))) as {
      installPackages: (home: string) => Promise<boolean>
    }
    t.ok(await installPackages(home))
    const { status, stdout, stderr } = spawnSync(...outside('npm', ['test']), { cwd: home, env, encoding: 'utf8' })
    t.not(status, 0)
    t.match(stdout + stderr, /Last requests to the emulator:\n.*GET \/v2\/phone_numbers\?prefix=41&quantity=1 -> 400 /)
    t.notMatch(stdout + stderr, /ONEUC_BASE_URL/, 'the environment is as before')
  })
}
