import type { JsonObject } from '../../json.js'
import type { Sandbox } from '../../sandbox/sandbox.js'

/**
 * What a number is used by after a body has been read, where the dialect reads `used_by` (document: E911): a text sets it,
 * null and the empty text clear it, leaving it out keeps it as it was.
 */
export function usedByAfter({ behaviour }: Sandbox, before: string | null, data: JsonObject): string | null {
  if (behaviour.dialect.used_by === 'ignored') return before
  const posted = data.used_by
  if (posted === null || posted === '') return null
  return typeof posted === 'string' ? posted : before
}
