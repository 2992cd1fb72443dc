/** Finds what has made `fetch` fail, which says no more than "fetch failed": the code and the message of its cause. */
export function causeOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown }
  const { code, message } = cause as { code?: string; message: string }
  return code === undefined || message.includes(code) ? message : `${code} ${message}`.trim()
}
