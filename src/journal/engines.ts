import { loadExpressions, type CompileExpression } from './expression.js'
import type { CompileJsonPath } from './json-path.js'

/** What compiles the expressions in patterns. */
export interface Engines {
  compileExpression: CompileExpression
  compileJsonPath: CompileJsonPath
}

/** Loads the engines when the first question comes: a start needs none. */
export async function loadEngines(): Promise<Engines> {
  const [compileExpression, { compileJsonPath }] = await Promise.all([loadExpressions(), import('./json-path.js')])
  return { compileExpression, compileJsonPath }
}
