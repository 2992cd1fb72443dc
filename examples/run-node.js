// The examples for the test runners of Node, and how `run.js` installs what they need.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** What the package needs to run. */
const PACKAGE = ['package.json', 'dist', 'db/migrations', 'fixtures']

/** Two of the fourteen documented outcomes are 14 %: a gate of 15 % has to fail. */
const GATE_FAILED = 'gate failed: 14 % of the documented outcomes were seen'
const PASSES = { says: 'passes', variables: { MIN_COVERAGE: '14' }, holds: ({ status }) => status === 0 }
const FAILS = {
  says: 'fails at a gate',
  variables: { MIN_COVERAGE: '15' },
  holds: ({ status, output }) => status !== 0 && output.includes(GATE_FAILED)
}

const SHOWS_REQUESTS = {
  says: 'shows the last requests',
  variables: { AREA_CODE: '41' },
  holds: ({ status, output }) => status !== 0 && /Last requests[^]* -> 400 /.test(output)
}

export const NODE_EXAMPLES = [
  { name: 'library', ways: [PASSES] },
  { name: 'node-test', ways: [PASSES, FAILS, SHOWS_REQUESTS] },
  { name: 'node-vitest', ways: [PASSES, FAILS, SHOWS_REQUESTS] },
  { name: 'node-jest', ways: [PASSES, FAILS, SHOWS_REQUESTS] },
  { name: 'node-tap', ways: [PASSES, FAILS] },
  { name: 'drift', ways: [{ ...PASSES, says: 'tells what has changed overnight' }] },
  { name: 'pact', ways: [{ ...PASSES, says: 'holds, and does not hold once an answer is changed' }] }
]

/** Installs the packages that neither the example nor this project has, and puts the built package there. Resolves to whether it could. */
export async function installPackages(folder) {
  const { devDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const { resolve } = createRequire(join(folder, 'package.json'))
  const isMissing = (name) => !resolve.paths(name).some((path) => existsSync(join(path, name)))
  const args = ['install', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error']
  if (Object.keys(devDependencies).some(isMissing)) {
    const npm = spawn('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: true })
    const [status] = await once(npm, 'close')
    if (status !== 0) return false
  }
  // A link would make the package find a test runner in this project, instead of in that of the user.
  const home = join(folder, 'node_modules', 'oneuc-emulator')
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  for (const part of PACKAGE) cpSync(join(ROOT, part), join(home, part), { recursive: true })
  return true
}
