import type { OperationName, OutcomeName } from './outcomes.js'

/** A guess about the real service that the code marks with a comment. */
interface Assumption {
  /** The file of the comment. */
  file: string
  assumed: string
  /** The outcomes that depend on the guess. */
  outcomes: readonly (readonly [operation: OperationName, outcome: OutcomeName])[]
}

/** Every guess, in the order of its files. A test holds the table to the comments. */
export const ASSUMPTIONS: readonly Assumption[] = [
  {
    file: 'src/e911/match.ts',
    assumed: 'which address is near enough to which, after what the public carriers of the same service publish.',
    outcomes: [
      ['e911', 'success'],
      ['e911', 'multiple_choice'],
      ['e911', 'invalid_address']
    ]
  },
  {
    file: 'src/inventory/charges.ts',
    assumed: "no service plan of the real service was seen; the member names are the reference's.",
    outcomes: [
      ['buy', 'accept_charges'],
      ['buy_collection', 'accept_charges'],
      ['create', 'accept_charges'],
      ['port', 'accept_charges'],
      ['create_collection', 'accept_charges']
    ]
  },
  {
    file: 'src/inventory/inventory.ts',
    assumed: "an exchange that the fixtures do not list lies in one of the area code's places that they do.",
    outcomes: [['search', 'success']]
  },
  {
    file: 'src/operations/list.ts',
    assumed: 'the billable numbers of the accounts below are those that are theirs, in whatever state.',
    outcomes: [['list', 'success']]
  },
  {
    file: 'src/operations/localities.ts',
    assumed: "the member names are those of the reference's documentation; a rate centre says no more than these.",
    outcomes: [['locality', 'success']]
  },
  {
    file: 'src/operations/localities.ts',
    assumed: "the form; the phonebook's own was never seen.",
    outcomes: [['area_codes', 'success']]
  }
]
