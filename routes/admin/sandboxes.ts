import type { FastifyRequest } from 'fastify'
import type { AdminOptions } from '../../src/admin/plugin.js'
import { AdminProblem, invalidAt, notFound } from '../../src/admin/problems.js'
import type { App } from '../../src/api/app-type.js'
import { isObject } from '../../src/json.js'
import { settingsOf } from '../../src/sandbox/behaviour.js'
import { SETTINGS_CHANGE, settingsFindings, type SettingsChange } from '../../src/sandbox/own-settings.js'
import type { Sandbox } from '../../src/sandbox/sandbox.js'
import { DEFAULT_SANDBOX, isSandboxName } from '../../src/sandbox/sandboxes.js'
import { suggest } from '../../src/text/nearest.js'
import { SANDBOXES } from '../schemas.js'

/** A change of settings. Fastify shows an absent body to its schema as null. */
const CHANGE_OPTIONS = {
  preValidation: refuseDialect,
  schema: { body: { ...SETTINGS_CHANGE, type: ['object', 'null'] } }
}

/** The sandboxes of the process, and the settings that they have of their own. The first use of a sandbox makes it, too. */
export function sandboxes(admin: App, { sandboxes: all, apiPort }: AdminOptions): void {
  const findSandbox = (name: string) => {
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
  admin.get('/sandboxes/:name', async ({ params }) => describeSandbox(findSandbox(sandboxName(params))))
  admin.post('/sandboxes/:name', CHANGE_OPTIONS, async ({ params, body }, reply) => {
    const name = sandboxName(params)
    const settings = checkSettings(body)
    const isNew = all.find(name) === undefined
    const sandbox = all.obtain(name, settings)
    // The client of this call asks for a new one, and misses nothing in it.
    if (isNew) sandbox.isReplacement = false
    else sandbox.configure(settings)
    reply.code(isNew ? 201 : 200)
    return describeSandbox(sandbox)
  })
  admin.patch('/sandboxes/:name', CHANGE_OPTIONS, async ({ params, body }) => {
    const sandbox = findSandbox(sandboxName(params))
    sandbox.configure(checkSettings(body))
    return describeSandbox(sandbox)
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

/** The dialect decides which routes there are and how they read a body, which no sandbox can have of its own. */
function refuseDialect({ body }: FastifyRequest, _reply: unknown, done: () => void): void {
  if (isObject(body) && Object.hasOwn(body, 'dialect')) {
    throw invalidAt(
      '/dialect',
      'is the same for all sandboxes, as it decides routes and schemas; start another emulator with --dialect'
    )
  }
  done()
}

function checkSettings(body: unknown): SettingsChange {
  const settings = (body ?? {}) as SettingsChange
  const [finding] = settingsFindings(settings, '')
  if (finding !== undefined) throw invalidAt(finding.at, finding.message)
  return settings
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
