import { isJson, jsonTokens } from './json-tokens.js'
import { shorten } from './shorten.js'

/** What may come next in JSON. */
type TextPlace = 'value' | 'item or ]' | 'key or }' | 'key' | ':' | ', or ]' | ', or }' | 'end'

/** What an error calls it. */
const TOKEN_NAMES: Readonly<Record<TextPlace, string>> = {
  value: 'a value',
  'item or ]': 'a value or ]',
  'key or }': 'a key in double quotes, or }',
  key: 'a key in double quotes',
  ':': 'a colon',
  ', or ]': 'a comma or ]',
  ', or }': 'a comma or }',
  end: 'nothing more'
}

/** The longest part of a token that an error shows. */
const MAX_SHOWN = 40

/** Says where a text stops being JSON, by line and column, and what should stand there. Engines say it each in their own way. */
export function describeJsonFault(text: string): string {
  const open: string[] = []
  let place: TextPlace = 'value'
  for (const { text: token, start } of jsonTokens(text)) {
    const next = nextPlace(place, token, open)
    if (next === undefined) return `${position(text, start)}: ${fault(place, token)}`
    place = next
  }
  // The tokens are parted by any blank, and JSON has only four of them.
  if (place === 'end') return 'between its parts stands a blank that JSON does not allow, such as a no-break space'
  return `${position(text, text.trimEnd().length)}: the text ends where ${TOKEN_NAMES[place]} should be`
}

function fault(place: TextPlace, token: string): string {
  const shown = shorten(token, MAX_SHOWN)
  if (isString(token) && !isJson(token))
    return `the string ${shown} does not end, or has a character that must be escaped`
  return `expected ${TOKEN_NAMES[place]}, found ${shown}`
}

/** Returns what comes after a token; undefined where it must not stand. `open` are the brackets around it. */
function nextPlace(place: TextPlace, token: string, open: string[]): TextPlace | undefined {
  if (place === ':') return token === ':' ? 'value' : undefined
  if (place === ', or ]' && token === ',') return 'value'
  if (place === ', or }' && token === ',') return 'key'
  if ((token === ']' && place.endsWith(']')) || (token === '}' && place.endsWith('}'))) {
    open.pop()
    return afterValue(open)
  }
  if (place.startsWith('key')) return isString(token) && isJson(token) ? ':' : undefined
  if (place !== 'value' && place !== 'item or ]') return undefined
  if (token === '[' || token === '{') {
    open.push(token)
    return token === '[' ? 'item or ]' : 'key or }'
  }
  return isJson(token) ? afterValue(open) : undefined
}

function afterValue(open: readonly string[]): TextPlace {
  const bracket = open.at(-1)
  return bracket === undefined ? 'end' : bracket === '[' ? ', or ]' : ', or }'
}

function isString(token: string): boolean {
  return token.startsWith('"')
}

/** Counts lines and columns from 1, as editors do. */
function position(text: string, index: number): string {
  const lines = text.slice(0, index).split('\n')
  return `line ${lines.length}, column ${String(lines.at(-1)).length + 1}`
}
