import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Nanoseconds that all threads of a process and of its children have spent on a processor, from the scheduler's
 * statistics. Unlike the time on the wall it hardly depends on what else the machine does.
 */
export function cpuNanoseconds(pid: number): number {
  return processesOf(pid).reduce((sum, one) => sum + ownNanoseconds(one), 0)
}

function ownNanoseconds(pid: number): number {
  const tasks = `/proc/${pid}/task`
  return readdirSync(tasks).reduce((sum, task) => {
    const [onProcessor] = readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')
    return sum + Number(onProcessor)
  }, 0)
}

/** A process and all that it has started, which some mock servers do to work at all. */
export function processesOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    const file = `/proc/${pid}/task/${task}/children`
    return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number) : []
  })
  return [pid, ...children.flatMap(processesOf)]
}

const PAUSE = 25
/** A process that has less to do than this, in nanoseconds a pause, does nothing. */
const IDLE = 1_000_000
const PATIENCE = 200

/** Waits until a process has come to rest: compiled what it compiles in the background, swept what it sweeps. */
export async function atRest(pid: number): Promise<void> {
  let before = cpuNanoseconds(pid)
  for (let i = 0; i < PATIENCE; i++) {
    await sleep(PAUSE)
    const now = cpuNanoseconds(pid)
    if (now - before < IDLE) return
    before = now
  }
}
