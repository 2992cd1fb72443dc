import { FindingsError } from '../findings/findings-error.js'

/** The longest regular expression that is taken, in characters. */
export const MAX_EXPRESSION_LENGTH = 1_000

/** How long an expression may be once its repetitions are written out, by the estimate below. */
const MAX_EXPANDED_LENGTH = 10_000

/**
 * Steps of the engine that one test may take: 36 ms at most, in which no other request is served (`[^x]*(?:ab|ba)*[^y]{0,900}z` took
 * 95 ms for 8,000,000). A body of 100 kB has 30 for each character.
 */
const MAX_STEPS = 3_000_000

/** An expression of a pattern that cannot be used, or not on a text of this length. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
}

/** Does `work`, and turns its ExpressionError into a FindingsError at that place of a pattern. */
export function orFinding<Result>(at: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw new FindingsError([{ at, message: error.message }], error)
  }
}

/**
 * Makes a test of whole texts of a regular expression. Throws an ExpressionError; the test throws one for a text on which the
 * expression would take too long.
 */
export type CompileExpression = (source: string) => (text: string) => boolean

/**
 * Loads the engine for expressions that come from clients, when the first question comes. It is RE2's: its time grows with the text
 * and with the expression, and never as that of an engine that backtracks (`(a+)+` is enough there).
 */
export async function loadExpressions(): Promise<CompileExpression> {
  const { RE2JS } = await import('re2js')
  return (source) => {
    rejectUnsupported(source)
    const compiled = orExpressionError(() => RE2JS.compile(RE2JS.translateRegExp(source), RE2JS.DOTALL))
    const longest = Math.floor(MAX_STEPS / compiled.programSize())
    return (text) => {
      if (text.length > longest) {
        throw new ExpressionError(
          `takes too long on a text of ${text.length} characters, of which it can read ${longest}; shorten it: ${source}`
        )
      }
      return compiled.matches(text)
    }
  }
}

/** Matches an escape, a class of characters, or the beginning of a group that looks around. */
const EXPRESSION_TOKEN = /\\(?:k<\w*>?|[\s\S])|\[(?:\\[\s\S]|[^\]\\])*\]|\(\?<?[=!]/g

/** Throws where an engine that takes linear time has to do without: it names the part. */
function rejectUnsupported(source: string): void {
  for (const [token] of source.matchAll(EXPRESSION_TOKEN)) {
    if (/^\\[1-9k]/.test(token)) throw unsupported('back-reference', token)
    if (token.startsWith('(')) throw unsupported(token.includes('<') ? 'look-behind' : 'look-ahead', token)
  }
  if (expandedLength(source) > MAX_EXPANDED_LENGTH) {
    throw new ExpressionError(`is too large, as its repetitions multiply: ${source}`)
  }
}

function unsupported(what: string, token: string): ExpressionError {
  return new ExpressionError(`has the ${what} ${token}, which expressions of linear time (RE2) do not have`)
}

const REPETITION = /(\)?)\{(\d+)(?:,(\d*))?\}/g

/** Estimates from above: repetitions of groups can contain others. */
function expandedLength(source: string): number {
  let [groups, most] = [1, 1]
  for (const [, group, least, greatest] of source.matchAll(REPETITION)) {
    const count = Math.max(1, Number(least), Number(greatest ?? 0))
    if (group === ')') groups *= count
    else most = Math.max(most, count)
  }
  return source.length * groups * most
}

function orExpressionError<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw new ExpressionError((error as Error).message.replace('error parsing regexp: ', ''), { cause: error })
  }
}
