/** What people read when a document or a call differs from its schema: what would be right, never the words of JSON Schema. */
import { Ajv } from 'ajv'
import type { TSchema } from '@sinclair/typebox'
import t from 'tap'
import { schemaFindings } from '../../src/findings/schema-findings.js'
import { isObject, type JsonObject } from '../../src/json.js'
import { RECORD } from '../../src/records/record.js'
import { publishedSchemas } from '../../src/state/json-schemas.js'
import { PATTERNS } from '../../src/text/patterns.js'
import { emulatorFor } from '../harness/emulator-under-test.js'

const FIELDS = { properties: { state: {}, owner: {} } }
const types = (...type: string[]) => ({ type })

const CASES: Readonly<Record<string, readonly [schema: object, value: unknown, message: string][]>> = {
  type: [
    [types('string'), 1, 'must be a string'],
    [types('string', 'null'), 1, 'must be a string or null'],
    [types('string', 'number', 'null'), [], 'must be a string, a number or null'],
    [{ ...types('string', 'object'), ...FIELDS }, 1, 'must be a string or an object with state, owner'],
    [{ ...types('integer', 'string'), title: 'milliseconds or an end' }, [], 'must be milliseconds or an end']
  ],
  required: [[{ ...FIELDS, required: ['state'] }, {}, 'must have the field state']],
  additionalProperties: [
    [{ ...FIELDS, additionalProperties: false }, { ownre: 1 }, 'is no field here; did you mean "owner"?']
  ],
  enum: [[{ enum: ['a', 'b', null] }, 'c', 'must be one of a, b, null']],
  const: [[{ const: 1 }, 2, 'must be 1']],
  pattern: [[{ pattern: PATTERNS.threeDigits }, '1', 'must be three digits, such as 415']],
  minimum: [[{ minimum: 1 }, 0, 'must be at least 1']],
  maximum: [[{ maximum: 599 }, 600, 'must be at most 599']],
  minLength: [
    [{ minLength: 1 }, '', 'must have at least 1 character'],
    [{ minLength: 32 }, '', 'must have at least 32 characters']
  ],
  maxLength: [[{ maxLength: 2 }, 'abc', 'must have at most 2 characters']],
  minItems: [[{ minItems: 1 }, [], 'must have at least 1 item']],
  maxItems: [[{ maxItems: 20 }, Array(21).fill(0), 'must have at most 20 items']],
  minProperties: [[{ ...FIELDS, minProperties: 1 }, {}, 'must have at least one of state, owner']],
  maxProperties: [
    [{ ...FIELDS, maxProperties: 1 }, { state: 1, owner: 1 }, 'must have only one of state, owner'],
    [{ maxProperties: 2 }, { a: 1, b: 1, c: 1 }, 'must have at most 2 fields']
  ]
}

t.test('An error says what would be right', (t) => {
  for (const [schema, value, message] of Object.values(CASES).flat()) {
    t.same(
      schemaFindings(schema as TSchema, value).map((one) => one.message),
      [message],
      message
    )
  }
  t.end()
})

/** Keywords that only lead to other schemas, or say nothing of the value. A condition is explained by its parts. */
const NO_RULES = ['properties', 'items', 'if', 'then', 'else', 'anyOf', '$ref', '$schema', 'title']

const RULES = Object.keys(new Ajv().RULES.keywords).filter((keyword) => !NO_RULES.includes(keyword))

/** Every schema within a value. */
function schemasIn(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(schemasIn)
  if (!isObject(value)) return []
  const isSchema = typeof value.type === 'string' || Array.isArray(value.type) || Array.isArray(value.enum)
  return [...(isSchema ? [value] : []), ...Object.values(value).flatMap(schemasIn)]
}

t.test('Every rule of every schema that documents and calls are held to has its words', async (t) => {
  const { app } = await emulatorFor(t)
  const described = (await app.inject('/__admin/openapi.json')).json<{ paths: JsonObject }>()
  const calls = Object.values(described.paths).flatMap((path) => Object.values(path as JsonObject))
  const sent = calls.map((call) => (isObject(call) ? [call.requestBody ?? null, call.parameters ?? null] : []))
  const published = [...publishedSchemas().values()].map((text) => JSON.parse(text) as unknown)
  const schemas = schemasIn([sent, published, RECORD])
  t.ok(schemas.length > 500)
  const used = new Set(schemas.flatMap((schema) => Object.keys(schema)).filter((key) => RULES.includes(key)))
  const annotations = ['description', 'default', 'examples', 'format']
  t.same(
    [...used].filter((key) => !annotations.includes(key)).filter((key) => !Object.hasOwn(CASES, key)),
    []
  )
  t.end()
})

t.test('Every value is held to its schema, whatever its name', async (t) => {
  const { app } = await emulatorFor(t)
  const described = await Promise.all(['/openapi.json', '/__admin/openapi.json'].map((url) => app.inject(url)))
  const published = [...publishedSchemas().values()].map((text) => JSON.parse(text) as unknown)
  const schemas = schemasIn([described.map((one) => one.json<unknown>()), published, RECORD])
  // The dot of a pattern such as ^(.*)$ is no line break, and a value under a name that has one would not be read.
  t.same(
    schemas.filter((schema) => 'patternProperties' in schema),
    []
  )
})
