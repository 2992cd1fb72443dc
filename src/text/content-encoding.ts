import { brotliDecompressSync, gunzipSync, inflateSync, type ZlibOptions } from 'node:zlib'

/** Decodes a body. Throws where it is in another encoding, or longer than the limit. */
type Decode = (bytes: Buffer) => Buffer

/** What decodes a body to at most so many bytes, by the value of `Content-Encoding` (RFC 9110, 8.4). */
const DECODERS: Readonly<Record<string, (bytes: Buffer, limit: ZlibOptions) => Buffer>> = {
  identity: (bytes) => bytes,
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync
}

/** Finds the decoder of a body to at most `maxOutputLength` bytes: a few can stand for gigabytes. Undefined for an unknown encoding. */
export function findDecoder(encoding: string, maxOutputLength: number): Decode | undefined {
  const name = encoding.toLowerCase()
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined
  return decode && ((bytes) => decode(bytes, { maxOutputLength }))
}
