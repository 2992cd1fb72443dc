import { createServer } from 'node:http'
import t from 'tap'
import { forSteps } from '../bench/campaign/budget.js'
import { runWorkload, WORKLOADS } from '../bench/campaign/campaign.js'
import { judge } from '../bench/campaign/judge.js'
import { startProgram } from '../bench/campaign/program.js'
import { Random } from '../bench/campaign/random.js'
import { describe } from '../bench/campaign/report.js'
import type { Workload } from '../bench/campaign/run.js'
import { PROGRAM } from './harness/built-program.js'
import { programOf, startForgetful } from './harness/forgetful-double.js'
import { listenFor } from './harness/listen.js'

const SEED = 7
/** Steps of each workload: enough that each of its kinds of requests is sent. */
const STEPS: Readonly<Record<string, number>> = {
  described: 300,
  'described-kazoo': 150,
  'described-strict': 150,
  bytes: 150,
  models: 300,
  kills: 2,
  large: 4,
  streams: 20,
  pipelines: 5
}

t.test('the built program stands a short campaign', async (t) => {
  for (const workload of WORKLOADS.filter(({ share }) => share > 0)) {
    const budget = forSteps(STEPS[workload.name] ?? 0)
    const start = (flags: readonly string[]) => startProgram(PROGRAM, flags)
    const result = await runWorkload(workload, { seed: SEED, budget, start })
    t.same(result.findings.defects, [], describe(result, SEED))
    t.ok(result.findings.counts.size > 0, `${workload.name} has done something`)
  }
})

const DESCRIPTION = JSON.stringify({
  paths: { '/v2/things/{name}': { get: { parameters: [{ name: 'name', in: 'path', schema: { type: 'string' } }] } } }
})

function workloadNamed(name: string): Workload {
  const found = WORKLOADS.find((workload) => workload.name === name)
  if (found === undefined) throw new Error(`no workload ${name}`)
  return found
}

t.test('a campaign finds an answer outside of the envelope, and an error in the log', async (t) => {
  const server = createServer(({ url = '' }, response) => {
    response.setHeader('x-emulator', 'none').setHeader('content-type', 'application/json')
    if (url.includes('/__admin')) response.end('{}')
    else if (url === '/openapi.json') response.end(DESCRIPTION)
    else response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error')
  })
  await listenFor(t, server)
  const start = async () => programOf(server, '{"level":50,"msg":"it failed"}')
  const result = await runWorkload(workloadNamed('described'), { seed: SEED, budget: forSteps(20), start })
  const found = result.findings.defects.map(({ what }) => what).join('\n')
  t.match(found, /^api: content-type text\/plain: Internal Server Error$/m)
  t.match(found, /^logged: .*it failed/m)
  const text = describe(result, SEED)
  t.match(text, /npm run campaign -- --seed 7 --only described/)
  t.match(text, /"GET \/sandboxes\/lane-\d\/v2\//, 'the request is shown')
})

t.test('a campaign finds what leaks between sandboxes, and what a kill loses', async (t) => {
  const rows: [workload: string, steps: number, finds: RegExp][] = [
    ['models', 120, /^model: (?:a sandbox begins with|the list has) /m],
    ['kills', 1, /^after kill 1: lost \+1/m]
  ]
  for (const [name, steps, finds] of rows) {
    const options = { seed: SEED, budget: forSteps(steps), start: () => startForgetful(t) }
    const { findings } = await runWorkload(workloadNamed(name), options)
    t.match(findings.defects.map(({ what }) => what).join('\n'), finds, name)
  }
})

t.test('the same seed makes the same requests', async (t) => {
  const draw = (seed: string) => Array.from({ length: 5 }, (_, i) => new Random(seed).fork(String(i)).below(1e6))
  t.same(draw('1'), draw('1'))
  t.notSame(draw('1'), draw('2'))
})

const ENVELOPE = { auth_token: '', data: {}, request_id: 'r', status: 'success', revision: 'v' }
const FAILURE = { auth_token: '', data: {}, error: '404', message: 'not_found', request_id: 'r', status: 'error' }
const FAULT = { ...FAILURE, error: '500', message: 'unspecified_fault' }

t.test('an answer has the form of its API', async (t) => {
  const rows: [says: string, form: 'api' | 'admin', status: number, body: unknown, wrong: RegExp | undefined][] = [
    ['a success', 'api', 200, ENVELOPE, undefined],
    ['a page', 'api', 200, { ...ENVELOPE, page_size: 1, next_start_key: '+1' }, undefined],
    ['a failure', 'api', 404, FAILURE, undefined],
    ['a documented fault', 'api', 500, { ...FAULT, data: { message: 'missing_provider_url' } }, undefined],
    ['a fault that is none of the document', 'api', 500, FAULT, /no rule asks for/],
    ['a success with a failure inside', 'api', 200, FAILURE, /^200 with/],
    ['a key too much', 'api', 404, { ...FAILURE, stack: 'at' }, /^404 with .*stack/],
    ['another status', 'api', 400, FAILURE, /says error 404/],
    ['another request id', 'api', 404, { ...FAILURE, request_id: 'x' }, /differs from X-Request-ID/],
    ['no JSON', 'api', 404, undefined, /without a JSON object/],
    ['an admin failure', 'admin', 400, { error: 'invalid', message: 'm', at: '' }, undefined],
    ['a failure of Fastify', 'admin', 400, { error: 'Bad Request', message: 'm', statusCode: 400 }, /statusCode/],
    ['the envelope at the admin API', 'admin', 404, FAILURE, /^404 with auth_token/],
    ['a failed admin call', 'admin', 500, { error: 'failure', message: 'm', at: '' }, /^500 m/],
    ['a wait that was in vain', 'admin', 408, { requests: [], meta: { total: 0 } }, undefined]
  ]
  for (const [says, form, status, body, wrong] of rows) {
    const headers = new Map([
      ['content-type', 'application/json'],
      ['x-emulator', '1'],
      ['x-request-id', 'r']
    ])
    const text = body === undefined ? 'oops' : JSON.stringify(body)
    const found = judge(form, 'GET', { kind: 'answer', status, headers, text })
    if (wrong === undefined) t.equal(found, undefined, says)
    else t.match(found, wrong, says)
  }
})
