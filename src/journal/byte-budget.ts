/** What shares a bound in bytes: it can give its oldest piece away. */
interface Member {
  /** Unix milliseconds of the oldest piece; Infinity where there is none. */
  readonly oldestAt: number
  removeOldest: () => void
}

/** A bound in bytes that several share: beyond it the oldest piece of all gives way first. */
export class ByteBudget {
  readonly #limit: number
  readonly #members = new Set<Member>()
  #bytes = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  join(member: Member): void {
    this.#members.add(member)
  }

  leave(member: Member): void {
    this.#members.delete(member)
  }

  /** Counts bytes that come, or go (below 0). Those that come may push others out. */
  count(bytes: number): void {
    this.#bytes += bytes
    while (bytes > 0 && this.#bytes > this.#limit) this.#oldest()?.removeOldest()
  }

  #oldest(): Member | undefined {
    let oldest: Member | undefined
    for (const member of this.#members) {
      if (member.oldestAt < (oldest?.oldestAt ?? Infinity)) oldest = member
    }
    return oldest
  }
}
