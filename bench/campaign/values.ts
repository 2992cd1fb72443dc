import type { Random } from './random.js'

/** The part of JSON Schema that the descriptions of the program use. */
export interface Schema {
  type?: string | readonly string[]
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  items?: Schema
  enum?: readonly unknown[]
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  additionalProperties?: boolean | Schema
}

const DEEP = '@deep@'
const VERY_DEEP = '@very-deep@'
const OVERFLOW = '@overflow@'
const NEGATIVE_ZERO = '@negative-zero@'

/** Texts that stand for JSON which no value of JavaScript is written as. */
const RAW: readonly (readonly [mark: string, text: string])[] = [
  [DEEP, '['.repeat(70) + ']'.repeat(70)],
  [VERY_DEEP, '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000)],
  [OVERFLOW, '1e400'],
  [NEGATIVE_ZERO, '-0.0']
]

/** Writes a value as JSON, with what the marks in it stand for. */
export function writeJson(value: unknown): string {
  return RAW.reduce((text, [mark, raw]) => text.replaceAll(`"${mark}"`, raw), JSON.stringify(value))
}

/** Texts that break what was not thought through. */
export const HOSTILE_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\ufeff',
  '\u202e+14152338397',
  '👾'.repeat(20),
  'e\u0301',
  'ﬀ',
  'İ',
  '../../../etc/passwd',
  '%2e%2e%2f',
  '%',
  '%zz',
  "'; DROP TABLE numbers; --",
  '"><script>alert(1)</script>',
  '${jndi:ldap://x}',
  '{{7*7}}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  '-1',
  '1e400',
  '9'.repeat(40),
  '+1415233839７',
  '٣٤٥',
  'a'.repeat(300),
  'x'.repeat(70_000),
  '(a+)+$',
  '(?=a)b',
  '[',
  '\\',
  '\r\nx: y',
  '*',
  '$..*',
  '2024-02-30T25:61:61Z',
  'true'
] as const

const HOSTILE_VALUES = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  -(2 ** 31),
  1e308,
  [],
  {},
  [[]],
  [null],
  { __proto__: null, constructor: { prototype: { polluted: true } } },
  { length: 1e9 },
  { toString: 1, toJSON: 1 },
  DEEP,
  VERY_DEEP,
  OVERFLOW,
  NEGATIVE_ZERO,
  ...HOSTILE_TEXTS
] as const

export function hostileValue(random: Random): unknown {
  // A copy, because documents that hold it are damaged further.
  return structuredClone(random.pick(HOSTILE_VALUES))
}

/** Texts that may be right for a field of this name; undefined where the name says nothing. */
export type Known = (name: string) => string | undefined

/** So many items are more than a list needs. */
const MANY = 1_000

/** The longest time that a request may ask to be held, so that a campaign does not wait: fields of this kind are small. */
const HELD_MS = 20
const IS_TIME = /(?:delay|timeout)_ms$/

/** How often a value is what its schema does not allow: once in so many. */
export interface Mood {
  hostileOnceIn: number
}

/** Draws a value for a schema: mostly one that fits, sometimes one that nearly does, sometimes one that is meant to hurt. */
export function valueFor(schema: Schema, name: string, random: Random, mood: Mood, known: Known): unknown {
  if (IS_TIME.test(name)) return random.once(10) ? -1 : random.below(HELD_MS)
  if (random.once(mood.hostileOnceIn)) return hostileValue(random)
  const choice = random.maybe(schema.anyOf ?? schema.oneOf ?? [])
  if (choice !== undefined) return valueFor(choice, name, random, mood, known)
  if (schema.enum !== undefined) return random.once(20) ? 'nearly' : random.maybe(schema.enum)
  switch (random.maybe([schema.type ?? 'any'].flat())) {
    case 'object':
      return objectFor(schema, random, mood, known)
    case 'array':
      return Array.from({ length: random.once(100) ? MANY : random.below(4) }, () =>
        valueFor(schema.items ?? {}, name, random, mood, known)
      )
    case 'integer':
    case 'number':
      return numberFor(schema, random)
    case 'boolean':
      return random.once(2)
    case 'string':
      return textFor(schema, name, random, known)
    default:
      return random.once(2) ? textFor(schema, name, random, known) : hostileValue(random)
  }
}

function objectFor(schema: Schema, random: Random, mood: Mood, known: Known): Record<string, unknown> {
  const { properties = {}, required = [], additionalProperties } = schema
  const found: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(properties)) {
    // Without its time a call waits for as long as the program thinks fit.
    const isDrawn = IS_TIME.test(name) || required.includes(name) ? !random.once(30) : random.once(2)
    if (isDrawn) found[name] = valueFor(property, name, random, mood, known)
  }
  const isOpen = additionalProperties !== false || random.once(20)
  if (isOpen && random.once(3)) {
    const inner = typeof additionalProperties === 'object' ? additionalProperties : {}
    const name = random.once(3) ? random.pick(HOSTILE_TEXTS) : `field_${random.below(9)}`
    // A field by this name is a field, and no prototype.
    Object.defineProperty(found, name, { value: valueFor(inner, name, random, mood, known), enumerable: true })
  }
  return found
}

function numberFor({ minimum = -5, maximum = 1000 }: Schema, random: Random): number {
  return random.weighted<() => number>([
    [6, () => minimum + random.below(Math.min(maximum - minimum, 100) + 1)],
    [1, () => minimum],
    [1, () => maximum],
    [1, () => minimum - 1],
    [1, () => maximum + 1]
  ])()
}

function textFor({ minLength = 0, maxLength = 60 }: Schema, name: string, random: Random, known: Known): string {
  return random.weighted<() => string>([
    [8, () => known(name) ?? lettersOf(random, minLength + random.below(Math.max(1, maxLength - minLength)))],
    [1, () => lettersOf(random, maxLength)],
    [1, () => lettersOf(random, maxLength + 1)],
    [1, () => lettersOf(random, Math.max(0, minLength - 1))]
  ])()
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGH0123456789 .-_éß日'.split('') as [string, ...string[]]

function lettersOf(random: Random, length: number): string {
  return Array.from({ length: Math.min(length, 1000) }, () => random.pick(ALPHABET)).join('')
}

/** Changes a few places of a document that is right: takes fields away, adds some, puts hostile values in. */
export function damage(document: unknown, random: Random): unknown {
  const copy: unknown = structuredClone(document)
  for (let i = random.below(4); i > 0; i--) damageOnce(copy, random)
  return copy
}

function damageOnce(value: unknown, random: Random): void {
  if (typeof value !== 'object' || value === null) return
  const place = value as Record<string, unknown>
  const key = random.maybe(Object.keys(place))
  if (key === undefined || random.once(8)) {
    Object.defineProperty(place, random.pick(HOSTILE_TEXTS), {
      value: hostileValue(random),
      enumerable: true,
      configurable: true,
      writable: true
    })
    return
  }
  if (!random.once(4)) {
    damageOnce(place[key], random)
    return
  }
  if (random.once(4)) Reflect.deleteProperty(place, key)
  else place[key] = hostileValue(random)
}

/** Writes a value as a part of a path or a query. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : writeJson(value)
}

/** Encodes any text for a URL, with half a surrogate pair as the bytes that Node makes of it. */
export function encodeText(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString())
}
