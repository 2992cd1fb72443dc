import { ANYWHERE, problemFor, OPERATIONS, type Operation, type Outcome } from '../../src/contract/outcomes.js'
import type { App } from '../../src/api/app-type.js'
import { PROBLEMS } from '../../src/problems.js'
import type { AdminServices } from './options.js'

/** Every operation with the outcomes that faults and `Prefer` may name, and those that may come anywhere. */
export function outcomes(admin: App, { sandboxes }: AdminServices): void {
  const { dialect } = sandboxes.default.behaviour
  const shown = ({ name, description, kind, source }: Outcome) => ({
    name,
    status: kind === undefined ? 'success' : PROBLEMS[problemFor(dialect, kind)].status,
    means: description,
    source
  })
  admin.get('/outcomes', async () => ({
    operations: Object.entries<Operation>(OPERATIONS).map(([name, { source, outcomes: known }]) => ({
      name,
      source,
      outcomes: known.map(shown)
    })),
    anywhere: ANYWHERE.map(shown)
  }))
}
