import { createDatabases } from '../db/databases.js'
import { dialectOf } from '../src/dialect.js'
import { createMasterStreets } from '../src/e911/master-streets.js'
import { builtInFixtures } from '../src/state/fixtures.js'
import { initialStateOf } from '../src/state/rows.js'
import { Sandboxes } from '../src/sandbox/sandboxes.js'
import { Coverage } from '../src/contract/coverage.js'

/** An emulator's inside, without a server around it. */
export function openInside(file?: string): Sandboxes {
  const fixtures = builtInFixtures()
  const initialState = initialStateOf(fixtures, 0)
  return new Sandboxes(
    {
      databases: createDatabases(file, initialState.rows),
      initialState,
      inventory: fixtures.stock,
      streets: () => createMasterStreets(fixtures.streets()),
      milliseconds: Date.now,
      frozenAt: undefined,
      randomSeed: undefined,
      journalSize: 1000,
      coverage: new Coverage(),
      behaviour: {
        dialect: dialectOf('oneuc'),
        auth: 'documented',
        accounts: 'auto',
        e911: 'streets',
        agingSeconds: 0,
        tokenSeconds: 3600,
        charges: [],
        rateLimit: false,
        contract: 'warn',
        hostile: false
      }
    },
    1000,
    () => undefined
  )
}
