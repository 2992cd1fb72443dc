import { MAGIC_ADDRESSES } from '../../src/e911/magic-addresses.js'
import type { App } from '../../src/api/app-type.js'
import { MAGIC_E164, magicNumber } from '../../src/inventory/magic-numbers.js'

/** The inputs that answer by themselves what a test wants to see. */
export function magic(admin: App): void {
  admin.get('/magic', async () => ({
    numbers: MAGIC_E164.map((number) => ({ number, activate: magicNumber(number)?.description })),
    addresses: MAGIC_ADDRESSES.map(({ street_address, result }) => ({ street_address, result }))
  }))
}
