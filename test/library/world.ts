import type { AdminClient, Emulator } from '../../src/library.js'
import { DEMO } from '../harness/emulator-under-test.js'

export const NUMBER = '+14155550142'
export const SEARCH = '/v2/phone_numbers?prefix=415&quantity=2'
export const NUMBERS = `/v2/accounts/${DEMO}/phone_numbers`
export const headers = { 'x-auth-token': 'demo-token' }

/** A client of one sandbox, and a way to make requests there. */
export interface World {
  admin: AdminClient
  api: (path: string, method?: 'GET' | 'PUT' | 'DELETE') => Promise<number>
}

export function worldOf(emulator: Emulator, admin: AdminClient): World {
  return {
    admin,
    api: async (path, method = 'GET') => {
      const { status } = await emulator.inject({ method, url: admin.basePath + path, headers })
      return status
    }
  }
}

export const owned = { e164: NUMBER, state: 'in_service', owner: DEMO } as const

export async function putAndRead(world: World): Promise<unknown[]> {
  const [put] = await world.admin.numbers.put([owned])
  return [put, await readNumber(world)]
}

export function readNumber({ api }: World): Promise<number> {
  return api(`${NUMBERS}/${encodeURIComponent(NUMBER)}`)
}
