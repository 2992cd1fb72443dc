import type { AdminOptions } from '../../src/admin/plugin.js'
import type { App } from '../../src/api/app-type.js'
import { describeFidelity } from '../../src/contract/fidelity.js'
import { ANYWHERE, OPERATIONS, problemFor, type Operation, type Outcome } from '../../src/contract/outcomes.js'
import { MAGIC_ADDRESSES } from '../../src/e911/magic-addresses.js'
import { MAGIC_E164, magicNumber } from '../../src/inventory/magic-numbers.js'
import { PROBLEMS } from '../../src/problems.js'

/** Lists the magic inputs, the outcomes that faults and `Prefer` take, and where those come from. */
export function catalogue(admin: App, { sandboxes }: AdminOptions): void {
  const { dialect } = sandboxes.default.behaviour
  const describe = ({ name, description, kind, source }: Outcome) => ({
    name,
    status: kind === undefined ? 'success' : PROBLEMS[problemFor(dialect, kind)].status,
    means: description,
    source
  })
  admin.get('/magic', async () => ({
    numbers: MAGIC_E164.map((number) => ({ number, activate: magicNumber(number)?.description })),
    addresses: MAGIC_ADDRESSES.map(({ street_address, result }) => ({ street_address, result }))
  }))
  admin.get('/outcomes', async () => ({
    operations: Object.entries<Operation>(OPERATIONS).map(([name, { source, outcomes }]) => ({
      name,
      source,
      outcomes: outcomes.map(describe)
    })),
    anywhere: ANYWHERE.map(describe)
  }))
  admin.get('/fidelity', async () => describeFidelity())
}
