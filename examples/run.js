// Runs every example against the built package: `npm run examples`. An example whose tool is missing is left out.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { installPackages, NODE_EXAMPLES } from './run-node.js'
import { CONTAINER_EXAMPLES, ELSEWHERE, LANGUAGE_EXAMPLES, versionOf, WORKFLOW_EXAMPLE } from './run-tools.js'

const EXAMPLES = dirname(fileURLToPath(import.meta.url))
const PROGRAM = join(dirname(EXAMPLES), 'dist', 'oneuc-emulator.js')

/** A run that takes longer hangs: the slowest, Maven's first, takes 15 s on a quiet machine. */
const TIMEOUT_MS = 600_000

/** Bytes of the output of one run; npm prints some kilobytes. */
const MAX_OUTPUT_BYTES = 16_000_000

/** Resolves to the exit status and the output of a shell command in the folder of an example. */
function run(name, command, variables) {
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, ...variables }
  const options = { cwd: join(EXAMPLES, name), env, shell: true, timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES }
  return new Promise((resolve) => {
    const child = execFile(command, options, (_error, stdout, stderr) => {
      resolve({ status: child.exitCode, output: stdout + stderr })
    })
    child.stdin.end()
  })
}

/** Runs an example in several ways, and prints one line. */
async function play(name, version, command, ways) {
  const results = []
  for (const way of ways) results.push({ way, ...(await run(name, command, way.variables)) })
  const wrong = results.filter(({ way, ...result }) => !way.holds(result))
  console.log(
    `${wrong.length === 0 ? 'ran      ' : 'failed   '}${name} (${version}): ${ways.map(({ says }) => says).join(', ')}`
  )
  for (const { way, status, output } of wrong) {
    console.error(`${name} ended with ${status}, but should have: ${way.says}\n${output}`)
    process.exitCode = 1
  }
}

/** Starts an emulator that has met a request with a warning. */
async function startWithWarning() {
  const child = spawn(process.execPath, [PROGRAM, '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  const { url } = JSON.parse(line)
  await fetch(`${url}/v2/phone_numbers?prefix=415&qantity=1`)
  return { child, url }
}

/** The program as it is on the PATH once the package is installed. */
const bin = mkdtempSync(join(tmpdir(), 'oneuc-examples-'))
const script = join(bin, 'oneuc-emulator')
writeFileSync(script, `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`)
chmodSync(script, 0o755)
const { child, url } = await startWithWarning()

/** What the tests of each language do with the emulator that they start or join. */
const WAYS = [
  {
    says: 'passes',
    variables: { ONEUC_EMULATOR_FAIL_ON_WARNING: 'true' },
    holds: ({ status }) => status === 0
  },
  {
    says: 'fails at a gate',
    variables: { ONEUC_EMULATOR_URL: url, ONEUC_EMULATOR_FAIL_ON_WARNING: 'true' },
    holds: ({ status, output }) => status !== 0 && output.includes('requests differ from the document')
  },
  {
    says: 'shows the last requests',
    variables: { ONEUC_EMULATOR_AUTH: 'strict' },
    holds: ({ status, output }) => status !== 0 && /last requests/i.test(output) && / -> 401 /.test(output)
  }
]

const PASSES = [{ says: 'passes', variables: {}, holds: ({ status }) => status === 0 }]

/** The rest of the workflow needs GitHub. */
const SHOWS = {
  says: 'its step shows the contract report',
  variables: { ONEUC_EMULATOR_URL: url, GITHUB_STEP_SUMMARY: join(bin, 'summary.md') },
  holds: ({ status, output }) => status === 0 && output.includes('near_key')
}

const others = [
  ...LANGUAGE_EXAMPLES.map((example) => ({ ...example, ways: WAYS })),
  ...CONTAINER_EXAMPLES.map((example) => ({ ...example, ways: PASSES })),
  { ...WORKFLOW_EXAMPLE, ways: [SHOWS] }
]

async function playNodeExamples() {
  for (const { name, ways } of NODE_EXAMPLES) {
    if (await installPackages(join(EXAMPLES, name))) await play(name, `node ${process.version}`, 'npm test', ways)
    else console.log(`left out ${name}: its packages cannot be installed`)
  }
}

async function playOthers() {
  for (const { name, probes, command, needs, ways } of others) {
    const version = versionOf(probes)
    if (version === undefined) console.log(`left out ${name}: needs ${needs}`)
    else await play(name, version, command(), ways)
  }
  for (const [name, needs] of Object.entries(ELSEWHERE)) console.log(`left out ${name}: needs ${needs}`)
}

try {
  // The one mostly waits for npm, the other mostly for compilers.
  await Promise.all([playNodeExamples(), playOthers()])
} finally {
  child.kill()
  rmSync(bin, { recursive: true })
}
