/** Bytes of the largest body (reference implementation). */
export const LARGEST_BODY = 8_000_000

/** Bytes of the largest state document: about a million numbers. */
export const LARGEST_STATE = 256_000_000
