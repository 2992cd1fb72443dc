import { Memo } from './memo.js'
import type { Shown } from './numbering/views.js'
import type { Listing } from './operations/list.js'

/** Answers as they were made last, so that what has not changed since is not made again. */
export interface Recent {
  listings: Memo<Listing>
  /** Numbers by E.164 form and by how they are shown. */
  numbers: Memo<Shown>
}

const LISTINGS = 20
const NUMBERS = 200

export function createRecent(): Recent {
  return { listings: new Memo(LISTINGS), numbers: new Memo(NUMBERS) }
}
