import { Type, type Static } from '@sinclair/typebox'
import { KeptInteractions, type SeenInteraction } from './kept-interactions.js'
import { redactBody, redactUrl } from '../journal/redaction.js'
import { textOrNull } from '../text/text-schema.js'

/** The first request in which an outcome, a warning or an unmatched path was seen. */
export const FIRST_SEEN = Type.Object({
  request_id: Type.String(),
  method: Type.String(),
  url: Type.String({ description: 'Path and query; tokens are redacted, and a long URL is cut' }),
  status: Type.Integer()
})
type FirstSeen = Static<typeof FIRST_SEEN>

const COUNTER = Type.Object({ count: Type.Integer(), first: FIRST_SEEN })
type Counter = Static<typeof COUNTER>

export const UNMATCHED_COUNTER = Type.Object({
  ...COUNTER.properties,
  hint: textOrNull({
    description: 'Names the nearest call; null where none is near'
  })
})
type UnmatchedCounter = Static<typeof UNMATCHED_COUNTER>

export const WARNING_COUNTER = Type.Object({
  ...COUNTER.properties,
  detail: Type.String({
    description: 'The part of the first request that the warning is about; secrets are redacted, and a long one is cut'
  })
})
export type WarningCounter = Static<typeof WARNING_COUNTER>

/** What an operation did although the client did not see it. */
export interface LostOutcome {
  outcome: string
  /** The fault that lost the answer; null where the client had left. */
  fault: string | null
}

/** How often an operation ended in one way, and its client saw another, or none. */
export const LOST_ANSWER_COUNTER = Type.Object({
  ...COUNTER.properties,
  operation: Type.String(),
  outcome: Type.String({ description: 'What the operation did' }),
  answered: textOrNull({
    description: 'The outcome that the client saw; null for none'
  }),
  fault: textOrNull({
    description: 'The fault of the first request; null where the client had left'
  })
})
export type LostAnswerCounter = Static<typeof LOST_ANSWER_COUNTER>

/** One request as coverage counts it; its URL is not redacted yet. */
interface Observation extends FirstSeen {
  /** Undefined where the request met no route. */
  operation: string | undefined
  /** Undefined where the answer is none of the operation's outcomes. */
  outcome: string | undefined
  /** Undefined where the client saw what the operation did. */
  lost?: LostOutcome | undefined
  /** Codes with what each is about. */
  warnings: ReadonlyMap<string, string>
  /** Method and path, where the request met no route. */
  unmatched: string | undefined
  /** Names the call that is nearest to it. */
  hint?: string | undefined
  interaction: SeenInteraction
}

/** Longest URL in a report, in characters. */
const MAX_URL_LENGTH = 300

/** Longest detail of a warning, in characters. */
const MAX_DETAIL_LENGTH = 300

/** Number of different unmatched requests that are told apart. */
const MAX_UNMATCHED = 200

/**
 * Counts which outcomes, warnings and unmatched requests a client has met. Its size is bounded by the tables of outcomes and
 * warnings, whatever clients send. A parent counts the same observations, so that a process knows the sum of its sandboxes
 * after they are dropped.
 */
export class Coverage {
  readonly #parent: Coverage | undefined
  requests = 0
  /** By operation, then by outcome. */
  readonly outcomes = new Map<string, Map<string, Counter>>()
  readonly interactions: KeptInteractions
  /** By operation, its outcome and the one that the client saw. */
  readonly lostAnswers = new Map<string, LostAnswerCounter>()
  readonly warnings = new Map<string, WarningCounter>()
  /** By method and path. */
  readonly unmatched = new Map<string, UnmatchedCounter>()
  /** Unmatched requests beyond those told apart. */
  unmatchedBeyond = 0

  constructor(parent?: Coverage) {
    this.#parent = parent
    this.interactions = new KeptInteractions(parent?.interactions)
  }

  add(observation: Observation): void {
    this.#count(observation)
    if (this.#parent !== undefined) this.#parent.#count(observation)
  }

  /** Forgets everything, and keeps no interaction from now on. */
  close(): void {
    this.clear()
    this.interactions.close()
  }

  clear(): void {
    this.requests = 0
    this.unmatchedBeyond = 0
    const { outcomes, interactions, lostAnswers, warnings, unmatched } = this
    for (const counters of [outcomes, interactions, lostAnswers, warnings, unmatched]) counters.clear()
  }

  #count(observation: Observation): void {
    const { operation, outcome, lost, warnings, unmatched } = observation
    this.requests++
    if (operation !== undefined && outcome !== undefined) {
      countObservation(this.#countersOf(operation), outcome, observation)
      this.interactions.add(`${operation}.${outcome}`, observation.interaction)
    }
    if (lost !== undefined && operation !== undefined) this.#countLostAnswer(operation, lost, observation)
    if (warnings.size > 0) this.#countWarnings(observation)
    if (unmatched !== undefined) this.#countUnmatched(unmatched, observation)
  }

  #countLostAnswer(operation: string, { outcome, fault }: LostOutcome, observation: Observation): void {
    const { outcome: answered = null } = observation
    const name = [operation, outcome, answered].join('.')
    const known = this.lostAnswers.get(name)
    if (known !== undefined) known.count++
    else {
      const first = toFirstSeen(observation)
      this.lostAnswers.set(name, { operation, outcome, answered, fault, count: 1, first })
    }
  }

  #countersOf(operation: string): Map<string, Counter> {
    const known = this.outcomes.get(operation)
    if (known !== undefined) return known
    const counters = new Map<string, Counter>()
    this.outcomes.set(operation, counters)
    return counters
  }

  #countWarnings(observation: Observation): void {
    for (const [code, detail] of observation.warnings) {
      const known = this.warnings.get(code)
      if (known === undefined) {
        this.warnings.set(code, {
          count: 1,
          first: toFirstSeen(observation),
          detail: redactBody(detail).slice(0, MAX_DETAIL_LENGTH)
        })
      } else known.count++
    }
  }

  #countUnmatched(request: string, observation: Observation): void {
    const known = this.unmatched.get(request)
    if (known !== undefined) known.count++
    else if (this.unmatched.size < MAX_UNMATCHED) {
      this.unmatched.set(request, { count: 1, first: toFirstSeen(observation), hint: observation.hint ?? null })
    } else this.unmatchedBeyond++
  }
}

function countObservation(counters: Map<string, Counter>, name: string, observation: Observation): void {
  const known = counters.get(name)
  if (known === undefined) counters.set(name, { count: 1, first: toFirstSeen(observation) })
  else known.count++
}

function toFirstSeen({ request_id, method, url, status }: Observation): FirstSeen {
  return { request_id, method, url: reportUrl(url), status }
}

/** Redacts and cuts a URL for reports. */
export function reportUrl(url: string): string {
  return redactUrl(url).slice(0, MAX_URL_LENGTH)
}
