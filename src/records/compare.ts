import { VOLATILE, VOLATILE_KINDS, type VolatileKindName } from '../contract/volatile.js'
import { escapePointer, isObject, sameJson, type JsonObject, type JsonValue } from '../json.js'
import { shorten } from '../text/shorten.js'

/** What the service was seen to answer, or what the emulator answers to the same request. */
export interface Answer {
  status: number
  body: JsonValue
}

/** How a value may differ: within a kind, or `ignored` for one that may be missing too. */
export type VolatileRule = VolatileKindName | 'ignored'

/** Rules by the JSON pointer of a value. A star stands for a position or a phone number. */
export type Rules = ReadonlyMap<string, VolatileRule>

/** What the comparison knows of the request. */
interface Circumstances {
  operation: string | null
  /** Whether a fault has made the emulator's answer: its texts are examples. */
  isForced: boolean
  /** The rules that a user adds. */
  rules: Rules
}

/** Which numbers are found differs from server to server; what each of them looks like does not. */
const FOUND_LISTS: readonly string[] = ['search /data', 'search_account /data']

/** The keys whose values are compared even there. */
const EXACT_KEYS: readonly string[] = ['state', 'status']

/** Stands for each position and phone number in a pointer, so that one cause is one difference. */
const ANY = '*'

/** Compares two answers, and returns a sentence with a JSON pointer for each difference. */
export function compareAnswers(recorded: Answer, emulated: Answer, circumstances: Circumstances): string[] {
  if (recorded.status !== emulated.status) {
    const { body } = recorded
    return [
      `the status is ${statusText(recorded)} in the record, and ${statusText(emulated)} at the emulator`,
      ...(typeof body === 'string' && body !== '' ? [differ('', showValue(body), showValue(emulated.body))] : []),
      ...errorDifferences(body, emulated.body, circumstances)
    ]
  }
  return [...new Set(differences(recorded.body, emulated.body, '', '', circumstances))]
}

/**
 * Compares the errors of the numbers that have failed in both answers to a call with a collection. One server answers a success in which
 * some have failed, another a failure.
 */
function errorDifferences(one: JsonValue, other: JsonValue, around: Circumstances): string[] {
  const [recorded, emulated] = [numberErrors(one), numberErrors(other)]
  const found = Object.entries(recorded.errors).flatMap(([number, error]) => {
    const counterpart = /^\+?\d+$/.test(number) ? valueOf(emulated.errors, number) : undefined
    return counterpart === undefined ? [] : differences(error, counterpart, `${recorded.at}/${ANY}`, '', around)
  })
  return [...new Set(found)]
}

/** Finds the errors of numbers: in a success below `error`, beside the numbers that worked. */
function numberErrors(body: JsonValue): { errors: JsonObject; at: string } {
  const data = isObject(body) && isObject(body.data) ? body.data : {}
  return isObject(data.error) ? { errors: data.error, at: '/data/error' } : { errors: data, at: '/data' }
}

type MaybeValue = JsonValue | undefined

function differences(one: MaybeValue, other: MaybeValue, at: string, key: string, around: Circumstances): string[] {
  const rule = around.rules.get(at) ?? VOLATILE[key]
  if (sameJson(one, other) || rule === 'ignored') return []
  if (one === undefined || other === undefined) return [onlyIn(one, at)]
  if (rule !== undefined && !isObject(one)) return kindDifferences(one, other, at, rule)
  if (around.isForced && at === '/data') return formDifferences([one], [other], at, around)
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length > 0 && other.length > 0 && FOUND_LISTS.includes(`${around.operation} ${at}`))
      return formDifferences(one, other, `${at}/${ANY}`, around)
    const longer = one.length > other.length ? one : other
    return longer.flatMap((_, i) => differences(one[i], other[i], `${at}/${ANY}`, '', around))
  }
  if (!isObject(one) || !isObject(other)) return [differ(at, showValue(one), showValue(other))]
  return Object.keys({ ...one, ...other }).flatMap((name) =>
    differences(valueOf(one, name), valueOf(other, name), pathTo(at, name), name, around)
  )
}

function valueOf(object: JsonObject, name: string): MaybeValue {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

function kindDifferences(one: JsonValue, other: JsonValue, at: string, kind: VolatileKindName): string[] {
  const { fits } = VOLATILE_KINDS[kind]
  if (!fits(one) && !fits(other)) return [differ(at, showValue(one), showValue(other))]
  return [
    ...(fits(one) ? [] : [`${at} is ${showValue(one)} in the record, which is not of the kind ${kind}`]),
    ...(fits(other) ? [] : [`${at} is ${showValue(other)} at the emulator, which is not of the kind ${kind}`])
  ]
}

/** Compares what the values of two lists look like, whatever they are. An example of a failure may show more than was seen. */
function formDifferences(
  ones: readonly JsonValue[],
  others: readonly JsonValue[],
  at: string,
  { rules, isForced }: Circumstances
): string[] {
  const recorded = shapesOf(ones, at)
  const emulated = shapesOf(others, at)
  const paths = isForced ? [...recorded.keys()] : [...new Set([...recorded.keys(), ...emulated.keys()])]
  return paths.flatMap((path) => {
    const form = recorded.get(path)
    const otherForm = emulated.get(path)
    if (form === otherForm || rules.has(path)) return []
    return form === undefined || otherForm === undefined ? [onlyIn(form, path)] : [differ(path, form, otherForm)]
  })
}

/** Describes what stands at each pointer below `at`: the kinds of values, and the values of keys that are compared. */
function shapesOf(values: readonly JsonValue[], at: string): ReadonlyMap<string, string> {
  const forms = new Map<string, Set<string>>()
  const add = (value: JsonValue, path: string, key: string) => {
    forms.set(path, (forms.get(path) ?? new Set()).add(EXACT_KEYS.includes(key) ? showValue(value) : kindOf(value)))
    if (Array.isArray(value)) for (const item of value) add(item, `${path}/${ANY}`, '')
    else if (isObject(value)) for (const [name, inner] of Object.entries(value)) add(inner, pathTo(path, name), name)
  }
  for (const value of values) add(value, at, '')
  return new Map([...forms].map(([path, kinds]) => [path, [...kinds].sort().join(' or ')]))
}

function pathTo(at: string, name: string): string {
  return `${at}/${/^\+\d+$/.test(name) ? ANY : escapePointer(name)}`
}

function onlyIn(recorded: unknown, at: string): string {
  return `${at} is ${recorded === undefined ? 'at the emulator' : 'in the record'} only`
}

function differ(at: string, one: string, other: string): string {
  return `${at === '' ? 'the body' : at} is ${one} in the record, and ${other} at the emulator`
}

/** A status with what the body says of it. */
function statusText({ status, body }: Answer): string {
  return isObject(body) && typeof body.message === 'string'
    ? `${status} (${shorten(body.message, MAX_SHOWN_VALUE)})`
    : String(status)
}

const KIND_NAMES: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', boolean: 'true or false' }

function kindOf(value: JsonValue): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (isObject(value)) return 'an object'
  return value === null ? 'null' : String(KIND_NAMES[typeof value])
}

function showValue(value: JsonValue): string {
  return typeof value === 'object' ? kindOf(value) : shorten(JSON.stringify(value), MAX_SHOWN_VALUE)
}

/** The longest value that a difference shows. */
const MAX_SHOWN_VALUE = 80
