import { createContext, Script, type Context } from 'node:vm'

/** The longest regular expression that is taken, in characters. */
export const MAX_EXPRESSION_LENGTH = 1_000

/** How long one test may take: much longer than a sane expression needs, since a busy machine may pause it. */
const TEST_TIMEOUT_MS = 250
/** Tests up to this long are free; the time beyond counts towards a sum. */
const FREE_MS = 1
const SUM_TIMEOUT_MS = 1_000

const TEST = new Script('expression.test(text)')

/** An expression that takes too long, such as one that backtracks without end. */
export class RegexTimeoutError extends Error {
  override readonly name = 'RegexTimeoutError'
}

/**
 * Makes a test of whole texts of a regular expression that comes from a client. An expression can be written that takes years
 * (`(a+)+` is enough), and would block every other request: each test has a time limit, and all of them together have one.
 * Throws a SyntaxError for an invalid expression; the test throws a RegexTimeoutError.
 */
export function safeRegex(source: string): (text: string) => boolean {
  const context = createContext({ expression: new RegExp(`^(?:${source})$`, 's'), text: '' })
  let leftMs = SUM_TIMEOUT_MS
  return (text) => {
    const start = performance.now()
    context.text = text
    const matches = leftMs > 0 ? testWithTimeout(context) : undefined
    leftMs -= Math.max(0, performance.now() - start - FREE_MS)
    if (matches === undefined) throw new RegexTimeoutError(`takes too long: ${source}`)
    return matches
  }
}

/** Tests a text; undefined where the test ran out of time, which is the only way in which it fails. */
function testWithTimeout(context: Context): boolean | undefined {
  try {
    return TEST.runInContext(context, { timeout: TEST_TIMEOUT_MS }) as boolean
  } catch {
    return undefined
  }
}
