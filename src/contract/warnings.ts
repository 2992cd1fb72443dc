/** A way in which a request differs from the document although it may be answered. */
interface Warning {
  /** The heading of the document that the request differs from. */
  source: string
  description: string
  /** How the client is put right. */
  advice: string
}

/**
 * Every warning by its code. A warning needs words or an example of the document that the request differs from. What real
 * clients send beside the document and the service takes is no warning: tokens in other places than the header, `_`,
 * `paginate` and the like in a query, unknown keys in a body, a whole number document sent back.
 */
// prettier-ignore
export const WARNINGS = {
  unencoded_plus: {
    source: 'Per-number CRUD operations',
    description: 'A + stands unencoded in the path.',
    advice: 'URL-encode the number: %2B14155555555. The emulator reads a raw + as a plus; a proxy may read a space.'
  },
  encoded_twice: {
    source: 'Per-number CRUD operations',
    description: 'The number in the path or the start_key is URL-encoded twice (%252B).',
    advice: 'Encode it once; most HTTP clients encode a parameter by themselves.'
  },
  unencoded_query_plus: {
    source: 'Search For Available Numbers',
    description: 'A + stands unencoded in the query, where it means a space, or that space stands there (%20).',
    advice: 'URL-encode it: prefix=%2B1499, start_key=%2B14152338421.'
  },
  number_form: {
    source: 'Per-number CRUD operations',
    description: 'The number is in no form that is read as a phone number.',
    advice: 'Send E.164 (%2B14155555555) or ten digits; spaces, dashes and brackets are not removed.'
  },
  not_utf8: {
    source: 'RFC 8259, 8.1',
    description: 'The body is not UTF-8; it is read as Latin-1.',
    advice: 'Encode the body in UTF-8.'
  },
  missing_data: {
    source: 'Buy a Collection (List) of numbers',
    description: 'The body has no data.',
    advice: 'Put what you send into the envelope: {"data": {…}}. It is answered with 400.'
  },
  missing_token: {
    source: 'Buy a number once searched for',
    description: 'The example of this call sends X-Auth-Token, and the request has none, or the text "undefined" or "null".',
    advice: 'Send the token of the account in X-Auth-Token.'
  },
  prefix_form: {
    source: 'Search For Available Numbers',
    description: 'The prefix is neither three digits nor the beginning of an E.164 number.',
    advice: 'Send an area code (415) or a URL-encoded E.164 prefix (%2B1415233).'
  },
  unknown_query_key: {
    source: 'Search For Available Numbers',
    description: 'The query has a key that this call does not know; it is ignored.',
    advice: 'Leave it out: searches take prefix, quantity and offset, the list takes page_size, start_key and filters.'
  },
  near_key: {
    source: 'Schema for a number',
    description: 'A key of the body, the query or the header Prefer means nothing, and is near to one that does.',
    advice: 'Correct the key where it is misspelt; a field of your own can have any other name.'
  },
  unreadable_count: {
    source: 'Search For Available Numbers',
    description: 'quantity, offset or page_size is not a whole number; the default is used instead.',
    advice: 'Send digits only.'
  },
  repaired_type: {
    source: 'Schema for a number',
    description: 'A field of the body had the wrong type and was read as what it spells.',
    advice: 'Send the type of the schema, such as true instead of "true".'
  },
  unknown_preference: {
    source: 'RFC 7240, Prefer',
    description: 'The header Prefer, or the query after two underscores, has a key that the emulator does not know; it is ignored.',
    advice: 'Ask with code, example, delay or phase; the real service ignores the header.'
  },
  id_differs: {
    source: 'E911',
    description: 'The id in the body names another number than the path; the path counts.',
    advice: 'Send the number of the path as id, or none.'
  },
  same_address_again: {
    source: 'Multiple choice',
    description: 'The address was answered with multiple_choice and came again unchanged.',
    advice: 'Select one of the details of that answer and send its fields as the address.'
  },
  never_searched: {
    source: 'Buy a number once searched for',
    description: 'A number is bought that no search has returned.',
    advice: 'Search first, and buy what the search has returned.'
  },
  bought_after_lost_answer: {
    source: 'RFC 9110, 9.2.2 Idempotent Methods',
    description: 'The answer to a purchase was lost, and another number of its area code is bought: the first may be bought too.',
    advice: 'Read the first number, or list the numbers of the account, before another one is bought; or buy the first again.'
  },
  early_retry: {
    source: 'RFC 9110, Retry-After',
    description: 'The request came again before the time in the Retry-After header of its last answer.',
    advice: 'Wait as many seconds as Retry-After says; the document leaves it to HTTP.'
  },
  sandbox_dropped: {
    source: 'oneuc-emulator, --max-sandboxes',
    description: 'The sandbox was dropped to make room for another one, and this request has made it anew: its numbers are gone.',
    advice: 'Raise --max-sandboxes, or drop sandboxes that are no longer used.'
  }
} as const satisfies Record<string, Warning>

export type WarningCode = keyof typeof WARNINGS
export const WARNING_CODES = Object.keys(WARNINGS) as WarningCode[]
