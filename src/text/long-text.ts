/** The least characters of a long text. */
const LONG_TEXT = 64_000

/**
 * Returns the bytes of a long text, and a short one as it is, for what takes both. Node would reserve three bytes for each character,
 * 24 MB for a body of 8 MB, and the C library would keep as much for later.
 */
export function encodeLong(text: string): string | Buffer {
  return text.length < LONG_TEXT ? text : Buffer.from(text)
}
