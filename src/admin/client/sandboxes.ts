import type { AdminCalls } from './calls.js'

/** A sandbox and the path prefix of its API. */
export interface SandboxInfo {
  name: string
  /** `''` for the default sandbox, else `/sandboxes/{name}`. */
  base_path: string
}

/** The calls that list, make and end sandboxes. */
export function sandboxCalls(admin: AdminCalls) {
  return {
    list: () => admin.get<{ sandboxes: SandboxInfo[] }>('/sandboxes').then(({ sandboxes }) => sandboxes),
    /** Makes a sandbox, unless there is one of that name: 1 to 64 letters, digits, dots, dashes and underscores. */
    make: (name: string) =>
      admin.call('POST', `/sandboxes/${encodeURIComponent(name)}`) as Promise<unknown> as Promise<SandboxInfo>,
    /** Ends a sandbox. @throws AdminError where there is none */
    drop: (name: string) => admin.call('DELETE', `/sandboxes/${encodeURIComponent(name)}`)
  }
}
