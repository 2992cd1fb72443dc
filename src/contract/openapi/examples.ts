import type { Dialect } from '../../dialect.js'
import type { JsonObject } from '../../json.js'
import type { Problem } from '../../problems.js'
import { problemOf, type Subject } from '../example-problems.js'
import { formIn, OPERATIONS, type Operation, type OperationName, type Outcome } from '../outcomes.js'
import { EXAMPLE_ACCOUNT, EXAMPLE_ADDRESS, EXAMPLE_NUMBER, SUCCESS_DATA } from './success-examples.js'

/** An outcome as a description shows it. */
export interface Example {
  /** The outcome's name; with its operation before it where a path does two things and the name is taken. */
  name: string
  /** Undefined for a success. */
  status: number | undefined
  summary: string
  description: string
  body: JsonObject
}

const REQUEST_ID = 'c5a8e4f0a1b24c7d9e3f6a5b4c3d2e1f'
const SUBJECT: Subject = { numbers: [EXAMPLE_NUMBER], account: EXAMPLE_ACCOUNT, address: EXAMPLE_ADDRESS }

/** Every outcome of the operations that share a path and a method, in a dialect; the documented ones first. */
export function examplesOf(operations: readonly OperationName[], dialect: Dialect): Example[] {
  const taken = new Set<string>()
  return operations.flatMap((operation) => {
    const { outcomes }: Operation = OPERATIONS[operation]
    return outcomes.flatMap((outcome): Example[] => {
      const body = bodyOf(operation, outcome, dialect)
      // A second operation fails in the same ways as the first; what it adds is shown.
      if (body === undefined || (taken.has(outcome.name) && outcome.kind !== undefined)) return []
      const name = taken.has(outcome.name) ? `${operation}.${outcome.name}` : outcome.name
      taken.add(name)
      return [{ name, ...body, summary: outcome.source, description: outcome.means }]
    })
  })
}

function bodyOf(
  operation: OperationName,
  { kind }: Outcome,
  dialect: Dialect
): Pick<Example, 'status' | 'body'> | undefined {
  if (kind === 'connection_closed') return undefined
  if (kind !== undefined) {
    const problem = problemOf(formIn(dialect, kind), SUBJECT)
    return { status: problem.status, body: failure(problem) }
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

function failure({ status, title, data }: Problem): JsonObject {
  return {
    auth_token: '{AUTH_TOKEN}',
    data,
    error: String(status),
    message: title,
    request_id: REQUEST_ID,
    status: 'error'
  }
}
