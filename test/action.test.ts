/** `action.yml` starts the emulator in a pipeline: its steps run here as GitHub runs them, with the built program. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import t, { type Test } from 'tap'
import { packageRoot, VERSION } from '../src/package.js'
import { PROGRAM } from './harness/built-program.js'
import { readYaml, runStep, type Step } from './harness/workflow-steps.js'

interface Action {
  inputs?: Record<string, { default: string }>
  outputs?: Record<string, unknown>
  runs: { using: string; steps: (Step & { if?: string })[] }
}

const ACTION = readYaml('action.yml') as Action
const REPORT = readYaml('.github/actions/report/action.yml') as Action

/** Stands for docker: it has one image and can pull no other, and runs the program where the image would. */
const DOCKER = `#!/bin/sh
echo "$@" >> "$RUNNER_TEMP/docker"
if [ "$1" = image ]; then [ "$3" = example/image:1 ]; exit; fi
if [ "$1" = pull ]; then echo 'Cannot connect to the Docker daemon' >&2; exit 1; fi
seed=
while [ "$1" != example/image:1 ]; do
  case "$1" in
    --publish) port=\${2#127.0.0.1:} port=\${port%:8000} ;;
    --volume) seed="--seed-file \${2%%:*}" ;;
  esac
  shift
done
shift
exec node '${PROGRAM}' --port "$port" $seed "$@"
`

/** Stands for npm, in whose registry is only the version of this package. */
const NPM = `#!/bin/sh
echo "$@" > "$RUNNER_TEMP/npm"
case "$*" in *@0.0.0) echo 'npm error code E404' >&2; exit 1 ;; esac
[ "$1" = install ] || exit 0
mkdir -p "$3/node_modules" && ln -s '${packageRoot()}' "$3/node_modules/oneuc-emulator"
`

/** A job that uses the action: its folder, and a function that runs the steps of an action and returns what they say. */
function jobOf(t: Test) {
  const folder = t.testdir({ temp: {}, bin: { docker: DOCKER, npm: NPM }, output: '', 'seed.yaml': SEED })
  for (const name of ['docker', 'npm']) chmodSync(join(folder, 'bin', name), 0o755)
  const temp = join(folder, 'temp')
  const environment = {
    RUNNER_TEMP: temp,
    GITHUB_OUTPUT: join(folder, 'output'),
    PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}`
  }
  /** The pid is read at once: the folder is gone before the test is torn down. */
  const stopLater = () => {
    const file = join(temp, 'oneuc-emulator', 'pid')
    if (!existsSync(file)) return
    const pid = Number(readFileSync(file, 'utf8'))
    t.teardown(() => {
      stop(pid)
    })
  }
  const use = ({ inputs = {}, runs }: Action, values: Record<string, string> = {}) => {
    const given = { ...Object.fromEntries(Object.entries(inputs).map(([name, one]) => [name, one.default])), ...values }
    const context = {
      'github.action_path': packageRoot(),
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`inputs.${name}`, value]))
    }
    writeFileSync(environment.GITHUB_OUTPUT, '')
    let all = ''
    for (const step of runs.steps.filter((one) => one.if === undefined || given.image === '')) {
      const { status, output } = runStep(step, context, environment, folder)
      all += output
      stopLater()
      if (status !== 0) return { status, output: all, outputs: {} as Record<string, string> }
    }
    const lines = readFileSync(environment.GITHUB_OUTPUT, 'utf8').trim().split('\n')
    const pairs = lines.map((line) => line.split(/=(.*)/, 2) as [string, string])
    return { status: 0, output: all, outputs: Object.fromEntries(pairs) as Record<string, string> }
  }
  return { temp, use }
}

function stop(pid: number): void {
  try {
    process.kill(pid)
  } catch {
    // It could not start, or has ended.
  }
}

const SEED = "numbers: [{ e164: '+14155550142', state: available }]\n"

t.test('Its steps are those that the tests know', async (t) => {
  t.same(Object.keys(ACTION.inputs ?? {}), ['version', 'image', 'port', 'seed-file', 'args'])
  t.same(Object.keys(REPORT.inputs ?? {}), ['admin-token'])
  t.same(Object.keys(ACTION.outputs ?? {}), ['url', 'admin-url'])
  t.same(
    ACTION.runs.steps.flatMap((step) => step.if ?? []),
    ["inputs.image == ''"]
  )
  const steps = [...ACTION.runs.steps, ...REPORT.runs.steps]
  for (const { run, uses } of steps) {
    t.equal(uses, undefined, 'nothing is uploaded')
    t.notMatch(run, /\$\{\{/, 'inputs come as variables, so that none is read as a command')
  }
})

/** Returns the status that a client gets at this URL. */
async function searchAt(url: string): Promise<number> {
  const { status } = await fetch(`${url}/v2/phone_numbers?prefix=415&quantity=1`)
  return status
}

t.test('It starts its own checkout on a free port, with a seed and flags', async (t) => {
  const { use } = jobOf(t)
  const values = { port: '0', 'seed-file': 'seed.yaml', args: '--auth strict  --admin-port 0 --log-level info' }
  const { status, output, outputs } = use(ACTION, values)
  t.equal(status, 0, output)
  const { url = '', 'admin-url': admin = '' } = outputs
  t.match([url, admin], [/^http:\/\/127\.0\.0\.1:\d+$/, /^http:\/\/127\.0\.0\.1:\d+$/])
  t.not(url, admin)
  t.equal((await fetch(`${admin}/__admin/ready`)).status, 200, 'it is ready')
  const { numbers } = (await (await fetch(`${admin}/__admin/state`)).json()) as { numbers: { e164: string }[] }
  t.ok(
    numbers.some(({ e164 }) => e164 === '+14155550142'),
    'the seed is there'
  )
  await searchAt(url)
  await fetch(`${url}/v2/phone_numbers?prefix=415&qantity=1`)
  const report = use(REPORT)
  t.equal(report.status, 0)
  t.match(report.output, /GET \/v2\/phone_numbers/, 'the report shows the log')
  t.match(report.output, /Contract: 2 requests[^]*near_key/, 'and the contract report')
})

t.test('The report of an emulator whose admin API has a token is read with that token, and not without', async (t) => {
  const { use } = jobOf(t)
  const { status, output } = use(ACTION, { port: '0', args: '--admin-token secret-token' })
  t.equal(status, 0, output)
  const report = use(REPORT, { 'admin-token': 'secret-token' })
  t.match(report, { status: 0, output: /Contract: 0 requests/ })
  const refused = use(REPORT)
  t.match(refused.output, /"error":"unauthorized"/)
  t.not(refused.status, 0)
})

t.test('It starts a version of the package, which it installs before', async (t) => {
  const { temp, use } = jobOf(t)
  const { status, output, outputs } = use(ACTION, { version: VERSION, port: '0' })
  t.equal(status, 0, output)
  t.match(readFileSync(join(temp, 'npm'), 'utf8'), `oneuc-emulator@${VERSION}`)
  t.equal(await searchAt(outputs.url ?? ''), 200)
})

t.test('It starts an image, with the seed in the folder that the image reads', async (t) => {
  const { temp, use } = jobOf(t)
  const { status, output, outputs } = use(ACTION, { image: 'example/image:1', port: '0', 'seed-file': 'seed.yaml' })
  t.equal(status, 0, output)
  t.same(outputs, { url: 'http://127.0.0.1:0', 'admin-url': 'http://127.0.0.1:0' }, 'the port that it was given')
  const calls = readFileSync(join(temp, 'docker'), 'utf8').split('\n')
  t.match(calls, [
    'image inspect example/image:1',
    /^run --rm --publish 127\.0\.0\.1:0:8000 --volume \S+:ro example\/image:1 --json$/
  ])
  t.match(calls[1], '/seed.yaml:/docker-entrypoint-initdb.d/seed.yaml:ro')
})

t.test('If the version is not published, the step fails and says what to do without it', async (t) => {
  const { use } = jobOf(t)
  const { status, output } = use(ACTION, { version: '0.0.0' })
  t.equal(status, 1)
  t.match(output, 'npm error code E404')
  t.match(
    output,
    '::error title=oneuc-emulator::Version 0.0.0 cannot be installed. Without the input version, the action'
  )
})

t.test('If the image cannot be pulled, the step fails and says what it needs', async (t) => {
  const { use } = jobOf(t)
  const { status, output } = use(ACTION, { image: 'example/absent:1' })
  t.equal(status, 1)
  t.match(output, '::error title=oneuc-emulator::The image example/absent:1 cannot be pulled')
  t.match(output, 'Cannot connect to the Docker daemon')
})

t.test('If the emulator cannot start, the step fails and prints the log', async (t) => {
  const { use } = jobOf(t)
  const { status, output } = use(ACTION, { port: '0', args: '--prot 1' })
  t.equal(status, 1)
  t.match(output, /could not start[^]*--prot/)
})
