import { OPERATIONS, type Operation } from '../../src/contract/outcomes.js'
import type { App } from '../../src/http/app-type.js'
import { PROBLEMS } from '../../src/problems.js'

/** Every operation with the outcomes that faults and `Prefer` may name. */
export function outcomes(door: App): void {
  door.get('/outcomes', async () => ({
    operations: Object.entries<Operation>(OPERATIONS).map(([name, { source, outcomes: known }]) => ({
      name,
      source,
      outcomes: known.map(({ name: outcome, kind, source: shownIn }) => ({
        name: outcome,
        status: kind === undefined ? 'success' : PROBLEMS[kind].status,
        source: shownIn
      }))
    }))
  }))
}
