/** A text that can be made again at any time, for whoever would have to keep thousands of them. */
export interface Again {
  text: () => string
}

export function textOf(text: string | Again): string {
  return typeof text === 'string' ? text : text.text()
}
