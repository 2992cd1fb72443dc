import { outcomeOf, type OutcomeName } from '../contract/outcomes.js'
import type { AppliedRule } from '../sandbox/fault-rule.js'
import type { RequestContext } from './context.js'

/** The status of a request that gets no response. */
export const NO_STATUS = 0

/** How a request has ended, on the side of the operation and on that of the client. */
interface Ending {
  /** The outcome of the operation; undefined where it has none for it, or a fault took its place. */
  outcome: OutcomeName | undefined
  /** Name of the fault that the request met. */
  fault: string | undefined
  /** Where the fault came once the operation was over. */
  faultPhase: 'after' | undefined
  /** The outcome that the client saw, null for none, where it is not that of the operation; undefined for any other request. */
  answered: string | null | undefined
}

/** Describes how a request has ended, for the journal, the log and the contract report. */
export function describeEnding(context: RequestContext): Ending {
  const { kind, fault, answered } = context
  const isCarriedOut = fault === undefined || kind !== undefined || !replacesOperation(fault)
  const outcome = isCarriedOut ? outcomeName(context) : undefined
  const isAfter = fault !== undefined && comesAfter(fault)
  const isUnseen = answered === null && outcome !== undefined
  return {
    outcome,
    fault: fault?.name,
    faultPhase: isAfter ? 'after' : undefined,
    answered: isAfter ? (answered === undefined ? outcome : answered) : isUnseen ? null : undefined
  }
}

/** Returns the name of the outcome of the operation; undefined where there is none for how it has ended. */
export function outcomeName({ operation, kind, isUnrecognised }: RequestContext): OutcomeName | undefined {
  return isUnrecognised ? undefined : outcomeOf(operation, kind)?.name
}

/** Tells whether a fault responds by itself, and no operation is carried out. */
export function replacesOperation({ phase, fault, body }: AppliedRule): boolean {
  return phase !== 'after' && (fault !== undefined || body !== undefined)
}

/** Tells whether a fault happens to the answer of the operation. An answer that is only cut off is one that was given. */
export function comesAfter({ phase, outcome, status, fault, truncate_bytes }: AppliedRule): boolean {
  return phase === 'after' || (truncate_bytes !== undefined && (outcome ?? status ?? fault) === undefined)
}
