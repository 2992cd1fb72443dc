import { Type, type Static } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import type { AdminOptions } from '../../src/admin/plugin.js'
import { AdminProblem, invalidCall, notFound } from '../../src/admin/problems.js'
import { readPathName, takesBody } from '../../src/admin/validation.js'
import type { App } from '../../src/api/app-type.js'
import type { Finding } from '../../src/findings/finding.js'
import type { Part } from '../../src/findings/part.js'
import { settingsOf } from '../../src/sandbox/behaviour.js'
import { SETTINGS_CHANGE, settingsFindings, type SettingsChange } from '../../src/sandbox/own-settings.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import { DEFAULT_SANDBOX } from '../../src/sandbox/sandboxes.js'
import { suggest } from '../../src/text/nearest.js'
import { SANDBOXES } from '../schemas.js'

/**
 * A change of settings. Fastify shows an absent body to its schema as null. The dialect may be named, so that its own refusal says
 * why it cannot change.
 */
const SANDBOX_CHANGE = Type.Unsafe<(SettingsChange & { dialect?: unknown }) | null>({
  ...SETTINGS_CHANGE,
  type: ['object', 'null'],
  properties: { ...(SETTINGS_CHANGE.properties as object), dialect: {} }
})
const TAKES_CHANGE = takesBody(SANDBOX_CHANGE, changeFindings)

/** The sandboxes of the process, and the settings that they have of their own. The first use of a sandbox makes it, too. */
export function sandboxes(admin: App, { sandboxes: all, apiPort }: AdminOptions): void {
  const findSandbox = (request: FastifyRequest) => {
    const name = readPathName(request, 'sandbox')
    const sandbox = all.find(name)
    if (sandbox !== undefined) return sandbox
    const names = all.list().map((one) => one.name)
    throw new AdminProblem(404, 'not_found', `there is no sandbox ${name}; ${suggest(name, names)}`)
  }
  admin.get('/sandboxes', async () => ({
    sandboxes: all.list().map(outlineOf),
    dropped: all.dropped,
    api_port: apiPort()
  }))
  admin.get('/sandboxes/:name', async (request) => describeSandbox(findSandbox(request)))
  admin.post('/sandboxes/:name', TAKES_CHANGE, async (request, reply) => {
    const name = readPathName(request, 'sandbox')
    const settings = request.body ?? {}
    const isNew = all.find(name) === undefined
    const sandbox = all.obtain(name, settings)
    // The client of this call asks for a new one, and misses nothing in it.
    if (isNew) sandbox.isReplacement = false
    else sandbox.configure(settings)
    reply.code(isNew ? 201 : 200)
    return describeSandbox(sandbox)
  })
  admin.patch('/sandboxes/:name', TAKES_CHANGE, async (request) => {
    const sandbox = findSandbox(request)
    sandbox.configure(request.body ?? {})
    return describeSandbox(sandbox)
  })
  admin.delete('/sandboxes/:name', async (request) => {
    const name = readPathName(request, 'sandbox')
    if (name === DEFAULT_SANDBOX) throw invalidCall('the default sandbox stays; reset it instead')
    if (!all.drop(name)) throw notFound(`sandbox ${name}`)
    return { dropped: name }
  })
}

/** The dialect decides which routes there are and how they read a body, which no sandbox can have of its own. */
function changeFindings(change: Part<NonNullable<Static<typeof SANDBOX_CHANGE>>>): Finding[] {
  return [
    ...change.check('/dialect', ['dialect'], ({ dialect }) =>
      dialect === undefined
        ? undefined
        : 'is the same for all sandboxes, as it decides routes and schemas; start another emulator with --dialect'
    ),
    ...settingsFindings(change)
  ]
}

function outlineOf({ name, store, journal }: Sandbox) {
  return {
    name,
    base_path: name === DEFAULT_SANDBOX ? '' : SANDBOXES + name,
    numbers: store.numbers.countAll(),
    requests: journal.size
  }
}

/** A sandbox with its settings, which of them are its own, and which of those take effect with the next reset. */
function describeSandbox(sandbox: Sandbox) {
  return {
    ...outlineOf(sandbox),
    settings: settingsOf(sandbox.behaviour),
    own: Object.keys(sandbox.settings),
    after_reset: sandbox.pendingSettings
  }
}
