import type { App } from '../src/api/app-type.js'
import type { Dialect } from '../src/dialect.js'
import { numberSchema } from '../src/numbering/number-schema.js'
import { activateCollection } from './activate-collection.js'
import { activateNumber } from './activate-number.js'
import { accounts } from './beyond/accounts.js'
import { collections } from './beyond/collections.js'
import { lookups } from './beyond/lookups.js'
import { numbers } from './beyond/numbers.js'
import { listNumbers } from './list-numbers.js'
import { provisionE911 } from './provision-e911.js'
import { readNumberRoute } from './read-number.js'
import { releaseNumber } from './release-number.js'
import { Body, type RouteOptions } from './schemas.js'
import { searchAvailableNumbers } from './search-available-numbers.js'

/** Registers the endpoints: those of the document in its order, then those that clients use beside them. */
export function addRoutes(app: App, dialect: Dialect): void {
  const options: RouteOptions = { dialect, numberBody: Body(numberSchema(dialect)) }
  app.register(searchAvailableNumbers, options)
  app.register(activateNumber, options)
  app.register(activateCollection, options)
  app.register(listNumbers, options)
  app.register(releaseNumber, options)
  app.register(readNumberRoute, options)
  app.register(provisionE911, options)
  app.register(numbers, options)
  app.register(collections, options)
  app.register(lookups, options)
  app.register(accounts, options)
}
