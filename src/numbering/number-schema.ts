import { Type, type Static } from '@sinclair/typebox'
import type { Dialect } from '../dialect.js'
import { STATES } from './number-state.js'
import { mapOf, oneOf } from '../text/text-schema.js'

/** E911 states of a service address (document: Schema). */
const E911_STATUSES = ['INVALID', 'GEOCODED', 'PROVISIONED', 'REMOVED', 'ERROR'] as const

const text = Type.Optional(Type.String())

const Cnam = Type.Object({
  display_name: Type.Optional(Type.String({ minLength: 1, maxLength: 15 })),
  inbound_lookup: Type.Optional(Type.Boolean())
})

// prettier-ignore
const PORTING_FIELDS = [
  'billing_account_id', 'billing_extended_address', 'billing_locality', 'billing_name', 'billing_postal_code',
  'billing_region', 'billing_street_address', 'billing_telephone_number', 'customer_contact', 'port_id',
  'requested_port_date', 'service_provider'
] as const

const Porting = Type.Object({
  ...Object.fromEntries(PORTING_FIELDS.map((field) => [field, text])),
  comments: Type.Optional(Type.Array(Type.String()))
})

/** What a client may store with a number (document: Schema for a number). Fields that it does not name are the user's own. */
export function numberSchema(dialect: Dialect) {
  return Type.Object(
    {
      carrier_name: Type.Optional(Type.String({ minLength: 1, maxLength: 30 })),
      cnam: Type.Optional(Cnam),
      create_with_state: Type.Optional(oneOf(STATES)),
      e911: Type.Optional(e911Schema(dialect)),
      porting: Type.Optional(Porting)
    },
    { additionalProperties: true }
  )
}

function e911Schema(dialect: Dialect) {
  return Type.Object({
    activated_time: text,
    caller_name: Type.Optional(Type.String({ minLength: 3 })),
    extended_address: text,
    latitude: text,
    legacy_data: Type.Optional(
      Type.Object({ house_number: text, predirectional: text, streetname: text, suite: text })
    ),
    locality: Type.String(),
    location_id: text,
    longitude: text,
    notification_contact_emails: Type.Optional(Type.Array(email(dialect))),
    plus_four: text,
    postal_code: Type.String(),
    region: Type.String({ minLength: 2, maxLength: 2 }),
    status: Type.Optional(oneOf(E911_STATUSES)),
    street_address: Type.String()
  })
}

/** E-mail addresses as the dialect wants them: the document asks for strings, the reference for addresses. */
function email(dialect: Dialect) {
  return dialect.email_syntax === 'any' ? Type.String() : Type.String({ format: 'email' })
}

const time = (description: string) => Type.Integer({ description: `${description}, Gregorian seconds` })
const features = Type.Array(Type.String(), { description: 'Names of the features that are on, sorted' })

/** A number as the API answers it (document: Buy a number, List An Account's Specific Phone Number, E911). */
export const NumberDocument = Type.Object(
  {
    _read_only: Type.Object(
      { created: time('First seen'), modified: time('Last changed'), state: oneOf(STATES) },
      { additionalProperties: true }
    ),
    id: Type.String({ description: 'E.164' }),
    state: oneOf(STATES)
  },
  { additionalProperties: true }
)

/** What became of a collection of numbers (document: Buy a Collection). */
export const CollectionAnswer = Type.Object({
  success: Type.Optional(mapOf(NumberDocument)),
  error: Type.Optional(mapOf(Type.Unknown()))
})

/** A number on offer within an account (document: Search for available numbers you own). */
export const FoundNumberSchema = Type.Object({ number: Type.String(), state: oneOf(STATES) })
export type FoundNumber = Static<typeof FoundNumberSchema>

/** A number on offer (document: Search For Available Numbers). */
export const SearchRecordSchema = Type.Object({
  e164: Type.String(),
  formatted_number: Type.String(),
  npa_nxx: Type.String(),
  number: Type.String(),
  number_id: Type.String({ description: 'UUID, upper case' }),
  rate_center: Type.Optional(Type.Object({ lata: Type.String(), name: Type.String(), state: Type.String() })),
  status: Type.Literal('Available'),
  ten_digit: Type.String()
})

/** A number as a list shows it. */
const ListEntrySchema = Type.Object(
  {
    assigned_to: Type.Optional(Type.String()),
    created: time('First seen'),
    features,
    state: oneOf(STATES),
    updated: time('Last changed')
  },
  { additionalProperties: true }
)
export type ListEntry = Static<typeof ListEntrySchema>

/** A page of what an account owns (document: List Account's Phone Numbers). */
export const ListAnswer = Type.Object({
  cascade_quantity: Type.Integer({ description: 'Numbers of the accounts below' }),
  numbers: mapOf(ListEntrySchema)
})
