import { isEmpty, isObject, type JsonObject, type JsonValue } from '../json.js'
import type { PhoneNumber } from './phone-number.js'
import type { State } from './number-state.js'

/** What a key of the document switches on (reference implementation: the provider modules), in which states. */
interface FeatureSource {
  feature: string
  key: string
  on: (value: JsonValue) => boolean
  states: ReadonlySet<State>
}

const ASSIGNED: ReadonlySet<State> = new Set(['reserved', 'in_service', 'port_in'])
const SERVING: ReadonlySet<State> = new Set(['in_service'])

const has = (key: string, test: (value: JsonValue | undefined) => boolean) => (value: JsonValue) =>
  isObject(value) && test(value[key])
const filled = (value: JsonValue | undefined) => typeof value === 'string' && value !== ''
const isFilledObject = (value: JsonValue) => isObject(value) && !isEmpty(value)

// prettier-ignore
const SOURCES: readonly FeatureSource[] = [
  { feature: 'e911',           key: 'e911',           states: ASSIGNED, on: isFilledObject },
  { feature: 'failover',       key: 'failover',       states: SERVING,  on: isFilledObject },
  { feature: 'force_outbound', key: 'force_outbound', states: SERVING,  on: (value) => typeof value === 'boolean' },
  { feature: 'inbound_cnam',   key: 'cnam',           states: ASSIGNED, on: has('inbound_lookup', (value) => value === true) },
  { feature: 'outbound_cnam',  key: 'cnam',           states: ASSIGNED, on: has('display_name', filled) },
  { feature: 'prepend',        key: 'prepend',        states: SERVING,  on: has('enabled', (value) => value === true) }
]

/** Whether E911 is provisioned for a number in `state`: elsewhere a posted address is stored as it was sent. */
export function takesE911(state: State): boolean {
  return ASSIGNED.has(state)
}

/** The names that `document` switches on for a number in `state`, and `local` where no other carrier has it; sorted. */
export function featuresOf(state: State, carrier: PhoneNumber['carrier'], document: JsonObject): readonly string[] {
  const own = carrier === 'local' ? ['local'] : []
  const names = SOURCES.filter((source) => source.states.has(state) && isAsked(source, document)).map(
    ({ feature }) => feature
  )
  return [...names, ...own].sort()
}

/** The names that `document` asks for, whatever the state. */
export function requestedFeatures(document: JsonObject): readonly string[] {
  return SOURCES.filter((source) => isAsked(source, document)).map(({ feature }) => feature)
}

function isAsked({ key, on }: FeatureSource, document: JsonObject): boolean {
  const value = document[key]
  return value !== undefined && on(value)
}

/** Features that a carrier has to provide, and those that need no carrier (reference implementation, the lists of knm). */
const EXTERNAL = ['cnam', 'e911', 'inbound_cnam', 'mms', 'outbound_cnam', 'port', 'sms'] as const
const INTERNAL = ['failover', 'force_outbound', 'prepend', 'ringback'] as const
const ADMIN_ONLY = ['carrier_name'] as const
export const KNOWN_FEATURES: readonly string[] = [...ADMIN_ONLY, ...EXTERNAL, ...INTERNAL].sort()

/** Carrier-dependent ones that no emulated carrier offers. */
const UNOFFERED: ReadonlySet<string> = new Set(['mms', 'sms'])

/** Who asks, as far as it matters here. */
export interface FeatureRules {
  admin: boolean
  /** Whether numbers of the local carrier may have carrier features too. */
  localOverride: boolean
}

/** The part of a number that decides which features it may have. */
type Holder = Pick<PhoneNumber, 'owner' | 'carrier' | 'usedBy'>

/** The features that a number may not have. `failover` is for trunks only. */
export function deniedFeatures(number: Holder, { admin, localOverride }: FeatureRules): string[] {
  const denied: string[] = []
  if (number.owner === null || (number.carrier === 'local' && !localOverride)) denied.push(...EXTERNAL)
  if (number.usedBy !== 'trunkstore') denied.push('failover')
  if (!admin) denied.push(...ADMIN_ONLY)
  return denied.sort()
}

/** The features that a number may have: the known ones without those that are denied or that no carrier offers. */
export function availableFeatures(number: Holder, rules: FeatureRules): string[] {
  const denied = new Set(deniedFeatures(number, rules))
  return KNOWN_FEATURES.filter((feature) => !denied.has(feature) && !UNOFFERED.has(feature))
}
