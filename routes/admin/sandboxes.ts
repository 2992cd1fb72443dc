import type { App } from '../../src/api/app-type.js'
import { invalid, notFound } from '../../src/admin/plugin.js'
import { DEFAULT_SANDBOX, isSandboxName } from '../../src/sandbox/sandboxes.js'
import { SANDBOXES } from '../schemas.js'
import type { AdminServices } from './options.js'

/** The isolated worlds of the process. One also comes to life when it is used first. */
export function sandboxes(admin: App, { sandboxes: all }: AdminServices): void {
  const shown = (name: string) => ({ name, base_path: name === DEFAULT_SANDBOX ? '' : SANDBOXES + name })
  admin.get('/sandboxes', async () => ({
    sandboxes: all.list().map(({ name }) => shown(name)),
    dropped: all.dropped
  }))
  admin.post('/sandboxes/:name', async (request, reply) => {
    const name = named(request.params)
    reply.code(all.find(name) === undefined ? 201 : 200)
    return shown(all.obtain(name).name)
  })
  admin.delete('/sandboxes/:name', async (request) => {
    const name = named(request.params)
    if (name === DEFAULT_SANDBOX) throw invalid('', 'the default sandbox stays; reset it instead')
    if (!all.drop(name)) throw notFound(`sandbox ${name}`)
    return { dropped: name }
  })
}

function named(params: unknown): string {
  const { name } = params as { name: string }
  if (!isSandboxName(name))
    throw invalid('', 'the name of a sandbox is 1 to 64 letters, digits, dots, dashes and underscores')
  return name
}
