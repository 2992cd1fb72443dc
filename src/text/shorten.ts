/** Returns a text of at most so many characters, with … where it was longer. */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`
}
