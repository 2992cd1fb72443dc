import { isObject, sameJson, type JsonObject, type JsonValue } from '../../json.js'
import { deniedFeatures, featuresOf, requestedFeatures } from '../../numbering/features.js'
import { pendingAfter } from '../../numbering/pending.js'
import { changed, type PhoneNumber } from '../../numbering/phone-number.js'
import { viewRules } from '../../numbering/views.js'
import { Problem } from '../../problems.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import type { Caller } from './permissions.js'
import { provisionE911 } from './provision-e911.js'

/**
 * The one way by which a change of a number is kept: what it asks for is checked, E911 provisioned, the features follow,
 * and `modified` moves, but only if anything is different. Throws `forbidden` and the failures of E911; nothing is
 * stored then.
 */
export function saveNumber(
  sandbox: Sandbox,
  caller: Caller,
  before: PhoneNumber | undefined,
  wanted: PhoneNumber
): PhoneNumber {
  const { number, isE911New } = prepare(sandbox, caller, before, wanted)
  return store(sandbox, before, number, isE911New)
}

/** A number that is ready to be stored. */
export interface Prepared {
  number: PhoneNumber
  /** Whether an address has been found just now. */
  isE911New: boolean
}

/** The number as `keep` would store it, for those who have something to say before it is stored. */
export function prepare(
  sandbox: Sandbox,
  caller: Caller,
  before: PhoneNumber | undefined,
  wanted: PhoneNumber
): Prepared {
  refuseDenied(sandbox, caller, before, wanted)
  const document = provisionE911(sandbox, caller, before, wanted)
  const features = featuresOf(wanted.state, wanted.carrier, document)
  const isE911New = document !== wanted.document
  const kept = isE911New ? onItsWay(sandbox, document) : document
  return { number: changed(wanted, { document: kept, features }), isE911New }
}

/** An address that was found is geocoded; where provisioning takes its time, the rest comes later. */
function onItsWay({ timings }: Sandbox, document: JsonObject): JsonObject {
  const { e911 } = document
  const waits = timings.e911 !== 'immediate' && isObject(e911) && e911.status === 'PROVISIONED'
  return waits ? { ...document, e911: { ...e911, status: 'GEOCODED' } } : document
}

/** Stores a number whose features are settled already. `isE911New` says whether an address has been found just now. */
export function store(
  sandbox: Sandbox,
  before: PhoneNumber | undefined,
  after: PhoneNumber,
  isE911New = false
): PhoneNumber {
  if (before !== undefined && isSame(before, after)) return before
  const now = sandbox.clock.now()
  const pending = pendingAfter(before, after, sandbox.timings, now, isE911New)
  const kept = changed(after, { pending, modifiedAt: before === undefined ? after.modifiedAt : now })
  sandbox.store.numbers.save(kept, before)
  return kept
}

/** Asking for a denied feature is refused, and so is having one that is denied by now (reference implementation). */
function refuseDenied(sandbox: Sandbox, caller: Caller, before: PhoneNumber | undefined, wanted: PhoneNumber): void {
  const names = [...requestedFeatures(wanted.document), ...(before?.features ?? [])]
  if (names.length === 0) return
  const denied = new Set(deniedFeatures(wanted, viewRules(sandbox.behaviour.dialect, caller.account.admin)))
  if (names.some((feature) => denied.has(feature))) throw new Problem('forbidden')
}

function isSame(one: PhoneNumber, other: PhoneNumber): boolean {
  return (
    one.state === other.state &&
    one.owner === other.owner &&
    one.carrier === other.carrier &&
    one.usedBy === other.usedBy &&
    sameJson(one.document, other.document) &&
    sameJson(one.features as JsonValue[] & string[], other.features as JsonValue[] & string[]) &&
    sameJson(one.history as JsonValue[] & string[], other.history as JsonValue[] & string[])
  )
}
