import { Type, type Static } from '@sinclair/typebox'
import { escapePointer, sameJson, type JsonValue } from '../json.js'
import type { JournalEntry } from './journal.js'
import { MAX_EXPRESSION_LENGTH, safeRegex } from './safe-regex.js'

const expression = Type.Optional(Type.String({ maxLength: MAX_EXPRESSION_LENGTH }))
const text = Type.Optional(Type.String())
const atLeastOne = { additionalProperties: false, minProperties: 1 }

const TEXT_FIELDS = {
  /** The whole text. */
  equalTo: text,
  /** A part of the text. */
  contains: text,
  /** A regular expression that the whole text matches. */
  matches: expression
}

const VALUE_PATTERN = Type.Object(
  {
    ...TEXT_FIELDS,
    /** Whether the header or query key is missing. */
    absent: Type.Optional(Type.Boolean())
  },
  atLeastOne
)

const BODY_PATTERN = Type.Object(
  {
    ...TEXT_FIELDS,
    /** JSON, or a text that is JSON; the order of keys makes no difference. */
    equalToJson: Type.Optional(Type.Unknown())
  },
  atLeastOne
)

/** The schema of a request pattern. */
export const REQUEST_PATTERN = Type.Object(
  {
    /** The HTTP method; `ANY` is any. */
    method: text,
    /** Path and query. */
    url: text,
    /** The path without its query. */
    urlPath: text,
    /** A regular expression that path and query match as a whole. */
    urlPattern: expression,
    /** A regular expression that the path matches as a whole. */
    urlPathPattern: expression,
    /** Patterns by the name of the header, in any case. */
    headers: Type.Optional(Type.Record(Type.String(), VALUE_PATTERN)),
    /** Patterns by the name of the query key. */
    queryParameters: Type.Optional(Type.Record(Type.String(), VALUE_PATTERN)),
    /** Patterns that the request body matches, all of them. */
    bodyPatterns: Type.Optional(Type.Array(BODY_PATTERN)),
    /** The name of an operation. */
    operation: text,
    /** The name of an outcome. */
    outcome: text
  },
  { additionalProperties: false }
)

/** Which requests are meant: those that match every field (the words are WireMock's, `operation` and `outcome` ours). */
export type RequestPattern = Static<typeof REQUEST_PATTERN>

/** A part of a pattern that cannot be used; `at` is a JSON pointer into the pattern. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
  readonly at: string

  constructor(at: string, message: string, cause: unknown) {
    super(message, { cause })
    this.at = at
  }
}

/** Tells whether a request matches. */
export type Match = (entry: JournalEntry) => boolean

/**
 * Makes a matcher of a pattern. It sees the requests before their secrets are redacted, so that a test can ask which token
 * came. Throws a PatternError for an invalid expression or JSON text; the matcher throws one for an expression that takes too
 * long.
 */
export function matcherOf(pattern: RequestPattern): Match {
  const { method, url, urlPath, operation, outcome, headers = {}, queryParameters = {}, bodyPatterns = [] } = pattern
  const matches: Match[] = [
    ...matchEqual(method === 'ANY' ? undefined : method?.toUpperCase(), (entry) => entry.method),
    ...matchEqual(url, (entry) => entry.url),
    ...matchEqual(urlPath, pathOf),
    ...matchEqual(operation, (entry) => entry.operation),
    ...matchEqual(outcome, (entry) => entry.outcome),
    ...matchExpression('/urlPattern', pattern.urlPattern, (entry) => entry.url),
    ...matchExpression('/urlPathPattern', pattern.urlPathPattern, pathOf),
    ...Object.entries(headers).flatMap(([name, value]) =>
      matchValues(`/headers/${escapePointer(name)}`, value, (entry) => [entry.headers[name.toLowerCase()] ?? []].flat())
    ),
    ...Object.entries(queryParameters).flatMap(([name, value]) =>
      matchValues(`/queryParameters/${escapePointer(name)}`, value, (entry) => queryOf(entry).getAll(name))
    ),
    ...bodyPatterns.flatMap((body, i) => matchBody(`/bodyPatterns/${i}`, body))
  ]
  return (entry) => matches.every((match) => match(entry))
}

function matchEqual(wanted: string | undefined, read: (entry: JournalEntry) => string | undefined): Match[] {
  return wanted === undefined ? [] : [(entry) => read(entry) === wanted]
}

function matchExpression(at: string, source: string | undefined, read: (entry: JournalEntry) => string): Match[] {
  if (source === undefined) return []
  const test = testOf(at, source)
  return [(entry) => test(read(entry))]
}

function testOf(at: string, source: string): (text: string) => boolean {
  const test = orPatternError(at, () => safeRegex(source))
  return (text) => orPatternError(at, () => test(text))
}

/** Matches where one of the values does: a header or query key may come more than once. */
function matchValues(
  at: string,
  pattern: Static<typeof VALUE_PATTERN>,
  read: (entry: JournalEntry) => readonly string[]
): Match[] {
  const { absent } = pattern
  const tests = textTests(at, pattern)
  return [
    ...(absent === undefined ? [] : [(entry: JournalEntry) => (read(entry).length === 0) === absent]),
    ...(tests.length === 0
      ? []
      : [(entry: JournalEntry) => read(entry).some((text) => tests.every((test) => test(text)))])
  ]
}

function textTests(
  at: string,
  { equalTo, contains, matches }: Pick<Static<typeof BODY_PATTERN>, keyof typeof TEXT_FIELDS>
): ((text: string) => boolean)[] {
  return [
    ...(equalTo === undefined ? [] : [(text: string) => text === equalTo]),
    ...(contains === undefined ? [] : [(text: string) => text.includes(contains)]),
    ...(matches === undefined ? [] : [testOf(`${at}/matches`, matches)])
  ]
}

function matchBody(at: string, pattern: Static<typeof BODY_PATTERN>): Match[] {
  const { equalToJson } = pattern
  const tests = textTests(at, pattern)
  if (equalToJson !== undefined) {
    const json = orPatternError(`${at}/equalToJson`, () =>
      typeof equalToJson === 'string' ? (JSON.parse(equalToJson) as JsonValue) : (equalToJson as JsonValue)
    )
    tests.push((text) => sameJson(parseJson(text), json))
  }
  return tests.map((test) => (entry) => test(entry.requestBody))
}

function parseJson(text: string): JsonValue | undefined {
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
