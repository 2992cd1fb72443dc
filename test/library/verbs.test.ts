import t from 'tap'
import { adminClient, createEmulator } from '../../src/library.js'
import { VERBS } from './verbs.cases.js'
import { worldOf } from './world.js'

t.test('Every verb does the same within the process and over the network', async (t) => {
  await using emulator = await createEmulator({ adminToken: 'admin-token' })
  const remote = adminClient(emulator.url, 'admin-token')
  for (const [how, client] of [
    ['library', emulator],
    ['remote', remote]
  ] as const) {
    for (const [i, [sentence, act, expected]] of VERBS.entries()) {
      const world = worldOf(emulator, client.sandbox(`${how}-${i}`))
      t.match(await act(world), expected, `${sentence} (${how})`)
    }
  }
})
