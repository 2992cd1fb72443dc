import { Type, type Static } from '@sinclair/typebox'
import type { Finding } from '../findings/finding.js'
import { assertNone, doAll, noteFindings } from '../findings/findings-error.js'
import type { Accepted } from '../findings/part.js'
import { parseJson, sameJson, type JsonValue } from '../json.js'
import { DEEPEST_DOCUMENT } from '../numbering/public-fields.js'
import type { Engines } from './engines.js'
import { ExpressionError, MAX_EXPRESSION_LENGTH, orFinding } from './expression.js'

/** The longest JSONPath that is taken, in characters. */
const MAX_JSON_PATH_LENGTH = 500

const text = Type.Optional(Type.String())

const OPERATORS = {
  /** The whole text. */
  equalTo: text,
  /** A part of the text. */
  contains: text,
  /** A text that is no part of it; a missing value contains nothing. */
  doesNotContain: text,
  /** A regular expression that the whole text matches. */
  matches: Type.Optional(Type.String({ maxLength: MAX_EXPRESSION_LENGTH })),
  /** JSON, or a text that is JSON; the order of keys makes no difference. */
  equalToJson: Type.Optional(Type.Unknown()),
  /** Whether the value is missing. */
  absent: Type.Optional(Type.Boolean())
}

const JsonPathFields = Type.Object(
  { expression: Type.String({ maxLength: MAX_JSON_PATH_LENGTH }), ...OPERATORS },
  { additionalProperties: false }
)

/** A JSONPath (RFC 9535) that finds something, or one with operators of which what it finds matches all. */
const JSON_PATH = Type.Unsafe<string | Static<typeof JsonPathFields>>({
  ...JsonPathFields,
  type: ['string', 'object'],
  maxLength: MAX_JSON_PATH_LENGTH
})

/** The schema of a pattern for a header, a query key, a part of the path or a body. */
export const VALUE_PATTERN = Type.Object(
  {
    ...OPERATORS,
    /** A JSONPath (RFC 9535) that finds something in it, or `{expression, …}` with operators for what it finds. */
    matchesJsonPath: Type.Optional(JSON_PATH)
  },
  { additionalProperties: false, minProperties: 1 }
)

/** Operators of which a value matches all (the words are WireMock's). */
export type ValuePattern = Static<typeof VALUE_PATTERN>

/** A pattern as far as its schema accepts it, so that all that is wrong with a pattern is found at once. */
type Given = Accepted<ValuePattern>
type Operators = Pick<Given, keyof typeof OPERATORS>
type TextTest = (text: string) => boolean

/** Tells whether one of the values of a request matches: a header or query key may come more than once, or not at all. */
type ValuesTest = (values: readonly string[]) => boolean

/** Compiles a pattern that stands at a place of its request pattern. Throws a FindingsError, and so may its test. */
export function compileValuePattern(at: string, pattern: Given, engines: Engines): ValuesTest {
  const { matchesJsonPath: path } = pattern
  return compileOperators(at, pattern, engines, path === undefined ? [] : [() => jsonPathTest(at, path, engines)])
}

function compileOperators(
  at: string,
  pattern: Operators,
  engines: Engines,
  more: readonly (() => TextTest)[]
): ValuesTest {
  const { absent, doesNotContain } = pattern
  const tests = doAll([...textTests(at, pattern, engines), ...more])
  return (values) => {
    if (absent !== undefined && (values.length === 0) !== absent) return false
    const isRight = (text: string) =>
      tests.every((test) => test(text)) && (doesNotContain === undefined || !text.includes(doesNotContain))
    return values.some(isRight) || (values.length === 0 && tests.length === 0)
  }
}

function textTests(
  at: string,
  { equalTo, contains, matches, equalToJson }: Operators,
  engines: Engines
): (() => TextTest)[] {
  return [
    ...(equalTo === undefined ? [] : [() => (text: string) => text === equalTo]),
    ...(contains === undefined ? [] : [() => (text: string) => text.includes(contains)]),
    ...(matches === undefined ? [] : [() => expressionTest(`${at}/matches`, matches, engines)]),
    ...(equalToJson === undefined ? [] : [() => jsonTest(`${at}/equalToJson`, equalToJson)])
  ]
}

/** Compiles a regular expression that stands at a place of its pattern. Throws a FindingsError, and so may its test. */
export function expressionTest(at: string, source: string, { compileExpression }: Engines): TextTest {
  const test = orFinding(at, () => compileExpression(source))
  return (text) => orFinding(at, () => test(text))
}

function jsonTest(at: string, wanted: unknown): TextTest {
  // The comparison goes as deep as the pattern does; a pattern that is no text has been held to the limit with its body.
  const json = typeof wanted === 'string' ? orFinding(at, () => parseFound(wanted)) : (wanted as JsonValue)
  return (text) => sameJson(readJson(text), json)
}

function parseFound(text: string): JsonValue {
  try {
    return parseJson(text, DEEPEST_DOCUMENT)
  } catch (error) {
    throw new ExpressionError(`is no JSON; ${(error as SyntaxError).message}`, { cause: error })
  }
}

function jsonPathTest(at: string, pattern: NonNullable<Given['matchesJsonPath']>, engines: Engines): TextTest {
  const place = `${at}/matchesJsonPath`
  // An expression that is missing or wrong is the schema's to refuse.
  const { expression = '$', ...operators } = typeof pattern === 'string' ? { expression: pattern } : pattern
  const where = typeof pattern === 'string' ? place : `${place}/expression`
  const findings: Finding[] = []
  const finds = noteFindings(findings, () => orFinding(where, () => engines.compileJsonPath(expression)))
  const tests = noteFindings(findings, () => compileOperators(place, operators, engines, []))
  assertNone(findings)
  const findIn = (text: string) => {
    const json = readJson(text)
    return json === undefined ? [] : orFinding(where, () => finds.flatMap((find) => find(json)))
  }
  if (Object.keys(operators).length === 0) return (text) => findIn(text).some(isSomething)
  return (text) => tests.every((test) => test(findIn(text).flatMap(textsOf)))
}

/** Tells whether a value is something to a path without an operator: null and empty values are not, as in WireMock. */
function isSomething(value: JsonValue): boolean {
  return value !== null && (typeof value !== 'object' || Object.keys(value).length > 0)
}

/** A found value as texts, to which operators apply: a list by itself and by its items, as in WireMock. */
function textsOf(value: JsonValue): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return Array.isArray(value) ? [text, ...value.flatMap(textsOf)] : [text]
}

function readJson(text: string): JsonValue | undefined {
  try {
    return parseJson(text, DEEPEST_DOCUMENT)
  } catch {
    return undefined
  }
}
