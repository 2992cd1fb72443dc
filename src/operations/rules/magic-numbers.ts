import { magicNumber, type MagicNumber } from '../../inventory/magic-numbers.js'
import { toE164 } from '../../numbering/e164.js'
import { Problem } from '../../problems.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import type { Caller } from './permissions.js'

/** The problems that magic numbers answer to an activation, by E.164 form. */
export type MagicProblems = ReadonlyMap<string, Problem>

/**
 * Calls `work` with the problems of the magic numbers among `inputs`; later, where one of them makes the client wait. Comes before
 * anything else, so that a try counts whatever becomes of the rest.
 */
export function applyMagicNumbers<Result>(
  sandbox: Sandbox,
  caller: Caller,
  inputs: readonly string[],
  work: (problems: MagicProblems) => Result
): Result | Promise<Result> {
  const magic = inputs.map(toE164).flatMap((e164) => {
    const known = magicNumber(e164)
    return known === undefined ? [] : [{ e164, known }]
  })
  const answer = () => {
    const problems = new Map(
      magic.flatMap(({ e164, known }) => {
        const problem = magicProblem(sandbox, caller, e164, known)
        return problem === undefined ? [] : [[e164, problem]]
      })
    )
    return work(problems)
  }
  const delayMs = Math.max(0, ...magic.map(({ known }) => known.delay ?? 0))
  if (delayMs === 0) return answer()
  const { generation } = sandbox
  return sandbox.pause(delayMs).then(() => {
    // Nothing has been offered to this client since a reset.
    if (sandbox.generation !== generation) throw new Problem(sandbox.behaviour.dialect.unsearched)
    return answer()
  })
}

function magicProblem(sandbox: Sandbox, caller: Caller, e164: string, magic: MagicNumber): Problem | undefined {
  const { fails, times, quoted } = magic
  if (quoted === true && (caller.acceptsCharges || isBought(sandbox, caller, e164))) return undefined
  if (times !== undefined && sandbox.store.magicAttempts.increment(e164) > times) return undefined
  const problem = fails?.(e164, caller.path)
  if (problem?.kind === 'connection_closed') throw problem
  return problem
}

/** A number that the account has costs it nothing more. */
function isBought({ store }: Sandbox, caller: Caller, e164: string): boolean {
  const number = store.numbers.find(e164)
  return number?.state === 'in_service' && number.owner === caller.path
}
