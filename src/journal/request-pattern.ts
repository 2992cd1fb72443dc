import type { JournalEntry } from './journal.js'
import { sameJson, type JsonValue } from '../json.js'
import { escapePointer } from '../json.js'
import { safeRegex } from './safe-regex.js'

/** What a text, or a header or query key, has to be like (WireMock's words). */
export interface TextPattern {
  equalTo?: string
  contains?: string
  /** A regular expression that the whole text fits. */
  matches?: string
  /** Whether it is not there at all. */
  absent?: boolean
}

/** What a body has to be like. */
export interface BodyPattern extends Omit<TextPattern, 'absent'> {
  /** JSON, or a text that is JSON; the order of keys makes no difference. */
  equalToJson?: unknown
}

/** Which requests are meant: those for which everything here holds (WireMock's words, then ours). */
export interface RequestPattern {
  /** `ANY` is any. */
  method?: string
  /** Path and query. */
  url?: string
  urlPath?: string
  /** Regular expressions that the whole of it fits. */
  urlPattern?: string
  urlPathPattern?: string
  headers?: Readonly<Record<string, TextPattern>>
  queryParameters?: Readonly<Record<string, TextPattern>>
  bodyPatterns?: readonly BodyPattern[]
  operation?: string
  outcome?: string
}

/** A part of a pattern that cannot be used; `at` is a JSON pointer into it. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
  readonly at: string

  constructor(at: string, message: string, cause: unknown) {
    super(message, { cause })
    this.at = at
  }
}

/** Whether a request is meant. */
export type Match = (entry: JournalEntry) => boolean

/**
 * The pattern as a test of journal entries. It sees what was sent as it was sent: a test may ask which token came. Throws a
 * PatternError for an expression or a JSON text that is none; the test throws one for an expression that takes too long.
 */
export function matcherOf(pattern: RequestPattern): Match {
  const { method, url, urlPath, operation, outcome, headers = {}, queryParameters = {}, bodyPatterns = [] } = pattern
  const tests: Match[] = [
    ...plain(method === 'ANY' ? undefined : method?.toUpperCase(), (entry) => entry.method),
    ...plain(url, (entry) => entry.url),
    ...plain(urlPath, pathOf),
    ...plain(operation, (entry) => entry.operation),
    ...plain(outcome, (entry) => entry.outcome),
    ...expression('/urlPattern', pattern.urlPattern, (entry) => entry.url),
    ...expression('/urlPathPattern', pattern.urlPathPattern, pathOf),
    ...Object.entries(headers).flatMap(([name, wanted]) =>
      texts(`/headers/${escapePointer(name)}`, wanted, (entry) => [entry.headers[name.toLowerCase()] ?? []].flat())
    ),
    ...Object.entries(queryParameters).flatMap(([name, wanted]) =>
      texts(`/queryParameters/${escapePointer(name)}`, wanted, (entry) => queryOf(entry).getAll(name))
    ),
    ...bodyPatterns.flatMap((wanted, i) => body(`/bodyPatterns/${i}`, wanted))
  ]
  return (entry) => tests.every((test) => test(entry))
}

function plain(wanted: string | undefined, read: (entry: JournalEntry) => string | undefined): Match[] {
  return wanted === undefined ? [] : [(entry) => read(entry) === wanted]
}

function expression(at: string, source: string | undefined, read: (entry: JournalEntry) => string): Match[] {
  if (source === undefined) return []
  const test = testOf(at, source)
  return [(entry) => test(read(entry))]
}

function testOf(at: string, source: string): (text: string) => boolean {
  const test = orPatternError(at, () => safeRegex(source))
  return (text) => orPatternError(at, () => test(text))
}

/** Holds where one of the values does, as a key may be given more than once. */
function texts(at: string, wanted: TextPattern, read: (entry: JournalEntry) => readonly string[]): Match[] {
  const { absent } = wanted
  const tests = textTests(at, wanted)
  return [
    ...(absent === undefined ? [] : [(entry: JournalEntry) => (read(entry).length === 0) === absent]),
    ...(tests.length === 0
      ? []
      : [(entry: JournalEntry) => read(entry).some((text) => tests.every((test) => test(text)))])
  ]
}

function textTests(at: string, { equalTo, contains, matches }: TextPattern): ((text: string) => boolean)[] {
  return [
    ...(equalTo === undefined ? [] : [(text: string) => text === equalTo]),
    ...(contains === undefined ? [] : [(text: string) => text.includes(contains)]),
    ...(matches === undefined ? [] : [testOf(`${at}/matches`, matches)])
  ]
}

function body(at: string, wanted: BodyPattern): Match[] {
  const { equalToJson } = wanted
  const tests = textTests(at, wanted)
  if (equalToJson !== undefined) {
    const json = orPatternError(`${at}/equalToJson`, () =>
      typeof equalToJson === 'string' ? (JSON.parse(equalToJson) as JsonValue) : (equalToJson as JsonValue)
    )
    tests.push((text) => sameJson(readJson(text), json))
  }
  return tests.map((test) => (entry) => test(entry.requestBody))
}

function readJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

function orPatternError<Result>(at: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw new PatternError(at, (error as Error).message, error)
  }
}

function pathOf({ url }: JournalEntry): string {
  return url.replace(/\?.*$/s, '')
}

function queryOf({ url }: JournalEntry): URLSearchParams {
  return new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '')
}
