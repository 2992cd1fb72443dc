import { isObject, parseOrKeep, type JsonObject, type JsonValue } from '../json.js'
import { isPhoneNumber, toE164 } from '../numbering/e164.js'
import { isState, type State } from '../numbering/number-state.js'
import { publicFields } from '../numbering/public-fields.js'
import type { NumberFixture } from '../state/fixture-schemas.js'
import { requestBodyOf, responseBodyOf, type RecordEntry } from './record.js'

/** What a request is about. */
export interface Subject {
  /** The account of the path; undefined where it has none. */
  account: string | undefined
  /** In E.164. */
  numbers: string[]
}

/** The account and the number of a path; a collection has its numbers in the body. */
const PATH = /\/accounts\/([^/?]+)(?:\/phone_numbers(?:\/([^/?]+))?)?/
const NUMBER_ALONE = /\/phone_numbers\/([^/?]+)/

/** Reads the account and the numbers that a request names. */
export function subjectOf(entry: RecordEntry): Subject {
  const { pathname } = new URL(entry.request.url)
  const [, account, ofAccount] = PATH.exec(pathname) ?? []
  const inPath = toE164(decodePart(ofAccount ?? NUMBER_ALONE.exec(pathname)?.[1] ?? ''))
  const body = parseOrKeep(requestBodyOf(entry).bytes.toString())
  const data = isObject(body) && isObject(body.data) ? body.data : {}
  const named = [data.numbers, data.id].flat().filter((one) => typeof one === 'string')
  const numbers = isPhoneNumber(inPath) ? [inPath] : named.map(toE164).filter(isPhoneNumber)
  return { account: account === undefined ? undefined : decodePart(account), numbers }
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Reads `data` of an answer; undefined where it has none, or the record has not all of it. */
export function answerDataOf(entry: RecordEntry): JsonValue | undefined {
  return envelopeOf(entry)?.data
}

/** Reads the answer of a record, where it is an envelope and the record has all of it. */
export function envelopeOf(entry: RecordEntry): JsonObject | undefined {
  const { bytes, isWhole } = responseBodyOf(entry)
  const body = isWhole ? parseOrKeep(bytes.toString()) : undefined
  return isObject(body) ? body : undefined
}

/** Lists the numbers that an answer shows with their states. */
export function shownNumbers(entry: RecordEntry, account: string | undefined): NumberFixture[] {
  const data = answerDataOf(entry)
  if (!isObject(data)) return []
  if (typeof data.account_id === 'string' && typeof data.number === 'string') {
    return fixtureOf(data.number, { state: 'in_service' }, data.account_id)
  }
  const several = [data.numbers, data.success].find(isObject)
  const shown = several === undefined ? [[firstText(data.id) ?? '', data] as const] : Object.entries(several)
  return shown.flatMap(([e164, one]) => (isObject(one) ? fixtureOf(e164, one, account) : []))
}

/** The states in which a number is on no account. */
const UNOWNED: ReadonlySet<State> = new Set(['available', 'discovery', 'released', 'deleted', 'aging'])

/** Reads one number of an answer: as a document of its own, or as a list shows it. Empty where it shows no state. */
function fixtureOf(e164: string, shown: JsonObject, account: string | undefined): NumberFixture[] {
  const own = isObject(shown._read_only) ? shown._read_only : {}
  const state = shown.state ?? own.state
  if (!isPhoneNumber(e164) || typeof state !== 'string' || !isState(state)) return []
  const { assigned_to, created, updated, features: _, ...fields } = shown
  const owner = UNOWNED.has(state) ? null : (firstText(assigned_to, account) ?? null)
  const isListed = assigned_to !== undefined
  return [
    {
      e164,
      state,
      owner,
      ...(own.carrier_module === 'knm_local' ? { carrier: 'local' as const } : {}),
      ...(isListed ? {} : { document: publicFields(fields) }),
      ...timesOf(own.created ?? created, own.modified ?? updated),
      used_by: firstText(shown.used_by, own.used_by) ?? null
    }
  ]
}

function firstText(...values: readonly (JsonValue | undefined)[]): string | undefined {
  return values.find((value) => typeof value === 'string')
}

function timesOf(created: JsonValue | undefined, modified: JsonValue | undefined) {
  return {
    ...(typeof created === 'number' ? { created } : {}),
    ...(typeof modified === 'number' ? { modified } : {})
  }
}

/** Lists the numbers that a search has found, in E.164. */
export function foundNumbers(entry: RecordEntry): string[] {
  const data = answerDataOf(entry)
  const rows = Array.isArray(data) ? data.filter(isObject) : []
  return rows
    .flatMap(({ number, e164 = number }) => (typeof e164 === 'string' ? toE164(e164) : []))
    .filter(isPhoneNumber)
}
