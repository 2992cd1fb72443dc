/** The most purchases that are remembered, and the most numbers of one. */
const MAX_PURCHASES = 1_000
const MAX_NUMBERS_REMEMBERED = 100

/** Characters that two numbers of one area code have in common: plus, country and area, such as +1415. */
const AREA_LENGTH = 5

/** A purchase whose answer the client has not seen. Its numbers are in E.164. */
interface LostPurchase {
  account: string
  numbers: readonly string[]
}

/** The purchases of a sandbox of which the client cannot know whether they were carried out. */
export class LostPurchases {
  #purchases: LostPurchase[] = []

  get isEmpty(): boolean {
    return this.#purchases.length === 0
  }

  remember(account: string, numbers: readonly string[]): void {
    this.forget(account, numbers)
    this.#purchases.push({ account, numbers: numbers.slice(0, MAX_NUMBERS_REMEMBERED) })
    if (this.#purchases.length > MAX_PURCHASES) this.#purchases.shift()
  }

  /** Finds a number whose fate is not known, where other numbers of its area code are bought instead. */
  findReplaced(account: string, bought: readonly string[]): string | undefined {
    return this.#purchases
      .filter((one) => one.account === account && !one.numbers.some((number) => bought.includes(number)))
      .flatMap(({ numbers }) => numbers)
      .find((number) => bought.some((other) => areaOf(other) === areaOf(number)))
  }

  /** Forgets the purchases of these numbers: the client has asked about one of them. */
  forget(account: string, numbers: readonly string[]): void {
    this.#drop(account, (number) => numbers.includes(number))
  }

  /** Forgets the purchases in the area codes of these numbers: the client has bought others instead, and was warned. */
  forgetAreas(account: string, numbers: readonly string[]): void {
    const areas = new Set(numbers.map(areaOf))
    this.#drop(account, (number) => areas.has(areaOf(number)))
  }

  /** Forgets all purchases of an account: the client has listed its numbers. */
  forgetAccount(account: string): void {
    this.#drop(account, () => true)
  }

  clear(): void {
    this.#purchases = []
  }

  #drop(account: string, isMeant: (number: string) => boolean): void {
    this.#purchases = this.#purchases.filter((one) => one.account !== account || !one.numbers.some(isMeant))
  }
}

function areaOf(e164: string): string {
  return e164.slice(0, AREA_LENGTH)
}
