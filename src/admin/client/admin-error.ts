import { valueAtPointer } from '../../json.js'
import type { AdminCall, AdminReply } from './admin-call.js'
import { shorten } from '../../text/shorten.js'

/** One thing that is wrong with a call. */
export interface AdminFinding {
  /** A JSON pointer into the body, or the name of a query key after a slash; `''` where the call is wrong as a whole. */
  at: string
  /** What is wrong, and what would be right. */
  message: string
}

/**
 * A call that the admin API has refused, or that did not reach it. The message says which call, where it is wrong, the value
 * there and what would be right, such as `POST /__admin/faults /operation: "bye" is no operation; did you mean "buy"?`.
 */
export class AdminError extends Error {
  override readonly name = 'AdminError'
  /** The HTTP status; 0 where the emulator cannot be reached. */
  readonly status: number
  /** A JSON pointer to the first wrong part of the body; `''` where the call is wrong as a whole. */
  readonly at: string
  /** Everything that is wrong with the call, the first included. */
  readonly problems: readonly AdminFinding[]

  constructor(status: number, message: string, problems: readonly AdminFinding[], options?: ErrorOptions) {
    super(message, options)
    this.status = status
    this.problems = problems
    this.at = problems[0]?.at ?? ''
  }
}

/** Makes the error for the refusal of a call: one line for each thing that is wrong. */
export function refusalOf(call: AdminCall, { status, body }: AdminReply): AdminError {
  const {
    message = `status ${status}`,
    at = '',
    problems
  } = body as Partial<AdminFinding & { problems: AdminFinding[] }>
  const findings = problems ?? [{ at, message }]
  const lines = findings.map((finding, i) => describeFinding(call, finding, i))
  const token = status === 401 ? TOKEN_GOES : ''
  return new AdminError(status, `${call.method} ${call.path}${lines.join('\n')}${token}`, findings)
}

/** The admin API names the header that it wants; a test gives its token to a function. */
const TOKEN_GOES = '; adminClient takes it as its second argument, useEmulator from ONEUC_EMULATOR_ADMIN_TOKEN'

function describeFinding({ body }: AdminCall, { at, message }: AdminFinding, position: number): string {
  const value = isAboutValue(message) ? formatScalar(valueAtPointer(body, at)) : ''
  // The first line begins with the call itself.
  const whole = position === 0 ? '' : ' the body'
  return `${at === '' ? whole : ` ${at}`}: ${value}${message}`
}

/** Whether a message goes on after the value: a field that should not be there is wrong whatever its value is. */
function isAboutValue(message: string): boolean {
  return /^(?:is|must)\b(?! no field| no query key| have required)/.test(message)
}

/** The longest value that a message repeats, in characters. */
const MAX_VALUE_LENGTH = 80

function formatScalar(value: unknown): string {
  if (value === undefined || (typeof value === 'object' && value !== null)) return ''
  const text = JSON.stringify(value)
  return `${shorten(text, MAX_VALUE_LENGTH)} `
}
