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

interface BoundedRow {
  /** Unix milliseconds at which it came. */
  readonly loggedAt: number
  /** Bytes that it takes, by estimate. */
  readonly bytes: number
}

/** Rows from the oldest to the newest: no more than a limit, and no more bytes than the budget has for all that share it. */
export class BoundedRows<Row extends BoundedRow> {
  readonly #budget: ByteBudget
  readonly #rows: Row[] = []
  #limit: number

  constructor(budget: ByteBudget, limit: number) {
    this.#budget = budget
    this.#limit = limit
    budget.join(this)
  }

  /** Unix milliseconds of the oldest row; Infinity where there is none. */
  get oldestAt(): number {
    return this.#rows[0]?.loggedAt ?? Infinity
  }

  get all(): readonly Row[] {
    return this.#rows
  }

  add(row: Row): void {
    if (this.#limit === 0) return
    this.#rows.push(row)
    this.#budget.count(row.bytes)
    if (this.#rows.length > this.#limit) this.removeOldest()
  }

  removeOldest(): void {
    const oldest = this.#rows.shift()
    if (oldest !== undefined) this.#budget.count(-oldest.bytes)
  }

  removeAt(position: number): void {
    for (const { bytes } of this.#rows.splice(position, 1)) this.#budget.count(-bytes)
  }

  clear(): void {
    this.#budget.count(-this.#rows.reduce((sum, { bytes }) => sum + bytes, 0))
    this.#rows.length = 0
  }

  /** Forgets all rows, and keeps none from now on: a request can end after its sandbox. */
  close(): void {
    this.#limit = 0
    this.clear()
    this.#budget.leave(this)
  }
}
