import { Type, type Static } from '@sinclair/typebox'
import type { OperationName, OutcomeName } from '../contract/outcomes.js'
import type { Finding } from '../findings/finding.js'
import { assertNone, FindingsError, noteFindings } from '../findings/findings-error.js'
import type { Accepted } from '../findings/part.js'
import { escapePointer } from '../json.js'
import type { Engines } from './engines.js'
import { MAX_EXPRESSION_LENGTH } from './expression.js'
import type { JournalEntry } from './journal-entry.js'
import { PathTemplate } from './path-template.js'
import { compileValuePattern, expressionTest, VALUE_PATTERN, type ValuePattern } from './value-pattern.js'
import { mapOf } from '../text/text-schema.js'
import { pathOf, queryOf } from '../text/url.js'

const expression = Type.Optional(Type.String({ maxLength: MAX_EXPRESSION_LENGTH }))
const text = Type.Optional(Type.String())

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
    /** A path with names in the place of some of its parts, such as `/v2/accounts/{accountId}/phone_numbers/{number}`. */
    urlPathTemplate: expression,
    /** Patterns by the names in `urlPathTemplate`; they see the parts decoded. */
    pathParameters: Type.Optional(mapOf(VALUE_PATTERN)),
    /** Patterns by the name of the header, in any case. */
    headers: Type.Optional(mapOf(VALUE_PATTERN)),
    /** Patterns by the name of the query key. */
    queryParameters: Type.Optional(mapOf(VALUE_PATTERN)),
    /** Patterns that the request body matches, all of them, as far as the journal keeps it. */
    bodyPatterns: Type.Optional(Type.Array(VALUE_PATTERN)),
    /** The name of an operation. */
    operation: Type.Optional(Type.Unsafe<OperationName>({ type: 'string' })),
    /** The name of an outcome. */
    outcome: Type.Optional(Type.Unsafe<OutcomeName>({ type: 'string' }))
  },
  { additionalProperties: false }
)

/** Which requests are meant: those that match every field (the words are WireMock's, `operation` and `outcome` ours). */
export type RequestPattern = Static<typeof REQUEST_PATTERN>

/** The most conditions of a pattern: the fields that it has, each header, query key and body pattern by itself. */
const MAX_CONDITIONS = 50

/** Tells whether a request matches, one condition a step: each may take tens of milliseconds. */
export type EntryTest = (entry: JournalEntry) => Generator<undefined, boolean>

/** Tells whether a request meets one condition of a pattern. */
export type EntryCondition = (entry: JournalEntry) => boolean

/** A condition of a pattern whose expression is not compiled yet. */
type PatternCondition = (engines: Engines) => EntryCondition

/** A pattern as far as its schema accepts it, so that all that is wrong with a pattern is found at once. */
type Given = Accepted<RequestPattern>

/**
 * Makes the conditions of a pattern, one a step, as an expression takes milliseconds. They see the requests before their secrets are
 * redacted, so that a test can ask which token came. Throws a FindingsError for the parts that cannot be used; a condition throws one
 * for an expression that would take too long.
 */
export function* compilePattern(pattern: Given, engines: Engines): Generator<undefined, EntryCondition[]> {
  const findings: Finding[] = []
  const conditions = conditionsOf(pattern)
  if (conditions.length > MAX_CONDITIONS) {
    findings.push({ at: '', message: `has ${conditions.length} conditions; at most ${MAX_CONDITIONS} are allowed` })
  }
  const compiled: EntryCondition[] = []
  for (const condition of conditions.slice(0, MAX_CONDITIONS)) {
    compiled.push(...noteFindings(findings, () => condition(engines)))
    yield
  }
  assertNone(findings)
  return compiled
}

/** Makes a test that a request passes if it meets all conditions. */
export function testAll(conditions: readonly EntryCondition[]): EntryTest {
  return function* (entry) {
    for (const matches of conditions) {
      if (!matches(entry)) return false
      yield
    }
    return true
  }
}

function conditionsOf(pattern: Given): PatternCondition[] {
  const { method, url, urlPath, operation, outcome, headers = {}, queryParameters = {}, bodyPatterns = [] } = pattern
  return [
    ...matchEqual(method === 'ANY' ? undefined : method?.toUpperCase(), (entry) => entry.method),
    ...matchEqual(url, (entry) => entry.url),
    ...matchEqual(urlPath, (entry) => pathOf(entry.url)),
    ...matchEqual(operation, (entry) => entry.operation),
    ...matchEqual(outcome, (entry) => entry.outcome),
    ...matchExpression('/urlPattern', pattern.urlPattern, (entry) => entry.url),
    ...matchExpression('/urlPathPattern', pattern.urlPathPattern, (entry) => pathOf(entry.url)),
    ...matchTemplate(pattern),
    ...Object.entries(headers).map(([name, value = {}]) =>
      matchValues(`/headers/${escapePointer(name)}`, value, (entry) => [entry.headers[name.toLowerCase()] ?? []].flat())
    ),
    ...Object.entries(queryParameters).map(([name, value = {}]) =>
      matchValues(`/queryParameters/${escapePointer(name)}`, value, (entry) =>
        new URLSearchParams(queryOf(entry.url)).getAll(name)
      )
    ),
    ...bodyPatterns.map((body = {}, i) =>
      matchValues(`/bodyPatterns/${i}`, body, ({ requestBody: { text } }) =>
        // An empty body is a text like any other, unless the pattern asks whether there is one.
        text === '' && body.absent !== undefined ? [] : [text]
      )
    )
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
    (engines) => {
      const test = expressionTest(at, source, engines)
      return (entry) => test(read(entry))
    }
  ]
}

function matchValues(
  at: string,
  pattern: Accepted<ValuePattern>,
  read: (entry: JournalEntry) => readonly string[]
): PatternCondition {
  return (engines) => {
    const test = compileValuePattern(at, pattern, engines)
    return (entry) => test(read(entry))
  }
}

function matchTemplate({ urlPathTemplate, pathParameters = {} }: Given): PatternCondition[] {
  if (urlPathTemplate === undefined) return []
  const findings: Finding[] = []
  const [template] = noteFindings(findings, () => new PathTemplate(urlPathTemplate))
  if (template === undefined) {
    return [
      () => {
        throw new FindingsError(findings)
      }
    ]
  }
  return [
    () => (entry) => template.read(pathOf(entry.url)) !== undefined,
    ...Object.entries(pathParameters).map(([name, value = {}]): PatternCondition => {
      const test = matchValues(`/pathParameters/${escapePointer(name)}`, value, (entry) => {
        const part = template.read(pathOf(entry.url))?.get(name)
        return part === undefined ? [] : [part]
      })
      return (engines) => {
        template.checkName(name)
        return test(engines)
      }
    })
  ]
}
