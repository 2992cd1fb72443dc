import { join } from 'node:path'
import { Client } from './client.js'
import { readOperations, type Operation } from './descriptions.js'
import { parseJson } from './judge.js'
import { Lane } from './lane.js'
import { jsonMessage } from './message.js'
import { onProgram, type Run, type Target, type Workload } from './run.js'

const LANES = 4
/** After so many requests a lane resets its sandbox, so that what it bought and saved does not count as growth. */
const REQUESTS_A_RESET = 400
const MAX_BODY_BYTES = 8_000_000
/** A fault rule breaks connections, so that answers say little; it lives for so many requests. */
const REQUESTS_A_FAULT = 15
/**
 * Four sandboxes are filled up to a reset. Beyond the first third of the run only the young generation of V8 (3 × 16 MB) and the
 * coverage of inputs may come on top.
 */
const GROWTH_MEGABYTES = 64

const SAYS = 'requests from the descriptions of both APIs'

/** Requests made from the descriptions of the API and the admin API, with valid, nearly valid and hostile values. */
export const described: Workload = {
  name: 'described',
  says: SAYS,
  share: 4,
  run: (run) => askEverything(run, [])
}

/** The same of the other dialect, with snapshots in files. */
export const describedKazoo: Workload = {
  name: 'described-kazoo',
  says: `${SAYS}, with --dialect kazoo-4.3 and files for snapshots`,
  share: 2,
  run: (run) =>
    askEverything(run, ['--dialect', 'kazoo-4.3', '--e911', 'permissive', '--snapshots', join(run.folder, 'snapshots')])
}

/** The same where everything is checked. */
export const describedStrict: Workload = {
  name: 'described-strict',
  says: `${SAYS}, with all checks on`,
  share: 1,
  run: (run) => askEverything(run, ['--contract', 'strict', '--auth', 'strict', '--accounts', 'known', '--rate-limit'])
}

function askEverything(run: Run, flags: readonly string[]): Promise<void> {
  return onProgram(run, { flags, growthMegabytes: GROWTH_MEGABYTES }, async (target) => {
    const operations = await readOperations(target)
    if (operations.length === 0) {
      run.findings.note('the program describes no calls', 'descriptions', 'GET /openapi.json')
      return
    }
    await Promise.all(Array.from({ length: LANES }, (_, i) => workInLane(target, operations, `lane-${i}`)))
  })
}

async function workInLane(target: Target, operations: readonly Operation[], lane: string): Promise<void> {
  const random = target.run.random.fork(lane)
  const client = new Client(target, lane)
  const sandbox = new Lane(lane, random)
  let faultsFor = 0
  for (let step = 0; target.goesOn(); step++) {
    if (step % REQUESTS_A_RESET === 0) {
      await client.ask(jsonMessage('POST', sandbox.at('/__admin/reset')), 'admin')
      const state = await client.ask(jsonMessage('GET', sandbox.at('/__admin/state')), 'admin')
      sandbox.state = parseJson(state?.text ?? '') ?? {}
      faultsFor = 0
    } else if (step % 12 === 1) {
      const prefix = random.pick(['415', '212', '800', '555', '902'])
      const found = await client.ask(
        jsonMessage('GET', sandbox.at(`/v2/phone_numbers?prefix=${prefix}&quantity=8`)),
        'api',
        faultsFor > 0
      )
      sandbox.learn(found?.text ?? '')
    }
    if (faultsFor === 1) await client.ask(jsonMessage('DELETE', sandbox.at('/__admin/faults')), 'admin')
    if (faultsFor > 0) faultsFor--
    const operation = random.maybe(operations)
    if (operation === undefined) continue
    const message = sandbox.messageFor(operation)
    // A body beyond the limit may be refused before it is sent whole.
    const isTooLong = (message.body?.length ?? 0) > MAX_BODY_BYTES
    const answer = await client.ask(message, operation.form, isTooLong || (operation.form === 'api' && faultsFor > 0))
    const setsRules = /faults|state|snapshots/.test(operation.path) && operation.method !== 'GET'
    if (setsRules && answer !== undefined && answer.status < 300) faultsFor = REQUESTS_A_FAULT
  }
  client.close()
}
