import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { lstat, readFile, rm } from 'node:fs/promises'
import { UsageError, type Settings } from '../settings.js'
import type { Ports } from './listen.js'

/** The text of a port file: a line for each port, that of the admin API last. */
function portLines({ api, admin }: Ports): string {
  return [...new Set([api, admin])].map((port) => `${port}\n`).join('')
}

/** Writes the port file, where the settings name one. Throws a UsageError where it cannot. */
export function writePortFile({ portFile }: Settings, ports: Ports): void {
  if (portFile === undefined) return
  try {
    writeFileSync(portFile, portLines(ports))
  } catch (error) {
    throw new UsageError(`--port-file: cannot write ${portFile}: ${(error as Error).message}`)
  }
}

/**
 * Removes the port file: nothing listens any more where it points to. As long as this emulator listens, no other has its ports, so
 * that a file which tells them is its own; any other was written by a process that came later. A device or a link stays, and so
 * does a file that cannot be removed, such as one that is mounted by itself.
 */
export async function removePortFile({ portFile }: Settings, ports: Ports): Promise<void> {
  if (portFile !== undefined) await Promise.allSettled([removeFile(portFile, portLines(ports))])
}

async function removeFile(file: string, text: string): Promise<void> {
  const isFile = (await lstat(file)).isFile()
  if (isFile && (await readFile(file, 'utf8')) === text) await rm(file)
}

/**
 * Returns the port of the admin API of an emulator that runs with these settings. Where it writes a port file, that tells the port; it
 * is undefined as long as the file has none.
 */
export function findAdminPort({ port, portFile, adminPort = port }: Settings): number | undefined {
  if (portFile !== undefined) {
    const lines = existsSync(portFile) ? readFileSync(portFile, 'utf8').trim().split('\n') : []
    return lines.map(Number).findLast((one) => one > 0)
  }
  if (adminPort === 0) throw new UsageError('the emulator chose its port freely: name its --port-file')
  return adminPort
}
