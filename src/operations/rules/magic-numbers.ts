import { magicNumber, type MagicNumber } from '../../inventory/magic-numbers.js'
import { toE164 } from '../../numbering/e164.js'
import type { Problem } from '../../problems.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import type { Caller } from './permissions.js'

/**
 * What the magic numbers among `written` will answer to an activation, by E.164 form; waits where one of them makes the
 * client wait. Happens before anything else, so that a try counts whatever becomes of the rest. Throws
 * `connection_closed`.
 */
export async function applyMagicNumbers(
  sandbox: Sandbox,
  caller: Caller,
  written: readonly string[]
): Promise<ReadonlyMap<string, Problem>> {
  const problems = new Map<string, Problem>()
  for (const e164 of written.map(toE164)) {
    const magic = magicNumber(e164)
    if (magic === undefined) continue
    if (magic.delay !== undefined) await sandbox.pause(magic.delay)
    const problem = problemOf(sandbox, caller, e164, magic)
    if (problem?.kind === 'connection_closed') throw problem
    if (problem !== undefined) problems.set(e164, problem)
  }
  return problems
}

function problemOf(sandbox: Sandbox, caller: Caller, e164: string, magic: MagicNumber): Problem | undefined {
  const { fails, times, quoted } = magic
  if (quoted === true && (caller.acceptsCharges || isBought(sandbox, caller, e164))) return undefined
  if (times !== undefined && sandbox.store.magicAttempts.next(e164) > times) return undefined
  return fails?.(e164, caller.path)
}

/** What the account has costs it nothing more. */
function isBought({ store }: Sandbox, caller: Caller, e164: string): boolean {
  const number = store.numbers.find(e164)
  return number?.state === 'in_service' && number.owner === caller.path
}
