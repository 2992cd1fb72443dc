import type { PhoneNumber } from '../numbering/phone-number.js'

/** A number that a request names, as it was before the request. */
export interface NumberBefore {
  e164: string
  /** Its record; undefined where it had none. */
  record?: Pick<PhoneNumber, 'state' | 'owner' | 'carrier' | 'document' | 'usedBy'> | undefined
  /** Whether a search had returned it. */
  isOffered: boolean
}

/** A request and its response, as a contract of Pact shows them: secrets are redacted. */
export interface Interaction {
  request: {
    method: string
    path: string
    /** Without the question mark. */
    query: string
    /** Those that the API reads, in lower case. */
    headers: Readonly<Record<string, string>>
    /** `''` where there was none. */
    body: string
  }
  response: { status: number; headers: Readonly<Record<string, string>>; body: string }
  /** The account of the path, or that of the token; `''` where there is neither. */
  account: string
  numbers: readonly NumberBefore[]
  /** Whether a fault made the response that a test asked for. */
  isForced: boolean
}

/** The most characters of both bodies together: the coverage holds an interaction for each outcome. */
export const MAX_INTERACTION_LENGTH = 64_000

/** Stands for the token of a request. */
export const TOKEN_EXAMPLE = 'TOKEN'
