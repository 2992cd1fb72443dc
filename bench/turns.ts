import type { Phase } from './works.js'

/** Turns that each server takes at the calls of a phase. */
const TURNS = 10

/** Cuts the calls of a phase into one part for each turn. The last part has the check. */
export function cut({ calls, weight, check }: Phase): Phase[] {
  const length = Math.ceil(calls.length / TURNS)
  return Array.from({ length: TURNS }, (_, turn) => {
    const isLast = turn === TURNS - 1
    const part = { calls: calls.slice(turn * length, (turn + 1) * length), weight }
    return isLast && check !== undefined ? { ...part, check } : part
  })
}
