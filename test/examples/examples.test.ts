/** The examples of the README: a script, and tests under their own runners, which fail where a gate does not hold. */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../src/package.js'

// Every case starts a test runner, on machines that do other things too.
t.setTimeout(300_000)

const EXAMPLES = join(packageRoot(), 'test/examples')

interface Runner {
  folder: string
  /** What is typed in the example's folder. */
  command: string
}

const RUNNERS: readonly Runner[] = [
  { folder: 'node-test', command: 'node --test client.test.js' },
  { folder: 'vitest', command: 'vitest run' },
  { folder: 'jest', command: 'NODE_OPTIONS=--experimental-vm-modules jest --rootDir .' },
  { folder: 'tap', command: 'tap --reporter=tap client.test.js' }
]

/** Two of the fourteen documented outcomes are 14 %. */
const GATES = [
  { says: 'holds', minimum: 14, passes: true },
  { says: 'does not hold', minimum: 15, passes: false }
]

t.test('Every example is run', async (t) => {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  t.same(folders.map(({ name }) => name).sort(), RUNNERS.map(({ folder }) => folder).sort())
})

t.test('I drive an emulator from a script of my own', async (t) => {
  const { code, said } = await run('node library.js', EXAMPLES, {})
  t.equal(code, 0, 'it ends by itself, and well', { said })
})

for (const { folder, command } of RUNNERS) {
  for (const { says, minimum, passes } of GATES) {
    t.test(`My tests under ${folder} ${passes ? 'pass' : 'fail'} where the gate ${says}`, async (t) => {
      const { code, said } = await run(command, join(EXAMPLES, folder), { MIN_COVERAGE: String(minimum) })
      t.equal(code === 0, passes, `it ends with ${String(code)}`, { said })
      t.equal(said.includes('gate failed: 14 % of the documented outcomes were seen'), !passes, 'and says why', {
        said
      })
      t.match(said, /client\.test\.js|A number that I find is mine/, 'after a test has run')
    })
  }
}

/**
 * Runs a line in a shell that finds the project's commands, as npm does. It inherits nothing: a runner would take itself for a
 * part of the one that runs this test, and be measured by it.
 */
function run(line: string, cwd: string, more: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const PATH = `${join(packageRoot(), 'node_modules/.bin')}:${process.env.PATH ?? ''}`
  const variables = Object.entries({ PATH, HOME: homedir(), ...more }).map(([name, value]) => `${name}=${value}`)
  return new Promise((resolve) => {
    const child = spawn('env', ['-i', ...variables, 'sh', '-c', line], { cwd })
    const pieces: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => pieces.push(piece))
    child.on('close', (code) => {
      resolve({ code, said: Buffer.concat(pieces).toString() })
    })
  })
}
