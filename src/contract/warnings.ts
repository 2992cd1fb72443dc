/** A way in which a request strays from the document although it may be answered. */
export interface Warning {
  /** The heading of the document that says otherwise. */
  section: string
  means: string
  /** What to do about it. */
  advice: string
}

/**
 * Every warning by its code. Only what the document says or shows is warned about. What real clients send beside it and the
 * service takes is not: tokens in other places than the header, `_`, `paginate` and the like in a query, keys that nobody
 * knows in a body, a whole number document sent back.
 */
// prettier-ignore
export const WARNINGS = {
  unencoded_plus: {
    section: 'Per-number CRUD operations',
    means: 'A + stands unencoded in the path.',
    advice: 'URL-encode the number: %2B14155555555. The emulator reads a raw + as a plus; a proxy may read a space.'
  },
  encoded_twice: {
    section: 'Per-number CRUD operations',
    means: 'The number in the path is URL-encoded twice (%252B).',
    advice: 'Encode it once; most HTTP clients encode a path parameter by themselves.'
  },
  unencoded_query_plus: {
    section: 'Search For Available Numbers',
    means: 'A + stands unencoded in the query, where it means a space.',
    advice: 'URL-encode it: prefix=%2B1499, start_key=%2B14152338421.'
  },
  number_form: {
    section: 'Per-number CRUD operations',
    means: 'The number is in no form that is read as a phone number.',
    advice: 'Send E.164 (%2B14155555555) or ten digits; spaces, dashes and brackets are not removed.'
  },
  missing_data: {
    section: 'Buy a Collection (List) of numbers',
    means: 'The body has no data.',
    advice: 'Put what you send into the envelope: {"data": {…}}. It is answered with 400.'
  },
  missing_token: {
    section: 'Buy a number once searched for',
    means: 'The example of this call sends X-Auth-Token, and the request has none, or the text "undefined" or "null".',
    advice: 'Send the token of the account in X-Auth-Token.'
  },
  prefix_form: {
    section: 'Search For Available Numbers',
    means: 'The prefix is neither three digits nor the beginning of an E.164 number.',
    advice: 'Send an area code (415) or a URL-encoded E.164 prefix (%2B1415233).'
  },
  unknown_query_key: {
    section: 'Search For Available Numbers',
    means: 'The query has a key that this call does not know; it is ignored.',
    advice: 'Look for a misspelling: searches take prefix, quantity and offset, the list takes page_size, start_key and filters.'
  },
  unreadable_count: {
    section: 'Search For Available Numbers',
    means: 'quantity, offset or page_size is not a whole number; the default is used instead.',
    advice: 'Send digits only.'
  },
  repaired_type: {
    section: 'Schema for a number',
    means: 'A field of the body had the wrong type and was read as what it spells.',
    advice: 'Send the type of the schema, such as true instead of "true".'
  },
  id_differs: {
    section: 'E911',
    means: 'The id in the body names another number than the path; the path counts.',
    advice: 'Send the number of the path as id, or none.'
  },
  same_address_again: {
    section: 'Multiple choice',
    means: 'The address was answered with multiple_choice and came again unchanged.',
    advice: 'Select one of the details of that answer and send its fields as the address.'
  },
  never_searched: {
    section: 'Buy a number once searched for',
    means: 'A number is bought that no search has returned.',
    advice: 'Search first, and buy what the search has returned.'
  },
  early_retry: {
    section: 'RFC 9110, Retry-After',
    means: 'The request came again before the time in the Retry-After header of its last answer.',
    advice: 'Wait as many seconds as Retry-After says; the document leaves it to HTTP.'
  }
} as const satisfies Record<string, Warning>

export type WarningCode = keyof typeof WARNINGS
export const WARNING_CODES = Object.keys(WARNINGS) as WarningCode[]
