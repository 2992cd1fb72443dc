import type { AdminOptions } from '../../src/admin/plugin.js'
import { invalidAt, notFound } from '../../src/admin/problems.js'
import type { App } from '../../src/api/app-type.js'
import { DEFAULT_SANDBOX, isSandboxName } from '../../src/sandbox/sandboxes.js'
import { SANDBOXES } from '../schemas.js'

/** The sandboxes of the process. The first use of a sandbox makes it, too. */
export function sandboxes(admin: App, { sandboxes: all, apiPort }: AdminOptions): void {
  const describe = (name: string) => ({ name, base_path: name === DEFAULT_SANDBOX ? '' : SANDBOXES + name })
  admin.get('/sandboxes', async () => ({
    sandboxes: all.list().map((one) => ({
      ...describe(one.name),
      numbers: one.store.numbers.countAll(),
      requests: one.journal.size
    })),
    dropped: all.dropped,
    api_port: apiPort()
  }))
  admin.post('/sandboxes/:name', async (request, reply) => {
    const name = sandboxName(request.params)
    const isNew = all.find(name) === undefined
    const sandbox = all.obtain(name)
    // The client of this call asks for a new one, and misses nothing in it.
    if (isNew) sandbox.isReplacement = false
    reply.code(isNew ? 201 : 200)
    return describe(name)
  })
  admin.delete('/sandboxes/:name', async (request) => {
    const name = sandboxName(request.params)
    if (name === DEFAULT_SANDBOX) throw invalidAt('', 'the default sandbox stays; reset it instead')
    if (!all.drop(name)) throw notFound(`sandbox ${name}`)
    return { dropped: name }
  })
}

function sandboxName(params: unknown): string {
  const { name } = params as { name: string }
  if (!isSandboxName(name))
    throw invalidAt('', 'the name of a sandbox is 1 to 64 letters, digits, dots, dashes and underscores')
  return name
}
