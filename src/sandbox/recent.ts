import { Memo, type Written } from '../memo.js'
import type { Listing } from '../operations/list.js'
import type { Found } from '../operations/search.js'

/** Answers as they were made last, so that what has not changed since is not made again. */
export interface Recent {
  listings: Memo<Listing>
  searches: Memo<Found>
  /** The texts of numbers, by E.164 form and by how they are shown. */
  numbers: Memo<Written>
}

const LISTINGS = 20
const SEARCHES = 1_000
const NUMBERS = 200

export function createRecent(): Recent {
  return { listings: new Memo(LISTINGS), searches: new Memo(SEARCHES), numbers: new Memo(NUMBERS) }
}
