/** What the text of a JSON document says and its parsed value does not: how deep it nests, and numbers that parsing alters. */

/** A number that a double does not keep as it is written. */
interface InexactNumber {
  /** Keys, and positions in lists, from the root. */
  path: readonly (string | number)[]
  /** The number as it is written. */
  literal: string
}

/** A list or an object that is open at a place of the text. */
interface Level {
  isList: boolean
  /** The position in the list. */
  index: number
  /** The key in the object, as it is written. */
  key: string
}

/** How many numbers are named at most: a body of eight megabytes may hold more than a million. */
const MOST_NAMED = 100

/**
 * Tells whether a text nests deeper than so many levels; it need not be valid JSON. It is read before the text is parsed: for eight
 * million brackets the parser takes 400 MB.
 */
export function isDeeper(text: string, levels: number): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case '{':
      case '[':
        depth++
        if (depth > levels) return true
        break
      case '}':
      case ']':
        depth--
        break
      case '"':
        i = endOfString(text, i)
    }
  }
  return false
}

/** Finds the numbers in a valid JSON text that cannot be kept exactly, the first hundred of those whose key at the root `matters`. */
export function findInexact(json: string, matters: (key: string | number | undefined) => boolean): InexactNumber[] {
  const inexact: InexactNumber[] = []
  for (const { literal, levels } of walkNumbers(json)) {
    if (isKept(literal)) continue
    const path = levels.map(pathStep)
    if (matters(path[0])) inexact.push({ path, literal })
    if (inexact.length === MOST_NAMED) break
  }
  return inexact
}

/** Walks through the numbers of a valid JSON text. `levels` are the lists and objects around a number until the next one is asked for. */
function* walkNumbers(json: string): Generator<{ literal: string; levels: readonly Level[] }, void> {
  const levels: Level[] = []
  let isKeyNext = false
  for (let i = 0; i < json.length; i++) {
    const level = levels.at(-1)
    const character = json.charAt(i)
    switch (character) {
      case '{':
      case '[':
        levels.push({ isList: character === '[', index: 0, key: '' })
        isKeyNext = character === '{'
        break
      case '}':
      case ']':
        levels.pop()
        isKeyNext = false
        break
      case ',':
        isKeyNext = level?.isList === false
        if (level !== undefined) level.index++
        break
      case '"': {
        const end = endOfString(json, i)
        if (isKeyNext && level !== undefined) level.key = json.slice(i, end + 1)
        isKeyNext = false
        i = end
        break
      }
      default:
        if (isNumberStart(character)) {
          const end = endOfNumber(json, i)
          yield { literal: json.slice(i, end), levels }
          i = end - 1
        }
    }
  }
}

function pathStep({ isList, index, key }: Level): string | number {
  return isList ? index : (JSON.parse(key) as string)
}

/** Returns the position of the quote that ends the string which begins at a position; one behind the text where none does. */
export function endOfString(json: string, start: number): number {
  let i = start + 1
  while (i < json.length && json[i] !== '"') i += json[i] === '\\' ? 2 : 1
  return i
}

function isNumberStart(character: string): boolean {
  return character === '-' || (character >= '0' && character <= '9')
}

function endOfNumber(json: string, start: number): number {
  let i = start + 1
  while (i < json.length && '0123456789+-.eE'.includes(json.charAt(i))) i++
  return i
}

/** Longer than any number that a client means: no exact double needs more digits. */
const MOST_CHARACTERS = 1_100

/** Matches a number without an exponent that is short enough for a double to keep it, whatever its digits are. */
const SHORT_NUMBER = /^[-.\d]{1,15}$/

/** Digits with which many languages print a double (`%.17g`), so that it can be read back. */
const DIGITS_OF_DOUBLE = 17

/**
 * Tells whether a number says the same once it has been a double: the shortest form of that double has its digits, or the form of
 * so many digits as it is written with.
 */
function isKept(literal: string): boolean {
  if (SHORT_NUMBER.test(literal)) return true
  const value = Number(literal)
  if (!Number.isFinite(value) || literal.length > MOST_CHARACTERS) return false
  const digits = digitsOf(literal)
  const count = digits.indexOf('e')
  return (
    digits === digitsOf(String(value)) ||
    (count > 0 && count <= DIGITS_OF_DOUBLE && digits === digitsOf(value.toPrecision(count)))
  )
}

/** The significant digits of a number, and the power of ten of the last: equal numbers have equal ones. The sign is left out. */
function digitsOf(literal: string): string {
  const [mantissa = '', exponent = '0'] = literal.replace(/^-/, '').toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  return significant === ''
    ? '0'
    : `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`
}
