// The examples for the test runners of Node, and how `run.js` installs what they need.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** Two of the fourteen documented outcomes are 14 %: a gate of 15 % has to fail. */
const GATE_FAILED = 'gate failed: 14 % of the documented outcomes were seen'
const PASSES = { says: 'passes', variables: { MIN_COVERAGE: '14' }, holds: ({ status }) => status === 0 }
const FAILS = {
  says: 'fails at a gate',
  variables: { MIN_COVERAGE: '15' },
  holds: ({ status, output }) => status !== 0 && output.includes(GATE_FAILED)
}

export const NODE_EXAMPLES = [
  { name: 'library', ways: [PASSES] },
  { name: 'node-test', ways: [PASSES, FAILS] },
  { name: 'node-vitest', ways: [PASSES, FAILS] },
  { name: 'node-jest', ways: [PASSES, FAILS] },
  { name: 'node-tap', ways: [PASSES, FAILS] },
  { name: 'pact', ways: [{ ...PASSES, says: 'holds, and does not hold once an answer is changed' }] }
]

/** Installs the packages that neither the example nor this project has, and links the built package. Returns whether it could. */
export function installPackages(folder) {
  const { devDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const { resolve } = createRequire(join(folder, 'package.json'))
  const isMissing = (name) => !resolve.paths(name).some((path) => existsSync(join(path, name)))
  const args = ['install', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error']
  if (Object.keys(devDependencies).some(isMissing)) {
    const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: true })
    if (status !== 0) return false
  }
  const link = join(folder, 'node_modules', 'oneuc-emulator')
  mkdirSync(dirname(link), { recursive: true })
  if (!existsSync(link)) symlinkSync(ROOT, link, 'dir')
  return true
}
