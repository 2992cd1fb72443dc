import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ACCOUNT, send, type Answer, type Call } from './calls.js'
import type { Server } from './server.js'
import { allCalls } from './workload.js'

/** An answer of the emulator, and where the bare server is to give it. */
export interface Constant extends Answer, Call {
  /** The path as the framework's router writes it. */
  route: string
}

/** Headers that belong to the connection or that the framework writes itself. */
const NOT_COPIED = new Set(['connection', 'keep-alive', 'date', 'content-length', 'transfer-encoding'])

/** Asks the emulator everything that the rows will ask, and writes the answers to a file in `folder`. */
export async function captureConstants({ port }: Server, folder: string): Promise<string> {
  const constants: Constant[] = []
  for (const call of await allCalls(port)) {
    const { status, headers, text } = await send(port, call)
    constants.push({ ...call, route: routeOf(call), status, headers: copied(headers), text })
  }
  const file = join(folder, 'constants.json')
  writeFileSync(file, JSON.stringify(constants))
  return file
}

function routeOf({ path }: Call): string {
  const [bare = ''] = path.split('?')
  return bare.replace(ACCOUNT, ':account_id').replace(/%2B\d+/, ':phone_number')
}

function copied(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_COPIED.has(name)))
}
