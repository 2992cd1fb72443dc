import type { SettingsChange } from '../../sandbox/own-settings.js'
import type { ConfiguredSandbox, SandboxInfo } from '../sandbox-info.js'
import type { AdminCalls } from './calls.js'

/** The calls that list, make, configure and end sandboxes. */
export function sandboxCalls(admin: AdminCalls) {
  const pathOf = (name: string) => `/sandboxes/${encodeURIComponent(name)}`
  async function send(method: 'GET' | 'POST' | 'PATCH', name: string, settings?: SettingsChange) {
    return (await admin.call(method, pathOf(name), settings)) as unknown as ConfiguredSandbox
  }
  return {
    list: () => admin.get<{ sandboxes: SandboxInfo[] }>('/sandboxes').then(({ sandboxes }) => sandboxes),
    /** Returns a sandbox with its settings. @throws AdminError where there is none */
    get: (name: string) => send('GET', name),
    /** Makes a sandbox with settings, or changes those of an existing one. @param name - 1 to 64 of `A-Za-z0-9._-` */
    make: (name: string, settings: SettingsChange = {}) => send('POST', name, settings),
    /** Changes settings of a sandbox; null makes one that of the process again. @throws AdminError where there is none */
    configure: (name: string, settings: SettingsChange) => send('PATCH', name, settings),
    /** Ends a sandbox. @throws AdminError where there is none */
    drop: (name: string) => admin.call('DELETE', pathOf(name))
  }
}
