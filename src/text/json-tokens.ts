import { endOfString } from './json-text.js'

/** A token of JSON with its place in the text: a string with its quotes, a number or word, or one of `{ } [ ] : ,`. */
export interface JsonToken {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Matches a token, or the quote with which a string begins. */
const JSON_TOKEN = /["{}[\]:,]|[^\s"{}[\]:,]+/g

/**
 * Splits JSON into its tokens, one at a time: a body of 8 MB may have as many. Text that is no JSON, or JSON that is cut, is split as far
 * as it goes: a string that the text breaks off in is a token too. A regular expression finds no string of many megabytes: the engine's
 * stack has no room for it.
 */
export function* jsonTokens(text: string): Generator<JsonToken, void> {
  const pattern = new RegExp(JSON_TOKEN)
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const start = found.index
    if (found[0] === '"') pattern.lastIndex = Math.min(endOfString(text, start) + 1, text.length)
    const end = pattern.lastIndex
    yield { text: text.slice(start, end), start, end }
  }
}

/** Decodes a string token with its escapes; any other token stays as it is. */
export function decodeJsonString(token: string): string {
  try {
    const value: unknown = JSON.parse(token)
    return typeof value === 'string' ? value : token
  } catch {
    return token.replace(/^"|"$/g, '')
  }
}

/** Tells whether a text is JSON: a whole document, or a token that is a value. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
