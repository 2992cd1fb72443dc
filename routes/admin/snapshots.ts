import type { FastifyRequest } from 'fastify'
import { sandboxOf, type AdminOptions } from '../../src/admin/plugin.js'
import { notFound } from '../../src/admin/problems.js'
import { readPathName } from '../../src/admin/validation.js'
import type { App } from '../../src/api/app-type.js'
import { MAX_STATE_BYTES } from '../../src/state/schema.js'
import { Snapshots } from '../../src/state/snapshots.js'

/** States under names. PUT saves the sandbox, or the state document in its body. */
export function snapshots(admin: App, options: AdminOptions): void {
  const snapshotsIn = (request: FastifyRequest) =>
    new Snapshots(sandboxOf(options, request), options.sandboxes, options.snapshots)
  admin.get('/snapshots', async (request) => ({
    snapshots: (await snapshotsIn(request).list()).map(({ name, madeAt, numbers }) => ({
      name,
      made_at: new Date(madeAt).toISOString(),
      numbers
    }))
  }))
  admin.get('/snapshots/:name', async (request) => {
    const name = readPathName(request, 'snapshot')
    const document = await snapshotsIn(request).download(name)
    if (document === undefined) throw notFound(`snapshot ${name}`)
    return document
  })
  // A schema of the body would make no body and null the same.
  admin.put(
    '/snapshots/:name',
    { bodyLimit: MAX_STATE_BYTES, schema: { consumes: ['application/json'] } },
    async (request, reply) => {
      const [name, all] = [readPathName(request, 'snapshot'), snapshotsIn(request)]
      reply.code(all.has(name) ? 200 : 201)
      await (request.body === undefined ? all.save(name) : all.upload(name, request.body))
      return { saved: name }
    }
  )
  admin.post('/snapshots/:name', async (request) => {
    const name = readPathName(request, 'snapshot')
    if (!(await snapshotsIn(request).restore(name))) throw notFound(`snapshot ${name}`)
    return { restored: name }
  })
  admin.delete('/snapshots/:name', async (request) => {
    const name = readPathName(request, 'snapshot')
    if (!snapshotsIn(request).drop(name)) throw notFound(`snapshot ${name}`)
    return { dropped: name }
  })
}
