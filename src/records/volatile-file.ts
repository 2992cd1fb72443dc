import { statSync } from 'node:fs'
import { VOLATILE_KINDS } from '../contract/volatile.js'
import { escapePointer, isObject } from '../json.js'
import { UsageError } from '../settings.js'
import { readDocument } from '../state/document-file.js'
import { suggest } from '../text/nearest.js'
import type { VolatileRule, Rules } from './compare.js'

const RULE_NAMES: readonly string[] = [...Object.keys(VOLATILE_KINDS), 'ignored']

/** A list of rules is written by hand. */
const MAX_BYTES = 1_000_000
const MAX_VOLATILE_RULES = 1_000

/**
 * Reads the rules of a user: a map in YAML or JSON from JSON pointers, in which a star stands for a position or a phone number, to
 * kinds. Throws a UsageError that lists what is wrong by its pointers.
 */
export async function readRules(file: string): Promise<Rules> {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_BYTES) throw new UsageError(`--volatile: ${file} has ${size} bytes; at most ${MAX_BYTES} are read`)
  const read = await readDocument(file)
  const faults = 'faults' in read ? read.faults : faultsOf(read.content)
  if (faults.length > 0 || 'faults' in read) {
    throw new UsageError(faults.map(({ at, message }) => `--volatile: ${file}${at}: ${message}`).join('\n'))
  }
  return new Map(Object.entries(read.content as Record<string, VolatileRule>))
}

function faultsOf(content: unknown): { at: string; message: string }[] {
  if (!isObject(content)) return [{ at: '', message: 'is no map, such as {"/data/*/lata": digits}' }]
  const entries = Object.entries(content)
  if (entries.length > MAX_VOLATILE_RULES)
    return [{ at: '', message: `has ${entries.length} rules; at most ${MAX_VOLATILE_RULES} may be` }]
  return entries.flatMap(([path, kind]) => {
    const at = `/${escapePointer(path)}`
    if (!/^(?:\/(?:[^~/]|~[01])+)+$/.test(path)) return [{ at, message: 'is no JSON pointer, such as /data/*/lata' }]
    if (typeof kind === 'string' && RULE_NAMES.includes(kind)) return []
    return [
      {
        at,
        message: `${JSON.stringify(kind)} is no kind; ${suggest(typeof kind === 'string' ? kind : '', RULE_NAMES)}`
      }
    ]
  })
}
