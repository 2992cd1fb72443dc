/** Returns the path of a URL that begins with its path: without the query. */
export function pathOf(url: string): string {
  return url.replace(/\?.*$/s, '')
}

/** Decodes a part of a path; one that cannot be is left as it is. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
