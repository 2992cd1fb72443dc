import { openDatabase, type Database } from '../db/database.js'
import { dialectOf } from '../src/dialect.js'
import { builtInFixtures } from '../src/state/fixtures.js'
import { Sandboxes } from '../src/sandbox/sandboxes.js'
import { Coverage } from '../src/contract/coverage.js'

/** An emulator's inside, without a server around it. */
export interface Inside {
  database: Database
  sandboxes: Sandboxes
}

export function openInside(file?: string): Inside {
  const database = openDatabase(file)
  const sandboxes = new Sandboxes(
    {
      database,
      fixtures: builtInFixtures(),
      milliseconds: Date.now,
      time: () => 0,
      frozenAt: undefined,
      seed: undefined,
      journalSize: 1000,
      tally: new Coverage(),
      manners: {
        dialect: dialectOf('oneuc'),
        auth: 'documented',
        accounts: 'auto',
        e911: 'streets',
        agingSeconds: 0,
        tokenSeconds: 3600,
        charges: [],
        rateLimit: false,
        contract: 'warn'
      }
    },
    1000,
    () => undefined
  )
  return { database, sandboxes }
}
