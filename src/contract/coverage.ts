import { redactedUrl } from '../journal/redaction.js'

/** The request that something was seen in first. */
export interface Sighting {
  request_id: string
  method: string
  /** Path and query; tokens are covered, and what is very long is cut. */
  url: string
  status: number
}

export interface Counted {
  count: number
  first: Sighting
}

/** A warning besides says what it was about. */
export interface CountedWarning extends Counted {
  detail: string
}

/** What is counted of one answer; its URL as it came. */
export interface Observation extends Sighting {
  /** Undefined where the request met no route. */
  operation: string | undefined
  /** Undefined where the answer is none of the operation's outcomes. */
  outcome: string | undefined
  /** Codes with what each was about. */
  warnings: ReadonlyMap<string, string>
  /** Method and path, where the request met no route. */
  unmatched: string | undefined
}

/** Longest URL that the report shows. */
const LONGEST_URL = 300

/** Longest detail that is kept. */
const LONGEST_DETAIL = 300

/** How many different requests without a route are told apart. */
const MOST_UNMATCHED = 200

/**
 * What a client has done, counted: outcomes, warnings, requests that met no route. Its size is bounded by the tables of
 * outcomes and warnings, whatever is sent. What is added is added to `whole` too, so that a process can tell the sum of
 * its sandboxes after they are gone.
 */
export class Coverage {
  readonly #whole: Coverage | undefined
  requests = 0
  /** By operation, then by outcome. */
  readonly outcomes = new Map<string, Map<string, Counted>>()
  readonly warnings = new Map<string, CountedWarning>()
  /** By method and path. */
  readonly unmatched = new Map<string, Counted>()
  /** Requests without a route beyond those told apart. */
  unmatchedBeyond = 0

  constructor(whole?: Coverage) {
    this.#whole = whole
  }

  add(observation: Observation): void {
    this.#count(observation)
    if (this.#whole !== undefined) this.#whole.#count(observation)
  }

  clear(): void {
    this.requests = 0
    this.unmatchedBeyond = 0
    for (const counted of [this.outcomes, this.warnings, this.unmatched]) counted.clear()
  }

  #count(observation: Observation): void {
    const { operation, outcome, warnings, unmatched } = observation
    this.requests++
    if (operation !== undefined && outcome !== undefined) count(this.#of(operation), outcome, observation)
    if (warnings.size > 0) this.#addWarnings(observation)
    if (unmatched !== undefined) this.#addUnmatched(unmatched, observation)
  }

  #of(operation: string): Map<string, Counted> {
    const known = this.outcomes.get(operation)
    if (known !== undefined) return known
    const made = new Map<string, Counted>()
    this.outcomes.set(operation, made)
    return made
  }

  #addWarnings(observation: Observation): void {
    for (const [code, detail] of observation.warnings) {
      const known = this.warnings.get(code)
      if (known === undefined) {
        this.warnings.set(code, { count: 1, first: shown(observation), detail: detail.slice(0, LONGEST_DETAIL) })
      } else known.count++
    }
  }

  #addUnmatched(request: string, seen: Sighting): void {
    if (this.unmatched.size < MOST_UNMATCHED || this.unmatched.has(request)) count(this.unmatched, request, seen)
    else this.unmatchedBeyond++
  }
}

function count(counted: Map<string, Counted>, name: string, seen: Sighting): void {
  const known = counted.get(name)
  if (known === undefined) counted.set(name, { count: 1, first: shown(seen) })
  else known.count++
}

function shown({ request_id, method, url, status }: Sighting): Sighting {
  return { request_id, method, url: shownUrl(url), status }
}

/** A path with its query as reports show it. */
export function shownUrl(url: string): string {
  return redactedUrl(url).slice(0, LONGEST_URL)
}
