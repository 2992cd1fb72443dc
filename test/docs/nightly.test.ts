/** The workflow of the page on drift: its shell steps run for two nights, against a service that changes between them. */
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { PROGRAM, start, urlOf } from '../harness/built-program.js'
import { DEMO } from '../harness/emulator-under-test.js'
import { runStep, type Step } from '../harness/workflow-steps.js'
import { userBlocks } from './pages.js'

interface Workflow {
  on: { schedule: { cron: string }[] }
  jobs: { drift: { steps: (Step & { if?: string; with?: { path: string } })[] } }
}

const [block] = userBlocks().filter(({ place, text }) => place.startsWith('docs/drift.md:') && text.includes('jobs:'))
const { on, jobs } = parse(block?.text ?? '') as Workflow

/** The package is there already. */
const NPM = '#!/bin/sh\ntest "$*" = ci\n'

/** A checkout in which the package is installed. */
function checkout(t: Test): string {
  const folder = t.testdir({ bin: { npm: NPM }, 'package.json': '{}', node_modules: { '.bin': {} } })
  chmodSync(join(folder, 'bin', 'npm'), 0o755)
  symlinkSync(PROGRAM, join(folder, 'node_modules', '.bin', 'oneuc-emulator'))
  return folder
}

/** Lets a client work by way of a proxy, which records what the service answers. */
async function recordDay(t: Test, upstream: string, records: string): Promise<void> {
  const proxy = start(t, ['proxy', '--upstream', upstream, '--record', records, '--port', '0'])
  const url = await urlOf(proxy)
  for (const path of ['/v2/phone_numbers?prefix=415&quantity=2', `/v2/accounts/${DEMO}/phone_numbers?page_size=3`]) {
    await (await fetch(url + path, { headers: { 'x-auth-token': 'demo-token' } })).arrayBuffer()
  }
  proxy.child.kill()
  await proxy.ended
}

t.test('The nightly workflow tells in its summary what has changed since the night before', async (t) => {
  const folder = checkout(t)
  const [summary, records] = [join(folder, 'summary.md'), join(folder, 'records')]
  const environment = {
    PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter),
    GITHUB_STEP_SUMMARY: summary
  }

  /** Runs the steps as a job does: after a failure only those that are always run. */
  async function night(dialect: string) {
    const url = await urlOf(start(t, ['--port', '0', '--dialect', dialect]))
    rmSync(records, { recursive: true, force: true })
    rmSync(summary, { force: true })
    mkdirSync(records)
    await recordDay(t, url, records)
    const context = { 'secrets.ONEUC_TOKEN': 'demo-token', 'vars.ONEUC_ACCOUNT': DEMO, 'vars.ONEUC_URL': url }
    const statuses: (number | null)[] = []
    for (const step of jobs.drift.steps) {
      if (step.run === undefined) continue
      if (statuses.some((status) => status !== 0) && step.if !== 'always()') continue
      const { status, output } = runStep(step, context, environment, folder)
      if (status !== 0) t.comment(output)
      statuses.push(status)
    }
    return { statuses, text: readFileSync(summary, 'utf8') }
  }

  const first = await night('oneuc')
  t.same(first.statuses, [0, 0, 0])
  t.match(first.text, /^## Verify\n[^]*^## Replay\n\n2 records: 2 same, 0 not comparable, 0 different\.$/m)
  t.notMatch(first.text, /Changed since the last run/)

  const second = await night('kazoo-4.3')
  t.same(second.statuses, [0, 3, 3])
  t.match(second.text, /^\| new \| `search\.success` \| `data\.0\.e164 is missing` \|$/m)
  t.match(second.text, /^\| new \| `search\.success` \| `\/data\/\*\/e164 is at the emulator only` \|$/m)

  const third = await night('kazoo-4.3')
  t.same(third.statuses, [0, 3, 3], 'what differs fails each night')
  t.equal(third.text.match(/Nothing has changed since the last run\./g)?.length, 2)
})

t.test('The nightly workflow runs once a night, and keeps the folder of the reports for the next one', async (t) => {
  t.match(on.schedule, [{ cron: /^\d+ \d+ \* \* \*$/ }])
  const kept = jobs.drift.steps.find(({ uses = '' }) => uses.startsWith('actions/cache@'))?.with?.path
  const reports = jobs.drift.steps.flatMap(({ run = '' }) => /--report-json (\S+)\//.exec(run)?.[1] ?? [])
  t.same(reports, [kept, kept])
})
