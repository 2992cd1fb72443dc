/** A token of JSON with its place in the text: a string with its quotes, a number or word, or one of `{ } [ ] : ,`. */
export interface JsonToken {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Matches a token. A string that the text breaks off in is one too. */
const JSON_TOKEN = /"(?:[^"\\]|\\[\s\S])*"?|[{}[\]:,]|[^\s"{}[\]:,]+/g

/** Splits JSON into its tokens; text that is no JSON, or JSON that is cut, as far as it goes. */
export function jsonTokens(text: string): JsonToken[] {
  return Array.from(text.matchAll(JSON_TOKEN), ({ 0: token, index }) => ({
    text: token,
    start: index,
    end: index + token.length
  }))
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
