import type { FastifyRequest } from 'fastify'
import type { App } from '../../src/api/app-type.js'
import { invalid, notFound } from '../../src/admin/plugin.js'
import { MAX_STATE_BYTES } from '../../src/state/schema.js'
import { isSandboxName } from '../../src/sandbox/sandboxes.js'
import { Snapshots } from '../../src/state/snapshots.js'
import { sandboxOf, type AdminServices } from './options.js'
import { refusing } from './state-errors.js'

/** States under names: saved (or, with a body, uploaded), restored, listed, dropped, downloaded. */
export function snapshots(admin: App, options: AdminServices): void {
  const kept = (request: FastifyRequest) => new Snapshots(sandboxOf(options, request), options.snapshots)
  admin.get('/snapshots', async (request) => ({
    snapshots: kept(request)
      .list()
      .map(({ name, madeAt, numbers }) => ({ name, made_at: new Date(madeAt).toISOString(), numbers }))
  }))
  admin.get('/snapshots/:name', async (request) => {
    const name = named(request)
    const document = kept(request).download(name)
    if (document === undefined) throw notFound(`snapshot ${name}`)
    return document
  })
  // Not described by a schema: with one, no body could not be told from null.
  admin.put(
    '/snapshots/:name',
    { bodyLimit: MAX_STATE_BYTES, schema: { consumes: ['application/json'] } },
    async (request, reply) => {
      const [name, all] = [named(request), kept(request)]
      reply.code(all.has(name) ? 200 : 201)
      refusing(() => {
        if (request.body === undefined) all.save(name)
        else all.upload(name, request.body)
      })
      return { saved: name }
    }
  )
  admin.post('/snapshots/:name', async (request) => {
    const name = named(request)
    if (!refusing(() => kept(request).restore(name))) throw notFound(`snapshot ${name}`)
    return { restored: name }
  })
  admin.delete('/snapshots/:name', async (request) => {
    const name = named(request)
    if (!kept(request).drop(name)) throw notFound(`snapshot ${name}`)
    return { dropped: name }
  })
}

function named(request: FastifyRequest): string {
  const { name } = request.params as { name: string }
  if (isSandboxName(name)) return name
  throw invalid('', 'the name of a snapshot is 1 to 64 letters, digits, dots, dashes and underscores')
}
