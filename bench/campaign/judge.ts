import type { Reply } from './connection.js'

/** A whole answer. */
export type Answer = Extract<Reply, { kind: 'answer' }>

/** Which form an answer has to have. */
export type Form = 'api' | 'admin'

/** Finds what is wrong with an answer; undefined where nothing is. */
export function judge(form: Form, method: string, answer: Answer): string | undefined {
  const { status, headers, text } = answer
  if (!headers.has('x-emulator')) return `an answer ${status} without X-Emulator`
  if (method === 'HEAD') return status >= 500 && !isAskedFor(answer) ? `a failure ${status} to HEAD` : undefined
  if (form === 'api') return judgeEnvelope(method, answer)
  // A request that never became one has no path, and is answered in the form of the API; its connection ends with it.
  const isBroken = status < 500 && headers.get('connection') === 'close' && judgeEnvelope(method, answer) === undefined
  return isBroken ? undefined : judgeAdmin(status, headers, text)
}

/** Whether a fault rule, `Prefer` or hostile mode made the answer. */
function isAskedFor({ headers }: Answer): boolean {
  return headers.has('x-emulator-fault')
}

const SUCCESS_KEYS = ['auth_token', 'data', 'request_id', 'revision', 'status']
const FAILURE_KEYS = ['auth_token', 'data', 'error', 'message', 'request_id', 'status']
/** The further keys of the other dialect, which shows `revision` in lists only. */
const DIALECT_KEYS = ['node', 'timestamp', 'version']
const PAGE_KEYS: readonly string[] = ['next_start_key', 'page_size', 'start_key']

/** Failures above 499 that are answers of the service: by `message`, or by the `message` in `data`. */
const DOCUMENTED_FAULTS: ReadonlySet<unknown> = new Set([
  'missing_provider_url',
  'fault by carrier',
  'could not get locality url',
  'init failed',
  // The reference has no entry for a choice of addresses in its table of failures.
  'multiple_choice',
  'not_emulated'
])

function judgeEnvelope(method: string, answer: Answer): string | undefined {
  const { status, headers, text } = answer
  if (method === 'OPTIONS' && status === 200) return undefined
  if (status === 406 && text === '') return undefined
  if (headers.get('content-type') !== 'application/json') return `content-type ${headers.get('content-type')}`
  const envelope = parseObject(text)
  if (envelope === undefined) return `${status} without a JSON object`
  const isSuccess = status < 400
  const keys = Object.keys(envelope).filter((key) => !isSuccess || !PAGE_KEYS.includes(key))
  if (!hasKeys(keys, isSuccess ? SUCCESS_KEYS : FAILURE_KEYS)) return `${status} with ${keys.sort().join()}`
  if (envelope.status !== (isSuccess ? 'success' : 'error')) return `${status} says ${String(envelope.status)}`
  if (envelope.request_id !== headers.get('x-request-id')) return 'request_id differs from X-Request-ID'
  if (isSuccess) return undefined
  if (envelope.error !== String(status)) return `${status} says error ${String(envelope.error)}`
  if (status < 500 || isAskedFor(answer)) return undefined
  const { data, message } = envelope
  const said = typeof data === 'object' && data !== null && 'message' in data ? data.message : undefined
  return DOCUMENTED_FAULTS.has(message) || DOCUMENTED_FAULTS.has(said)
    ? undefined
    : `${status} ${String(message)}, which no rule asks for`
}

/** Whether these are the keys of an envelope, in one of the dialects. */
function hasKeys(keys: readonly string[], wanted: readonly string[]): boolean {
  const isSame = (others: readonly string[]) => [...keys].sort().join() === [...others].sort().join()
  const ofDialect = [...wanted, ...DIALECT_KEYS]
  return isSame(wanted) || isSame(ofDialect) || isSame(ofDialect.filter((key) => key !== 'revision'))
}

const ADMIN_FAILURE_KEYS = ['at', 'error', 'message']

function judgeAdmin(status: number, headers: ReadonlyMap<string, string>, text: string): string | undefined {
  const type = headers.get('content-type') ?? ''
  if (status < 400) {
    return type === 'application/json' && text !== '' && parseJson(text) === undefined
      ? `${status} without JSON`
      : undefined
  }
  if (type !== 'application/json') return `${status} with content-type ${type}`
  const failure = parseObject(text)
  if (failure === undefined) return `${status} without a JSON object`
  // A wait that was in vain answers with what has matched so far.
  if (status === 408 && Array.isArray(failure.requests)) return undefined
  const { problems, ...rest } = failure
  const keys = Object.keys(rest).sort()
  if (keys.join() !== ADMIN_FAILURE_KEYS.join()) return `${status} with ${keys.join()}`
  if (Object.values(rest).some((value) => typeof value !== 'string')) return `${status} with a field that is no text`
  if (problems !== undefined && !isListOfProblems(problems, failure)) return `${status} with problems that are none`
  return status >= 500 ? `${status} ${String(failure.message)}` : undefined
}

/** Tells whether a field lists more than one thing that is wrong, of which the failure itself says the first. */
function isListOfProblems(problems: unknown, { at, message }: Record<string, unknown>): boolean {
  if (!Array.isArray(problems) || problems.length < 2) return false
  const found = problems.map((one: unknown) =>
    typeof one === 'object' && one !== null ? Object.entries(one).sort() : []
  )
  const isText = found.every((fields) => fields.length === 2 && fields.every(([, value]) => typeof value === 'string'))
  return isText && JSON.stringify(found[0]) === JSON.stringify(Object.entries({ at, message }).sort())
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function parseObject(text: string): Record<string, unknown> | undefined {
  const value = parseJson(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}
