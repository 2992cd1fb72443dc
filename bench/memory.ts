import { readFileSync } from 'node:fs'

/** Kibibytes of a process in memory. Not the proportional share, which depends on how many Node processes run beside it. */
export function residentKibibytes(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes)
}
