import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Counts the milliseconds that all threads of a process and of its children have spent on a processor, from the scheduler's
 * statistics (`/proc/PID/task/TID/schedstat`). Other load on the machine hardly changes this figure.
 */
export function cpuMilliseconds(pid: number): number {
  const nanoseconds = processesOf(pid).flatMap((one) =>
    readdirSync(`/proc/${one}/task`).map((task) => {
      const [onProcessor] = readFileSync(`/proc/${one}/task/${task}/schedstat`, 'utf8').split(' ')
      return Number(onProcessor)
    })
  )
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6
}

/** Lists a process and its children. Some mock servers start further processes. */
export function processesOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    const file = `/proc/${pid}/task/${task}/children`
    return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number) : []
  })
  return [pid, ...children.flatMap(processesOf)]
}

/** Reads the resident set of a process in kibibytes. */
export function residentKibibytes(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes)
}

const PAUSE_MS = 25
/** A process that uses less CPU than this in a pause is idle. */
const IDLE_MS = 1
const MAX_PAUSES = 200

/** Waits until a process is idle: V8 compiles and collects in the background for some time after a request. */
export async function untilIdle(pid: number): Promise<void> {
  let before = cpuMilliseconds(pid)
  for (let i = 0; i < MAX_PAUSES; i++) {
    await sleep(PAUSE_MS)
    const now = cpuMilliseconds(pid)
    if (now - before < IDLE_MS) return
    before = now
  }
}
