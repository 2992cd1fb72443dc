import type Connection from 'better-sqlite3'
import { comparableText, isFilled, valueAt } from '../src/numbering/document-path.js'
import type { JsonValue } from '../src/json.js'
import type { Field, Filter } from '../src/numbering/list-filters.js'

/** A piece of a WHERE clause over the alias `n`, and the values of its named parameters. */
interface Condition {
  sql: string
  values: Readonly<Record<string, string | number | null>>
}

/** Teaches SQLite to look into documents as filters do: its own JSON paths cannot name every key. */
export function addDocumentFunctions(connection: Connection.Database): void {
  const options = { deterministic: true, directOnly: true }
  connection.function('document_text', options, (document: unknown, path: unknown) =>
    comparableText(findInDocument(document, path))
  )
  connection.function('document_has', options, (document: unknown, path: unknown) =>
    Number(findInDocument(document, path) !== undefined)
  )
  connection.function('document_fills', options, (document: unknown, path: unknown) =>
    Number(isFilled(findInDocument(document, path)))
  )
}

/** Both arguments are JSON text that this program wrote. */
function findInDocument(document: unknown, path: unknown): JsonValue | undefined {
  return valueAt(JSON.parse(String(document)) as JsonValue, JSON.parse(String(path)) as string[])
}

/** The condition under which every filter holds; the parameters are numbered by the filters. */
export function conditionOf(filters: readonly Filter[]): Condition {
  const conditions = filters.map((filter, i) => conditionOfOne(filter, `value${i}`, `path${i}`))
  return {
    sql: conjunction(conditions.map(({ sql }) => sql)),
    values: Object.assign({}, ...conditions.map(({ values }) => values)) as Condition['values']
  }
}

/** Joins conditions as a balanced tree: a chain of a thousand is deeper than SQLite lets an expression be. */
function conjunction(conditions: readonly string[]): string {
  if (conditions.length <= 1) return conditions.join()
  const half = Math.ceil(conditions.length / 2)
  return `(${conjunction(conditions.slice(0, half))} AND ${conjunction(conditions.slice(half))})`
}

function conditionOfOne(filter: Filter, value: string, path: string): Condition {
  switch (filter.test) {
    case 'from':
    case 'to': {
      const { column, bound, test } = filter
      // A time that is none excludes every number, as NULL does (reference implementation).
      return { sql: `n.${column} ${test === 'from' ? '>=' : '<='} @${value}`, values: { [value]: bound ?? null } }
    }
    case 'key':
      return presence(filter.field, 'document_has', filter.negated, path)
    case 'value':
      return presence(filter.field, 'document_fills', filter.negated, path)
    case 'equals': {
      const { field, values, negated } = filter
      const text = fieldText(field, path)
      // A list or an object equals nothing: the plain form excludes it, the negated one keeps it.
      const sql = `COALESCE(${text.sql} IN (SELECT value FROM json_each(@${value})), 0)`
      return { sql: negated ? `NOT ${sql}` : sql, values: { ...text.values, [value]: JSON.stringify(values) } }
    }
  }
}

function fieldText(field: Field, path: string): Condition {
  if ('path' in field)
    return { sql: `document_text(n.document, @${path})`, values: { [path]: JSON.stringify(field.path) } }
  if (field.column === 'features') return { sql: 'NULL', values: {} }
  if (field.column === 'carrier')
    return { sql: "CASE n.carrier WHEN 'local' THEN 'knm_local' ELSE 'knm_other' END", values: {} }
  return { sql: `COALESCE(CAST(n.${field.column} AS TEXT), '')`, values: {} }
}

function presence(field: Field, test: 'document_has' | 'document_fills', negated: boolean, path: string): Condition {
  const not = negated ? 'NOT ' : ''
  if ('path' in field)
    return { sql: `${not}${test}(n.document, @${path})`, values: { [path]: JSON.stringify(field.path) } }
  const filled = field.column === 'features' && test === 'document_fills' ? " AND n.features <> '[]'" : ''
  return { sql: `${not}(n.${field.column} IS NOT NULL${filled})`, values: {} }
}
