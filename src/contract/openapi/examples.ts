import type { Dialect } from '../../dialect.js'
import { searchRecord } from '../../inventory/search-record.js'
import type { JsonObject, JsonValue } from '../../json.js'
import type { Problem } from '../../problems.js'
import { exampleProblem, type FailureContext } from '../example-problems.js'
import { OPERATIONS, problemFor, type Operation, type OperationName, type Outcome } from '../outcomes.js'

/** The account and the numbers of the examples. */
export const EXAMPLE_ACCOUNT = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'
export const EXAMPLE_NUMBER = '+14152338397'
export const OTHER_NUMBER = '+14152338421'

export const EXAMPLE_ADDRESS = {
  caller_name: 'Michel Mabel',
  postal_code: '94105',
  street_address: '116 NATOMA ST',
  extended_address: 'APT 116',
  locality: 'SAN FRANCISCO',
  region: 'CA'
} as const

const documentExample = (id: string, state: string, at: number, rest: JsonObject = {}): JsonObject => ({
  _read_only: { created: at, modified: at, state },
  id,
  state,
  ...rest
})

const searchRecordExample = (number: string, number_id: string): JsonObject => {
  const rateCentre = () => ({ lata: '722', name: 'SAN RAFAEL', state: 'CA' })
  return { ...searchRecord({ rateCentre, numberId: () => number_id }, number.slice('+1'.length)) }
}

const listEntryExample = (state: string, at: number, features: string[]): JsonObject => ({
  assigned_to: EXAMPLE_ACCOUNT,
  created: at,
  features,
  state,
  updated: at
})

/** The `data` of the successes that the document prints. */
const SUCCESS_DATA: Partial<Record<OperationName, JsonValue>> = {
  search: [
    searchRecordExample(EXAMPLE_NUMBER, '4AA418FB-3409-4340-8210-E7EAFE2AB118'),
    searchRecordExample(OTHER_NUMBER, '0CD68E85-F149-477F-9C13-1E720ACCC3EE')
  ],
  buy: documentExample(EXAMPLE_NUMBER, 'in_service', 63628027112),
  buy_collection: {
    success: {
      [EXAMPLE_NUMBER]: documentExample(EXAMPLE_NUMBER, 'in_service', 63628542222),
      [OTHER_NUMBER]: documentExample(OTHER_NUMBER, 'in_service', 63628542222)
    }
  },
  search_account: [
    { number: '+15552225562', state: 'available' },
    { number: '+15554445558', state: 'discovery' },
    { number: '+15552225562', state: 'available' }
  ],
  list: {
    cascade_quantity: 0,
    numbers: {
      [OTHER_NUMBER]: listEntryExample('in_service', 63628550806, []),
      '+14155234712': listEntryExample('in_service', 63636963275, ['local']),
      '+14155558920': listEntryExample('reserved', 63633211146, ['local'])
    }
  },
  remove: documentExample(EXAMPLE_NUMBER, 'available', 63627848588),
  read: documentExample('+14155558920', 'reserved', 63627848989, { features: ['local'], my_own_field: {} }),
  e911: documentExample(EXAMPLE_NUMBER, 'in_service', 63628027112, {
    used_by: 'callflow',
    features: ['e911'],
    e911: {
      ...EXAMPLE_ADDRESS,
      latitude: '37.786861',
      longitude: '-122.399484',
      location_id: '27578725',
      plus_four: '3745',
      status: 'PROVISIONED',
      legacy_data: { house_number: '116', streetname: 'NATOMA ST', suite: 'APT 116' }
    }
  })
}

const COLLECTION_BODY: JsonObject = { data: { numbers: [EXAMPLE_NUMBER, OTHER_NUMBER] } }

/** The bodies that the document sends, and those of the calls beyond it that fail without one. */
export const REQUEST_EXAMPLES: Partial<Record<OperationName, JsonObject>> = {
  buy: { data: {} },
  buy_collection: COLLECTION_BODY,
  e911: { data: { used_by: 'callflow', id: EXAMPLE_NUMBER, e911: EXAMPLE_ADDRESS } },
  create_collection: COLLECTION_BODY,
  update_collection: COLLECTION_BODY,
  patch_collection: COLLECTION_BODY,
  remove_collection: COLLECTION_BODY,
  check: COLLECTION_BODY,
  locality: COLLECTION_BODY
}

/** An outcome as the description shows it. */
export interface Example {
  /** The outcome's name, with its operation before it where a path has two operations and the name is taken. */
  name: string
  /** Undefined for a success. */
  status: number | undefined
  summary: string
  description: string
  body: JsonObject
}

const REQUEST_ID = 'c5a8e4f0a1b24c7d9e3f6a5b4c3d2e1f'
const FAILURE_CONTEXT: FailureContext = {
  numbers: [EXAMPLE_NUMBER],
  account: EXAMPLE_ACCOUNT,
  address: EXAMPLE_ADDRESS
}

/** Lists the outcomes of the operations that share a path and a method, as a dialect answers them; the documented ones first. */
export function examplesOf(operations: readonly OperationName[], dialect: Dialect): Example[] {
  const taken = new Set<string>()
  return operations.flatMap((operation) => {
    const { outcomes }: Operation = OPERATIONS[operation]
    return outcomes.flatMap((outcome): Example[] => {
      const response = responseOf(operation, outcome, dialect)
      // A second operation fails in the same ways as the first; only the failures that it adds are shown.
      if (response === undefined || (taken.has(outcome.name) && outcome.kind !== undefined)) return []
      const name = taken.has(outcome.name) ? `${operation}.${outcome.name}` : outcome.name
      taken.add(name)
      return [{ name, ...response, summary: outcome.source, description: outcome.description }]
    })
  })
}

/** Makes the response of an outcome; undefined where the document prints none. */
function responseOf(
  operation: OperationName,
  { kind }: Outcome,
  dialect: Dialect
): Pick<Example, 'status' | 'body'> | undefined {
  if (kind === 'connection_closed') return undefined
  if (kind !== undefined) {
    const problem = exampleProblem(problemFor(dialect, kind), FAILURE_CONTEXT)
    return { status: problem.status, body: failureBody(problem) }
  }
  const data = SUCCESS_DATA[operation]
  if (data === undefined) return undefined
  const paging = operation === 'list' ? { next_start_key: '+14155558921', page_size: 3, start_key: '+14152338421' } : {}
  const auth_token = operation === 'search' ? '' : '{AUTH_TOKEN}'
  const revision = '2b9f7a53c9a04f0f8d4d0c4f1f0e6a1b'
  return {
    status: undefined,
    body: { auth_token, data, ...paging, request_id: REQUEST_ID, revision, status: 'success' }
  }
}

function failureBody({ status, title, data }: Problem): JsonObject {
  return {
    auth_token: '{AUTH_TOKEN}',
    data,
    error: String(status),
    message: title,
    request_id: REQUEST_ID,
    status: 'error'
  }
}
