import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { composeEmulator } from '../emulator.js'
import { UsageError, type Settings } from '../settings.js'
import { EXIT, type Terminal } from './process.js'

/** Writes both descriptions into the folder of `--out`, or prints them as one object. */
export async function openapi(settings: Settings, { stdout }: Terminal): Promise<number> {
  const { app, adminApp = app, close } = await composeEmulator(settings)
  try {
    const authorization = `Bearer ${settings.adminToken ?? ''}`
    const api = await app.inject('/openapi.json')
    const admin = await adminApp.inject({ url: '/__admin/openapi.json', headers: { authorization } })
    const files = { 'openapi.json': api.json<unknown>(), 'openapi-admin.json': admin.json<unknown>() }
    if (settings.out === undefined) stdout.write(format(files))
    else writeFiles(settings.out, files)
    return EXIT.clean
  } finally {
    await close()
  }
}

function writeFiles(folder: string, files: Readonly<Record<string, unknown>>): void {
  try {
    mkdirSync(folder, { recursive: true })
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), format(content))
  } catch (error) {
    throw new UsageError(`--out: cannot write into ${folder}: ${String(error)}`)
  }
}

function format(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
