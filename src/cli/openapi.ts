import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEmulator } from '../emulator.js'
import { quietLogger } from '../logger.js'
import { UsageError, type Settings } from '../settings.js'
import { EXIT } from './exit.js'

/** Where each description is served, and what its file is called. */
const API = { file: 'openapi.json', url: '/openapi.json' } as const
const ADMIN = { file: 'openapi-admin.json', url: '/__admin/openapi.json' } as const

/** Writes both descriptions into a folder, or prints them as one object where there is none. */
export async function openapi(settings: Settings): Promise<number> {
  const { app, adminApp, close } = await createEmulator(settings, quietLogger())
  try {
    const authorization = `Bearer ${settings.admin_token ?? ''}`
    const described = await Promise.all(
      [
        { ...API, from: app },
        { ...ADMIN, from: adminApp ?? app }
      ].map(async ({ file, url, from }): Promise<[string, unknown]> => {
        const answer = await from.inject({ url, headers: { authorization } })
        return [file, answer.json()]
      })
    )
    if (settings.out === undefined) process.stdout.write(text(Object.fromEntries(described)))
    else writeAll(settings.out, described)
    return EXIT.clean
  } finally {
    await close()
  }
}

function writeAll(folder: string, described: readonly [string, unknown][]): void {
  try {
    mkdirSync(folder, { recursive: true })
    for (const [file, description] of described) writeFileSync(join(folder, file), text(description))
  } catch (error) {
    throw new UsageError(`--out: cannot write into ${folder}: ${String(error)}`)
  }
}

function text(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
