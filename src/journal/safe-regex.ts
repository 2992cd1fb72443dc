import { createContext, Script, type Context } from 'node:vm'

/** Longest regular expression that is taken, in characters. */
export const LONGEST_EXPRESSION = 1_000

/** How long one look may take, in milliseconds. */
const LONGEST_LOOK = 50
/** Looks that are over within this many milliseconds are free; what goes beyond is counted up to a sum. */
const FREE = 1
const LONGEST_SUM = 200

const LOOK = new Script('expression.test(text)')

/** An expression that backtracks for longer than anybody wants to wait. */
export class RegexTimeoutError extends Error {
  override readonly name = 'SlowExpression'
}

/**
 * A test of whole texts against a regular expression that comes from a client. Expressions can be written that take years
 * (`(a+)+` is enough), and a loop that is stuck in one answers nobody: each look is cut off, and all of them together.
 * Throws a SyntaxError for what is no expression; the test throws a SlowExpression.
 */
export function safeRegex(source: string): (text: string) => boolean {
  const context = createContext({ expression: new RegExp(`^(?:${source})$`, 's'), text: '' })
  let left = LONGEST_SUM
  return (text) => {
    const start = performance.now()
    context.text = text
    const found = left > 0 ? look(context) : undefined
    left -= Math.max(0, performance.now() - start - FREE)
    if (found === undefined) throw new RegexTimeoutError(`takes too long: ${source}`)
    return found
  }
}

/** Whether the expression fits; undefined where the look was cut off, as it fails in no other way. */
function look(context: Context): boolean | undefined {
  try {
    return LOOK.runInContext(context, { timeout: LONGEST_LOOK }) as boolean
  } catch {
    return undefined
  }
}
