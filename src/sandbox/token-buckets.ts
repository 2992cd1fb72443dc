/** Tokens that a bucket holds, and gets back each second. */
export interface BucketSize {
  size: number
  refill: number
}

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
  take(client: string, cost: number, now: number, { size, refill }: BucketSize): number {
    const bucket = this.#bucketOf(client, now, { size, refill })
    const missing = cost - bucket.tokens
    if (missing > 0) return Math.ceil(missing / refill)
    bucket.tokens -= cost
    return 0
  }

  /** Forgets the buckets of a client whose names begin with `prefix`. */
  forget(prefix: string): void {
    for (const client of this.#buckets.keys()) if (client.startsWith(prefix)) this.#buckets.delete(client)
  }

  #bucketOf(client: string, now: number, { size, refill }: BucketSize): Bucket {
    const known = this.#buckets.get(client)
    const gained = known === undefined ? size : (Math.max(0, now - known.filledAt) / 1000) * refill
    const bucket = { tokens: Math.min(size, (known?.tokens ?? 0) + gained), filledAt: now }
    // Deleting first keeps the order of the map the order of use.
    this.#buckets.delete(client)
    this.#buckets.set(client, bucket)
    const [longestSilent] = this.#buckets.keys()
    if (this.#buckets.size > MAX_BUCKETS && longestSilent !== undefined) this.#buckets.delete(longestSilent)
    return bucket
  }
}
