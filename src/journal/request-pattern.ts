import { Type, type Static } from '@sinclair/typebox'
import { escapePointer, parseJson, sameJson, type JsonValue } from '../json.js'
import { DEEPEST_DOCUMENT } from '../numbering/public-fields.js'
import { MAX_EXPRESSION_LENGTH, type CompileExpression } from './expression.js'
import type { JournalEntry } from './journal-entry.js'

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
    /** Patterns that the request body matches, all of them, as far as the journal keeps it. */
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

  constructor(at: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.at = at
  }
}

/** The most conditions of a pattern: the fields that it has, each header, query key and body pattern by itself. */
const MAX_CONDITIONS = 50

/** Tells whether a request matches, one condition a step: each may take tens of milliseconds. */
export type EntryTest = (entry: JournalEntry) => Generator<undefined, boolean>

/** Tells whether a request meets one condition of a pattern. */
export type Condition = (entry: JournalEntry) => boolean

type Test = (text: string) => boolean

/** A condition of a pattern whose expression is not compiled yet. */
type PatternCondition = (compile: CompileExpression) => Condition

/**
 * Makes the conditions of a pattern, one a step, as an expression takes milliseconds. They see the
 * requests before their secrets are redacted, so that a test can ask which token came. Throws a PatternError for a part that
 * cannot be used; a condition throws one for an expression that would take too long.
 */
export function* compilePattern(
  pattern: RequestPattern,
  compile: CompileExpression
): Generator<undefined, Condition[]> {
  const conditions = conditionsOf(pattern)
  if (conditions.length > MAX_CONDITIONS) {
    throw new PatternError('', `has ${conditions.length} conditions; at most ${MAX_CONDITIONS} are allowed`)
  }
  const compiled: Condition[] = []
  for (const condition of conditions) {
    compiled.push(condition(compile))
    yield
  }
  return compiled
}

/** Makes a test that a request passes if it meets all conditions. */
export function testAll(conditions: readonly Condition[]): EntryTest {
  return function* (entry) {
    for (const matches of conditions) {
      if (!matches(entry)) return false
      yield
    }
    return true
  }
}

function conditionsOf(pattern: RequestPattern): PatternCondition[] {
  const { method, url, urlPath, operation, outcome, headers = {}, queryParameters = {}, bodyPatterns = [] } = pattern
  return [
    ...matchEqual(method === 'ANY' ? undefined : method?.toUpperCase(), (entry) => entry.method),
    ...matchEqual(url, (entry) => entry.url),
    ...matchEqual(urlPath, pathOf),
    ...matchEqual(operation, (entry) => entry.operation),
    ...matchEqual(outcome, (entry) => entry.outcome),
    ...matchExpression('/urlPattern', pattern.urlPattern, (entry) => entry.url),
    ...matchExpression('/urlPathPattern', pattern.urlPathPattern, pathOf),
    ...Object.entries(headers).map(([name, value]) =>
      matchValues(`/headers/${escapePointer(name)}`, value, (entry) => [entry.headers[name.toLowerCase()] ?? []].flat())
    ),
    ...Object.entries(queryParameters).map(([name, value]) =>
      matchValues(`/queryParameters/${escapePointer(name)}`, value, (entry) => queryOf(entry).getAll(name))
    ),
    ...bodyPatterns.map((body, i) => matchBody(`/bodyPatterns/${i}`, body))
  ]
}

function matchEqual(wanted: string | undefined, read: (entry: JournalEntry) => string | undefined): PatternCondition[] {
  return wanted === undefined ? [] : [() => (entry) => read(entry) === wanted]
}

function matchExpression(
  at: string,
  source: string | undefined,
  read: (entry: JournalEntry) => string
): PatternCondition[] {
  if (source === undefined) return []
  return [
    (compile) => {
      const test = expressionTest(at, source, compile)
      return (entry) => test(read(entry))
    }
  ]
}

/** Matches where one of the values does: a header or query key may come more than once. */
function matchValues(
  at: string,
  pattern: Static<typeof VALUE_PATTERN>,
  read: (entry: JournalEntry) => readonly string[]
): PatternCondition {
  const { absent } = pattern
  return (compile) => {
    const tests = textTests(at, pattern, compile)
    return (entry) => {
      const values = read(entry)
      if (absent !== undefined && (values.length === 0) !== absent) return false
      return tests.length === 0 || values.some((text) => tests.every((test) => test(text)))
    }
  }
}

function matchBody(at: string, pattern: Static<typeof BODY_PATTERN>): PatternCondition {
  const { equalToJson } = pattern
  return (compile) => {
    const tests = textTests(at, pattern, compile)
    if (equalToJson !== undefined) tests.push(jsonTest(`${at}/equalToJson`, equalToJson))
    return ({ requestBody }) => tests.every((test) => test(requestBody.text))
  }
}

function textTests(
  at: string,
  { equalTo, contains, matches }: Pick<Static<typeof BODY_PATTERN>, keyof typeof TEXT_FIELDS>,
  compile: CompileExpression
): Test[] {
  return [
    ...(equalTo === undefined ? [] : [(text: string) => text === equalTo]),
    ...(contains === undefined ? [] : [(text: string) => text.includes(contains)]),
    ...(matches === undefined ? [] : [expressionTest(`${at}/matches`, matches, compile)])
  ]
}

function expressionTest(at: string, source: string, compile: CompileExpression): Test {
  const test = orPatternError(at, () => compile(source))
  return (text) => orPatternError(at, () => test(text))
}

function jsonTest(at: string, wanted: unknown): Test {
  // The comparison goes as deep as the pattern does; a pattern that is no text has been held to the limit with its body.
  const json = orPatternError(at, () =>
    typeof wanted === 'string' ? parseJson(wanted, DEEPEST_DOCUMENT) : (wanted as JsonValue)
  )
  return (text) => sameJson(readJson(text), json)
}

function orPatternError<Result>(at: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw new PatternError(at, (error as Error).message, error)
  }
}

function readJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

function pathOf({ url }: JournalEntry): string {
  return url.replace(/\?.*$/s, '')
}

function queryOf({ url }: JournalEntry): URLSearchParams {
  return new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '')
}
