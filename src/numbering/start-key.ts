import type { Dialect } from '../dialect.js'

/** Head of a text in the external term format of Erlang: version 131, tag 109, four bytes of length. */
const TERM_HEAD = [131, 109] as const
const HEAD_LENGTH = 6

/** A paging key as it stands in an answer: the plain number, or the reference's encoded term. */
export function startKey(key: string, dialect: Dialect): string {
  if (dialect.list_keys === 'plain') return key
  const text = Buffer.from(key)
  const head = Buffer.alloc(HEAD_LENGTH)
  head.set(TERM_HEAD)
  head.writeUInt32BE(text.length, TERM_HEAD.length)
  return Buffer.concat([head, text]).toString('base64url')
}

/**
 * Reads the key that a client sends, in either form; another text is taken as it is. A space in front was an unencoded plus, and
 * `%2B` a plus that was encoded twice: both sort before every number, so that the client would read the first page for ever.
 */
export function readStartKey(sent: string): string {
  const bytes = Buffer.from(sent, 'base64url')
  const isTerm =
    bytes.length >= HEAD_LENGTH &&
    TERM_HEAD.every((byte, i) => bytes[i] === byte) &&
    bytes.readUInt32BE(TERM_HEAD.length) === bytes.length - HEAD_LENGTH
  return isTerm ? bytes.subarray(HEAD_LENGTH).toString() : sent.replace(/^(?: |%2B)/i, '+')
}
