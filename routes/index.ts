import type { Dialect } from '../src/dialect.js'
import type { App } from '../src/api/app-type.js'
import { numberSchema } from '../src/numbering/number-schema.js'
import { activateCollection } from './activate-collection.js'
import { activateNumber } from './activate-number.js'
import { carriersInfo } from './beyond/carriers-info.js'
import { classifiers } from './beyond/classifiers.js'
import { collection } from './beyond/collections.js'
import { createNumber } from './beyond/create-number.js'
import { fixNumbers } from './beyond/fix-numbers.js'
import { identifyNumber } from './beyond/identify-number.js'
import { listNumbers } from './list-numbers.js'
import { logIn } from './beyond/log-in.js'
import { patchNumber } from './beyond/patch-number.js'
import { phonebook } from './beyond/lookups.js'
import { portNumber } from './beyond/port-number.js'
import { provisionE911 } from './provision-e911.js'
import { readAccount } from './beyond/read-account.js'
import { readNumber } from './read-number.js'
import { releaseNumber } from './release-number.js'
import { reserveNumber } from './beyond/reserve-number.js'
import { Body } from './schemas.js'
import { searchAvailableNumbers } from './search-available-numbers.js'
import { updateNumber } from './update-number.js'
import { withoutAccount } from './beyond/without-account.js'

type NumberBody = ReturnType<typeof Body<ReturnType<typeof numberSchema>>>

/** What the endpoints need to know when they are registered. */
export interface RouteOptions {
  dialect: Dialect
  /** The schema of a body with what a client may store with a number: one object, so that it is compiled once. */
  numberBody: NumberBody
}

/** The endpoints in the order of the document, then those that its clients use beside them. */
export function addRoutes(app: App, dialect: Dialect): void {
  const options: RouteOptions = { dialect, numberBody: Body(numberSchema(dialect)) }
  for (const add of [...DOCUMENTED, ...BESIDE]) add(app, options)
}

type Route = (app: App, options: RouteOptions) => void

const DOCUMENTED: readonly Route[] = [
  searchAvailableNumbers,
  activateNumber,
  activateCollection,
  listNumbers,
  releaseNumber,
  readNumber,
  updateNumber,
  provisionE911
]

const BESIDE: readonly Route[] = [
  logIn,
  readAccount,
  createNumber,
  patchNumber,
  reserveNumber,
  portNumber,
  identifyNumber,
  collection,
  carriersInfo,
  classifiers,
  phonebook,
  fixNumbers,
  withoutAccount
]
