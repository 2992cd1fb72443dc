import { quote } from '../../inventory/charges.js'
import { isObject, sameJson, type JsonObject } from '../../json.js'
import { deniedFeatures, featuresOf, requestedFeatures } from '../../numbering/features.js'
import { delaysAfter, type E911Change } from '../../numbering/delays.js'
import type { PhoneNumber } from '../../numbering/phone-number.js'
import { viewRules } from '../../numbering/views.js'
import { Problem } from '../../problems.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import type { Caller } from './permissions.js'
import { applyE911 } from './provision-e911.js'
import { hasWholeCharacters } from '../../text/patterns.js'
import { brokenText, violated } from '../../violations.js'

interface SaveOptions {
  /** Whether the client has to accept the charge, unless the number was in this state on this account before. */
  isCharged?: boolean
  /** Whether the document asks for nothing, and the features are settled already. */
  isReleased?: boolean
}

/**
 * The one way by which a change of a number is saved: what it asks for is checked, E911 provisioned, the features follow, the client
 * has accepted the price, and `modified` moves, but only if anything is different. Throws `forbidden`, the failures of E911, and
 * `accept_charges` with the quote; nothing is saved then. A price comes after all that is wrong (reference implementation, the dry
 * run).
 */
export function saveNumber(
  sandbox: Sandbox,
  caller: Caller,
  before: PhoneNumber | undefined,
  wanted: PhoneNumber,
  { isCharged = false, isReleased = false }: SaveOptions = {}
): PhoneNumber {
  const { document, e911 }: Provided = isReleased
    ? { document: wanted.document, e911: 'none' }
    : provide(sandbox, caller, before, wanted)
  const features = isReleased ? wanted.features : featuresOf(wanted.state, wanted.carrier, document)
  const after = { ...wanted, document, features }
  if (isCharged) assertCharge(sandbox, caller, before, after)
  if (before !== undefined && isUnchanged(before, after)) return before
  const now = sandbox.clock.now()
  const saved = {
    ...after,
    pending: delaysAfter(before, after, sandbox.delaySettings, now, e911),
    modifiedAt: before === undefined ? after.modifiedAt : now
  }
  sandbox.store.numbers.save(saved, before)
  return saved
}

/** The document with everything that it asks for, and what has become of its address. */
interface Provided {
  document: JsonObject
  e911: E911Change
}

/** Provides what the document asks for. An address that has been found is a new object. */
function provide(sandbox: Sandbox, caller: Caller, before: PhoneNumber | undefined, wanted: PhoneNumber): Provided {
  assertFeaturesAllowed(sandbox, caller, before, wanted)
  const document = applyE911(sandbox, caller, before, wanted)
  const { e911 } = document
  if (document === wanted.document || !isObject(e911)) return { document, e911: 'none' }
  // What the provider refuses to provision stays as it is, however long the others take.
  if (e911.status !== 'PROVISIONED' || sandbox.delaySettings.e911 === 'immediate') return { document, e911: 'settled' }
  // An address that was found is geocoded; where provisioning takes its time, the rest comes later.
  return { document: { ...document, e911: { ...e911, status: 'GEOCODED' } }, e911: 'delayed' }
}

/** Throws where a denied feature is asked for, or is on although it is denied by now (reference implementation). */
function assertFeaturesAllowed(
  sandbox: Sandbox,
  caller: Caller,
  before: PhoneNumber | undefined,
  wanted: PhoneNumber
): void {
  const names = [...requestedFeatures(wanted.document), ...(before?.features ?? [])]
  if (names.length === 0) return
  const denied = new Set(deniedFeatures(wanted, viewRules(sandbox.behaviour.dialect, caller.account.admin)))
  if (names.some((feature) => denied.has(feature))) throw new Problem('forbidden')
}

/** Throws where the number costs something that the client has not accepted. */
function assertCharge(sandbox: Sandbox, caller: Caller, before: PhoneNumber | undefined, after: PhoneNumber): void {
  if (caller.acceptsCharges || (before?.state === after.state && before.owner === caller.path)) return
  const charge = sandbox.behaviour.charges.find(({ prefix = '' }) => after.e164.startsWith(prefix, '+'.length))
  if (charge !== undefined) throw new Problem('accept_charges', quote(charge))
}

function isUnchanged(one: PhoneNumber, other: PhoneNumber): boolean {
  return (
    one.state === other.state &&
    one.owner === other.owner &&
    one.carrier === other.carrier &&
    one.usedBy === other.usedBy &&
    sameJson(one.document, other.document) &&
    sameJson([...one.features], [...other.features]) &&
    sameJson([...one.history], [...other.history])
  )
}

/**
 * The value of `used_by` after a body, where the dialect reads it (document: E911): a text sets it, null and the empty text clear it,
 * leaving it out keeps it as it was. Throws a Problem for a text that cannot be stored as it is.
 */
export function usedByAfter({ behaviour }: Sandbox, before: string | null, data: JsonObject): string | null {
  if (behaviour.dialect.used_by === 'ignored') return before
  const posted = data.used_by
  if (posted === null || posted === '') return null
  if (typeof posted !== 'string') return before
  if (!hasWholeCharacters(posted)) throw violated([brokenText('used_by', posted)])
  return posted
}
