import { isObject, type JsonObject, type JsonValue } from '../../json.js'

const ANY_JSON = '#/components/schemas/Json'

/** What says which values a schema allows. */
const TYPE_KEYWORDS = ['type', '$ref', 'anyOf', 'enum', 'const', 'properties']

/**
 * Completes a schema of the admin API for generators, which read one that allows everything as unknown: it refers to the schema
 * of any JSON instead.
 */
export function completeSchema(schema: JsonObject): JsonObject {
  if (!TYPE_KEYWORDS.some((key) => key in schema)) return { ...schema, $ref: ANY_JSON }
  const { type, properties, items, anyOf, additionalProperties = { $ref: ANY_JSON } } = schema
  return {
    ...schema,
    ...(type === 'object' && properties === undefined
      ? { additionalProperties: completeValue(additionalProperties) }
      : {}),
    ...(isObject(properties) ? { properties: mapValues(properties, completeValue) } : {}),
    ...(isObject(items) ? { items: completeValue(items) } : {}),
    ...(Array.isArray(anyOf) ? { anyOf: anyOf.map(completeValue) } : {})
  }
}

/** Completes a schema within one: every schema of the admin API is an object. */
function completeValue(value: JsonValue): JsonValue {
  return completeSchema(value as JsonObject)
}

/** Completes the schemas of the media types of a body or a response, each of which has one. */
export function completeContent(holder: JsonObject): JsonObject {
  const content = mapValues(holder.content as JsonObject, (media) => {
    const { schema, ...rest } = media as JsonObject
    return { ...rest, schema: completeValue(schema as JsonObject) }
  })
  return { ...holder, content }
}

/** Changes every value of an object. */
function mapValues(values: JsonObject, change: (value: JsonValue) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
}
