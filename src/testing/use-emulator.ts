import { randomUUID } from 'node:crypto'
import {
  adminClient,
  createEmulator,
  type AdminClient,
  type Emulator,
  UsageError,
  type EmulatorOptions,
  type GateOptions
} from '../library.js'
import { assertKnown } from '../library/options.js'
import { checkJoinedGates } from './joined-gates.js'
import { formatRequests, formatUnmet } from './last-requests.js'
import { ADMIN_URL, BASE_URL } from '../text/client-variables.js'

/** How tests use an emulator. */
export interface UseEmulatorOptions {
  /** The gates that are checked after the last test. @default none */
  gates?: GateOptions
  /** The settings of the emulator, where the tests start one. */
  emulator?: EmulatorOptions
  /** Receives the last requests of a test that failed. @default standard error */
  print?: (text: string) => void
}

/** The emulator as the test that runs sees it: each test has a sandbox of its own. */
export interface UsedEmulator {
  /** The base URL of the API in this test, which `ONEUC_BASE_URL` holds, too. */
  readonly url: string
  /** The admin API of the sandbox of this test; `adminClient(process.env.ONEUC_ADMIN_URL)` is another client of it. */
  readonly admin: AdminClient
}

/** The hooks of a test runner. `afterEach` is told whether the test has failed. */
export interface Hooks {
  beforeAll: (work: () => Promise<void>) => void
  beforeEach: (work: () => Promise<void>) => void
  afterEach: (work: (hasFailed: boolean) => Promise<void>) => void
  afterAll: (work: () => Promise<void>) => void
}

/** An emulator that runs, started here or elsewhere. */
interface Running {
  url: string
  adminUrl: string
  admin: AdminClient
  end: () => Promise<void>
}

interface TestSandbox {
  url: string
  admin: AdminClient
  restore: () => void
}

/** How many requests are printed. */
const LAST_REQUESTS = 10

/** Starts or joins an emulator for the tests of a file, and gives each of them a sandbox, by the hooks of a runner. */
export function useEmulatorWith(hooks: Hooks, options: UseEmulatorOptions): UsedEmulator {
  assertKnown('useEmulator', options, ['gates', 'emulator', 'print'])
  // The entry for Jest takes the hooks from the scope of the test file, where another runner puts none.
  if (typeof (hooks.beforeAll as unknown) !== 'function') {
    throw new UsageError(
      'Jest does not run this file: import useEmulator from oneuc-emulator/vitest or oneuc-emulator/node-test'
    )
  }
  const { print = (text: string) => process.stderr.write(text) } = options
  let running: Running | undefined
  let sandbox: TestSandbox | undefined
  hooks.beforeAll(async () => {
    running = await startOrJoin(options)
  })
  hooks.beforeEach(async () => {
    sandbox = running === undefined ? undefined : openSandbox(running)
  })
  hooks.afterEach(async (hasFailed) => {
    if (sandbox === undefined) return
    const { admin, restore } = sandbox
    sandbox = undefined
    restore()
    // The call also makes the sandbox of a test that made no request, so that it can be dropped.
    const requests = await admin.requests.list({ limit: LAST_REQUESTS })
    if (hasFailed) print(formatRequests(requests) + formatUnmet(await admin.faults.list()))
    await admin.drop()
  })
  hooks.afterAll(async () => {
    await running?.end()
  })
  return {
    get url() {
      return inTest(sandbox).url
    },
    get admin() {
      return inTest(sandbox).admin
    }
  }
}

function inTest(sandbox: TestSandbox | undefined): TestSandbox {
  if (sandbox === undefined) {
    throw new Error(
      'the emulator has a sandbox during a test only: call useEmulator of the entry for your runner where the file is loaded, and read url and admin in a test'
    )
  }
  return sandbox
}

async function startOrJoin({ gates = {}, emulator: settings = {} }: UseEmulatorOptions): Promise<Running> {
  const { ONEUC_EMULATOR_URL: url, ONEUC_EMULATOR_ADMIN_TOKEN: token } = process.env
  if (url !== undefined && url !== '') {
    const admin = adminClient(url, token)
    const base = url.replace(/\/+$/, '')
    return { url: base, adminUrl: base, admin, end: () => checkJoinedGates(admin, gates) }
  }
  const emulator: Emulator = await createEmulator(settings)
  return {
    url: emulator.url,
    adminUrl: emulator.adminUrl,
    admin: emulator,
    async end() {
      try {
        await emulator.gate(gates)
      } finally {
        await emulator.close()
      }
    }
  }
}

/** Makes a sandbox for a test, and points the environment to it. */
function openSandbox({ url: whole, adminUrl, admin: all }: Running): TestSandbox {
  const name = `test-${randomUUID()}`
  const url = `${whole}/sandboxes/${name}`
  const before = { [BASE_URL]: process.env[BASE_URL], [ADMIN_URL]: process.env[ADMIN_URL] }
  Object.assign(process.env, { [BASE_URL]: url, [ADMIN_URL]: `${adminUrl}/sandboxes/${name}` })
  return {
    url,
    admin: all.sandbox(name),
    restore() {
      for (const [variable, value] of Object.entries(before)) {
        if (value === undefined) Reflect.deleteProperty(process.env, variable)
        else process.env[variable] = value
      }
    }
  }
}
