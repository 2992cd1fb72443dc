/** The client of the admin API has a verb for each call of it, and calls what the verb says. */
import t from 'tap'
import { AdminClient } from '../../src/admin/client.js'
import { isObject } from '../../src/json.js'
import { nameOf } from './admin-under-test.js'
import { emulatorFor } from '../harness/emulator-under-test.js'

/** Each call of the admin API by method and path, and the verb for it. */
const VERBS: Readonly<Record<string, (client: AdminClient) => Promise<unknown>>> = {
  get_openapijson: (client) => client.openapi(),
  get_health: (client) => client.health(),
  get_ready: (client) => client.ready(),
  post_reset: (client) => client.reset(),
  get_accounts: (client) => client.accounts(),
  get_magic: (client) => client.magic(),
  get_outcomes: (client) => client.outcomes(),
  post_pactstates: (client) => client.setPactState('the numbers and faults of the fixtures'),
  get_fidelity: (client) => client.fidelity(),
  get_contract: (client) => client.contract(),
  delete_contract: (client) => client.clearContract(),
  get_faults: ({ faults }) => faults.list(),
  post_faults: ({ faults }) => faults.add({ status: 500 }),
  put_faults: ({ faults }) => faults.replace([]),
  delete_faults: ({ faults }) => faults.clear(),
  delete_faults_id: ({ faults }) => faults.remove('1'),
  get_clock: ({ clock }) => clock.get(),
  put_clock: ({ clock }) => clock.freeze(),
  post_clock_advance: ({ clock }) => clock.advance(1),
  get_requests: ({ requests }) => requests.list(),
  get_requests_unmatched: ({ requests }) => requests.list({ unmatched: true }),
  post_requests_remove: ({ requests }) => requests.removeMatching({}),
  get_requests_id: ({ requests }) => requests.get('1'),
  delete_requests: ({ requests }) => requests.clear(),
  delete_requests_id: ({ requests }) => requests.remove('1'),
  post_requests_count: ({ requests }) => requests.count(),
  post_requests_find: ({ requests }) => requests.find(),
  post_requests_wait: ({ requests }) => requests.wait({}, { timeout_ms: 0 }),
  post_requests_verify: ({ requests }) => requests.verify({}),
  get_events: (client) => client.events(),
  get_timing: ({ timing }) => timing.get(),
  get_timing_waiting: ({ timing }) => timing.waiting(),
  put_timing: ({ timing }) => timing.put({ e911: 'held' }),
  post_timing_release: ({ timing }) => timing.release(),
  get_sandboxes: ({ sandboxes }) => sandboxes.list(),
  post_sandboxes_name: ({ sandboxes }) => sandboxes.make('mine'),
  get_sandboxes_name: ({ sandboxes }) => sandboxes.get('mine'),
  patch_sandboxes_name: ({ sandboxes }) => sandboxes.configure('mine', { auth: 'off' }),
  delete_sandboxes_name: (client) => client.drop(),
  get_state: ({ state }) => state.get(),
  put_state: ({ state }) => state.put({ numbers: [] }),
  get_states: (client) => client.states(),
  get_numbers: ({ numbers }) => numbers.list({ state: 'aging' }),
  get_numbers_number: ({ numbers }) => numbers.get('+14155234712'),
  post_numbers: ({ numbers }) => numbers.put([]),
  get_snapshots: ({ snapshots }) => snapshots.list(),
  get_snapshots_name: ({ snapshots }) => snapshots.download('kept'),
  put_snapshots_name: ({ snapshots }) => snapshots.save('kept'),
  post_snapshots_name: ({ snapshots }) => snapshots.restore('kept'),
  delete_snapshots_name: ({ snapshots }) => snapshots.drop('kept')
}

/** What a verb calls: it is told that it has failed, whatever it asked for. */
async function calledBy(verb: (client: AdminClient) => Promise<unknown>): Promise<string[]> {
  const calls: string[] = []
  const note = ({ method, path }: { method: string; path: string }) => {
    calls.push(`${method} ${path}`)
    return Promise.reject(new Error('noted'))
  }
  await verb(new AdminClient({ call: note, listen: note })).catch(() => undefined)
  return calls
}

/** What a browser loads is no call of a test. */
const isPage = (path: string) => path.startsWith('/__admin/ui')

t.test('Whatever the admin API can do, the client has a verb for', async (t) => {
  const { call } = await emulatorFor(t)
  const { body } = await call({ method: 'GET', url: '/__admin/openapi.json' })
  const paths = Object.entries(isObject(body.paths) ? body.paths : {}).filter(([path]) => !isPage(path))
  const described = paths.flatMap(([path, methods]) =>
    Object.keys(isObject(methods) ? methods : {}).map((method) => ({
      name: nameOf(method, path),
      method: method.toUpperCase(),
      path
    }))
  )
  t.strictSame(described.map(({ name }) => name).sort(), Object.keys(VERBS).sort())
  for (const { name, method, path } of described) {
    const verb = VERBS[name]
    if (verb === undefined) continue
    const [called = '', ...others] = await calledBy(verb)
    t.match(called, new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, '[^/]+')}(?:\\?.*)?$`), name)
    t.strictSame(others, [], `${name} is one call`)
  }
})
