import type { App } from '../api/app-type.js'
import { isOperation, outcomeNamed } from '../contract/outcomes.js'
import { isObject, parseOrKeep, type JsonValue } from '../json.js'
import type { Sandbox } from '../sandbox/sandbox.js'
import { stateFindings } from '../state/checks.js'
import { importState } from '../state/import-state.js'
import { PROBLEMS } from '../problems.js'
import { decodePart } from '../text/url.js'
import { readAnswer } from './answers.js'
import type { Answer } from './compare.js'
import { KnownNumbers } from './known-numbers.js'
import { requestBodyOf, type RecordEntry } from './record.js'
import { stateBefore, type Seen } from './state-before.js'
import { TOKEN_HEADERS } from '../api/interaction.js'

/** A request to the API without the network. */
interface PlayedRequest {
  method: string
  url: string
  headers: Record<string, string>
  payload: Buffer
}

/** The emulator that records are played against. */
export interface Stage {
  sandbox: Sandbox
  /** What the records so far have shown. */
  known: KnownNumbers
  play: (request: PlayedRequest) => Promise<{ status: number; text: string }>
}

/** Makes a stage of an emulator; `app` has to answer for the sandbox. */
export function createStage(app: App, sandbox: Sandbox): Stage {
  return {
    sandbox,
    known: new KnownNumbers(),
    async play({ method, ...request }) {
      const { statusCode, payload } = await app.inject({ method: method as 'GET', ...request })
      return { status: statusCode, text: payload }
    }
  }
}

/** What has become of the request of a record. */
interface Played {
  recorded: Answer
  emulated: Answer
  /** Whether the emulator has answered so because a fault asks for it. */
  isForced: boolean
}

/** The headers that the API reads. The others name a host or a connection, or ask an emulator for something. */
const PLAYED_HEADERS: readonly string[] = [...TOKEN_HEADERS, 'accept', 'content-type', 'x-http-method-override']

/** Where the API begins in the path of a record, whatever stands before it at the service. */
const API_PATH = /\/v2(?:\/.*)?$/

/** The account and the number of a path. */
const PLACE = /^\/v2\/accounts\/([^/]+)(?:\/phone_numbers\/([^/]+))?/

/**
 * Sets up what a record and those before it show to have been there, and plays its request. Other clients may have changed something
 * between two of them, so that a record is believed before those that came earlier. Says why where it cannot be played.
 */
export async function playRecord(entry: RecordEntry, stage: Stage): Promise<Played | { unknown: string }> {
  const { known } = stage
  const recorded = readAnswer(entry)
  if ('unknown' in recorded) return recorded
  const { pathname, search } = new URL(entry.request.url)
  const [path] = API_PATH.exec(pathname) ?? []
  if (path === undefined) return { unknown: `${pathname} is no path of this API` }
  const { bytes, isWhole } = requestBodyOf(entry)
  if (!isWhole) return { unknown: 'the record has only a part of the request' }
  const seen = readSeen(entry, path, search, bytes, recorded.body)
  const state = stateBefore(seen, known.rowsFor(seen))
  const faults = (await stateFindings(state, [], stage.sandbox.takeTurn)).map(({ at, message }) => `${at} ${message}`)
  if (faults.length > 0) return { unknown: `what was there before it cannot be set up: ${faults.join('; ')}` }
  await importState(stage.sandbox, state)
  known.learn(seen)
  const { status, text } = await stage.play({
    method: entry.request.method,
    url: path + search,
    headers: playedHeaders(entry),
    payload: bytes
  })
  const emulated = { status, body: parseOrKeep(text) }
  const missing = missingIn(emulated)
  if (missing !== undefined) {
    return { unknown: `the emulator has no ${missing}: it stands for the Phone Number API alone` }
  }
  const isForced = stage.sandbox.faults.rules.some(({ hits }) => hits > 0)
  return { recorded, emulated, isForced }
}

/** Returns the resource that the emulator says it does not have; undefined where it has answered. */
function missingIn({ status, body }: Answer): string | undefined {
  const data = status === PROBLEMS.not_emulated.status && isObject(body) ? body.data : undefined
  return isObject(data) && typeof data.cause === 'string' ? data.cause : undefined
}

/** Reads what a record shows. */
function readSeen(
  { request: { headers }, _operation, _outcome }: RecordEntry,
  path: string,
  search: string,
  sent: Buffer,
  body: JsonValue
): Seen {
  const operation = _operation !== null && isOperation(_operation) ? _operation : undefined
  const [, account = '', number = ''] = (PLACE.exec(path) ?? []).map(decodePart)
  const parsed = parseOrKeep(sent.toString())
  const envelope = isObject(parsed) ? parsed : {}
  const data = isObject(envelope.data) ? envelope.data : {}
  const inQuery = new URLSearchParams(search).get('auth_token')
  return {
    operation,
    outcome: operation === undefined || _outcome === null ? undefined : outcomeNamed(operation, _outcome)?.name,
    account,
    number,
    token: tokenIn(headers, [data.auth_token, inQuery, envelope.auth_token]),
    sent: data,
    body: isObject(body) ? body : {},
    data: isObject(body) && body.data !== undefined ? body.data : null,
    hasFilter: search.includes('filter_')
  }
}

/** Returns the token that the API finds in a request, which is redacted mostly; `''` where there is none. */
function tokenIn(headers: RecordEntry['request']['headers'], parameters: readonly (JsonValue | undefined)[]): string {
  const header = (wanted: string) => headers.find(({ name }) => name.toLowerCase() === wanted)?.value
  const bearer = header('authorization')?.replace(/^Bearer\s+/i, '')
  const texts = [header('x-auth-token'), ...parameters, bearer].filter((place) => typeof place === 'string')
  return texts.find((text) => text !== '') ?? ''
}

/** Returns the headers that say something to the API. */
function playedHeaders({ request }: RecordEntry): Record<string, string> {
  const headers = request.headers.map(({ name, value }): [string, string] => [name.toLowerCase(), value])
  return Object.fromEntries(headers.filter(([name]) => PLAYED_HEADERS.includes(name)))
}
