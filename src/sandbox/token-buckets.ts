/** Tokens that a bucket holds, and gets back each second (reference implementation). */
const SIZE = 100
const REFILL = 10

/** How many buckets are kept; beyond that, those of the longest silent clients are dropped. */
const MAX_BUCKETS = 10_000

interface Bucket {
  tokens: number
  /** Milliseconds of the Unix epoch. */
  filledAt: number
}

/** Rate limits: each client has a bucket, each request takes tokens from it, time puts them back. */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>()

  /** Takes `cost` tokens at `now` (Unix milliseconds). Returns 0, or how many seconds to wait until there are enough. */
  take(client: string, cost: number, now: number): number {
    const bucket = this.#bucketOf(client, now)
    const missing = cost - bucket.tokens
    if (missing > 0) return Math.ceil(missing / REFILL)
    bucket.tokens -= cost
    return 0
  }

  #bucketOf(client: string, now: number): Bucket {
    const known = this.#buckets.get(client)
    const gained = known === undefined ? SIZE : (Math.max(0, now - known.filledAt) / 1000) * REFILL
    const bucket = { tokens: Math.min(SIZE, (known?.tokens ?? 0) + gained), filledAt: now }
    // Deleting first keeps the order of the map the order of use.
    this.#buckets.delete(client)
    this.#buckets.set(client, bucket)
    const [longestSilent] = this.#buckets.keys()
    if (this.#buckets.size > MAX_BUCKETS && longestSilent !== undefined) this.#buckets.delete(longestSilent)
    return bucket
  }
}
