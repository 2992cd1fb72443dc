import { magicNumber } from '../../inventory/magic-numbers.js'
import { nationalNumber } from '../../numbering/e164.js'
import type { Sandbox } from '../../sandbox/sandbox.js'

/** Whether a search has returned the number, whoever searched (document: "once searched for"). */
export function wasDiscovered({ store }: Sandbox, e164: string): boolean {
  const national = nationalNumber(e164)
  return national !== undefined && (magicNumber(e164)?.unsearched === true || store.discoveries.has(national))
}
