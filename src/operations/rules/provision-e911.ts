import type { Account } from '../../sandbox/accounts.js'
import type { SubmittedAddress } from '../../e911/civic-address.js'
import type { Location } from '../../e911/location.js'
import { magicMatch } from '../../e911/magic-addresses.js'
import { matchAddress } from '../../e911/match.js'
import { acceptAddress } from '../../e911/permissive.js'
import { isEmpty, isObject, sameJson, type JsonObject } from '../../json.js'
import { takesE911 } from '../../numbering/features.js'
import type { PhoneNumber } from '../../numbering/phone-number.js'
import { Problem } from '../../problems.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import type { Caller } from './permissions.js'

/** Keys that come from the provider alone: what a client sends in them is overwritten or dropped. */
// prettier-ignore
const PROVIDER_KEYS: ReadonlySet<string> = new Set([
  'street_address', 'extended_address', 'locality', 'region', 'postal_code', 'plus_four', 'latitude', 'longitude',
  'location_id', 'status', 'legacy_data', 'activated_time'
])

/** The keys of an address as the document's errors repeat it. */
const ADDRESS_KEYS = ['postal_code', 'street_address', 'extended_address', 'locality', 'region'] as const

/**
 * The document of `wanted` with its address as the provider answers it (document: E911). Nothing happens where there is
 * no address, where it is the one already provisioned, or in a state that has no E911. Throws `invalid_address`,
 * `multiple_choice` (in the dialect's form) and `fault`.
 */
export function applyE911(
  sandbox: Sandbox,
  caller: Caller,
  before: PhoneNumber | undefined,
  wanted: PhoneNumber
): JsonObject {
  const { document } = wanted
  const sent = document.e911
  if (!isObject(sent) || isEmpty(sent) || !takesE911(wanted.state)) return document
  if (before?.features.includes('e911') === true && sameJson(before.document.e911, sent)) return document
  const location = locateAddress(sandbox, sent)
  const name = typeof sent.caller_name === 'string' ? sent.caller_name : callerName(caller.account)
  return { ...document, e911: describeE911(location, name, sent) }
}

/** E911 with its keys as the document prints them; what else the client has sent comes last. */
function describeE911(location: Location, caller_name: string, sent: JsonObject): JsonObject {
  const { street_address, extended_address, ...rest } = location
  const unit = extended_address === undefined ? undefined : { extended_address }
  const provided = { street_address, ...unit, caller_name, ...rest }
  const own = Object.entries(sent).filter(([key]) => key !== 'caller_name' && !PROVIDER_KEYS.has(key))
  return { ...provided, ...Object.fromEntries(own) }
}

function locateAddress(sandbox: Sandbox, sent: JsonObject): Location {
  const address = addressOf(sent)
  const match =
    magicMatch(address) ??
    (sandbox.behaviour.e911 === 'permissive' ? acceptAddress(address) : matchAddress(address, sandbox.streets))
  switch (match.outcome) {
    case 'success':
      return match.location
    case 'fault':
      throw new Problem('fault', match.message)
    case 'invalid':
      throw invalidAddress(sandbox, sent)
    case 'multiple_choice':
      throw multiple(
        sandbox,
        sent,
        match.details.map((choice) => ({ ...choice }))
      )
  }
}

function invalidAddress({ behaviour }: Sandbox, sent: JsonObject): Problem {
  if (behaviour.dialect.e911_errors === 'documented') {
    return new Problem('invalid_address', pick(sent, ['caller_name', ...ADDRESS_KEYS]))
  }
  return new Problem('invalid_kazoo', sent)
}

function multiple({ behaviour }: Sandbox, sent: JsonObject, details: JsonObject[]): Problem {
  if (behaviour.dialect.e911_errors === 'documented')
    return new Problem('multiple_choice', pick(sent, ADDRESS_KEYS), details)
  return new Problem('multiple_choice_kazoo', sent, details)
}

/** The collections do not check their other fields, so an address may come without some of its parts. */
function addressOf(sent: JsonObject): SubmittedAddress {
  const text = (key: string) => (typeof sent[key] === 'string' ? sent[key] : '')
  return {
    street_address: text('street_address'),
    extended_address: text('extended_address'),
    locality: text('locality'),
    region: text('region'),
    postal_code: text('postal_code')
  }
}

function pick(sent: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.flatMap((key) => (sent[key] === undefined ? [] : [[key, sent[key]]])))
}

/** The name that emergency services see where the client sends none (reference implementation). */
function callerName({ name }: Account): string {
  return name === '' ? 'Valued Customer' : name.padEnd(3)
}
