import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { composeEmulator } from '../emulator.js'
import { UsageError, type Settings } from '../settings.js'
import { makeFolder } from '../text/make-folder.js'
import { readSettings } from '../text/read-settings.js'
import { EXIT, type Terminal } from './process.js'

/**
 * Writes both descriptions into the folder of `--out`, or prints them as one object. They depend on the dialect alone: a database that
 * the environment names belongs to the emulator that serves.
 */
export async function openapi({ dialect, out }: Settings, { stdout }: Terminal): Promise<number> {
  const { app, close } = await composeEmulator({ ...readSettings({}, {}), dialect })
  try {
    const api = await app.inject('/openapi.json')
    const admin = await app.inject('/__admin/openapi.json')
    const files = { 'openapi.json': api.json<unknown>(), 'openapi-admin.json': admin.json<unknown>() }
    if (out === undefined) stdout.write(format(files))
    else writeFiles(out, files)
    return EXIT.clean
  } finally {
    await close()
  }
}

function writeFiles(folder: string, files: Readonly<Record<string, unknown>>): void {
  try {
    makeFolder(folder)
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), format(content))
  } catch (error) {
    throw new UsageError(`--out: cannot write into ${folder}: ${(error as Error).message}`)
  }
}

function format(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
