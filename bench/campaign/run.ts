import type { Budget } from './budget.js'
import { isThere } from './client.js'
import type { Findings } from './findings.js'
import { Memory } from './memory.js'
import type { Message } from './message.js'
import type { Program, StartProgram } from './program.js'
import type { Random } from './random.js'

/** What a workload gets to do its work with. */
export interface Run {
  start: StartProgram
  random: Random
  budget: Budget
  findings: Findings
  /** A folder for the files of this run. */
  folder: string
  /** Figures for the report, by name. */
  figures: Map<string, number>
}

/** One kind of attack. */
export interface Workload {
  name: string
  says: string
  /** Its part of the time, in relation to the other workloads. */
  share: number
  run: (run: Run) => Promise<void>
}

/** A running program, and what the lanes of a workload share. */
export interface Target {
  run: Run
  program: Program
  memory: Memory
  /** The request that each lane waits for; after a crash one of them is to blame. */
  inFlight: Map<string, Message | Buffer>
  /** Whether the workload is over, so that connections may end. */
  isOver: boolean
  /** Begins a step: false where the budget is used up, or the program is gone. */
  goesOn: () => boolean
}

/** How much memory a workload may take. */
interface MemoryLimits {
  /** Megabytes that the process may grow by from the second third of the run to the last. */
  growthMegabytes: number
  /** Megabytes that it may hold beyond those that it had where the workload has marked the beginning. @default no limit */
  heldMegabytes?: number
}

/**
 * Starts the program, lets a workload work on it, and checks what every workload leaves behind: a process that is alive, has
 * logged no error, has not grown by more than the options say, and stops when it is told to.
 */
export async function onProgram(
  run: Run,
  options: MemoryLimits & { flags?: readonly string[] },
  work: (target: Target) => Promise<void>
): Promise<void> {
  const { budget, findings } = run
  const program = await run.start(options.flags ?? [])
  const memory = new Memory(program.pid)
  const target: Target = {
    run,
    program,
    memory,
    inFlight: new Map(),
    isOver: false,
    goesOn: () => {
      memory.sample(budget.used())
      return !target.isOver && program.isAlive() && budget.goesOn()
    }
  }
  try {
    await work(target)
  } finally {
    target.isOver = true
    memory.sample(1)
    if (await isThere(program)) await stop(run, program)
    else await noteCrash(target)
    for (const line of program.complaints().split('\n')) {
      if (IS_COMPLAINT.test(line))
        findings.note(`logged: ${line.slice(0, 1500)}`, 'standard error', '', messageIn(line))
    }
  }
  checkGrowth(run, memory, options)
}

function checkGrowth({ findings, figures }: Run, memory: Memory, limits: MemoryLimits): void {
  const [late, whole] = [memory.growth(), memory.growthSinceMark()]
  const shown = whole ?? late
  if (shown !== undefined)
    figures.set('MB before', shown.before).set('MB after', shown.after).set('MB at most', memory.peak)
  for (const [growth, limit, when] of [
    [late, limits.growthMegabytes, 'late in the run'],
    [whole, limits.heldMegabytes ?? Number.POSITIVE_INFINITY, 'in the run']
  ] as const) {
    if (growth === undefined || growth.after - growth.before <= limit) continue
    const [before, after] = [growth.before, growth.after].map(Math.round)
    findings.note(`the process grew from ${before} to ${after} MB ${when}`, 'end', '')
  }
}

/** A line of the log at `error` or `fatal`, or a warning of Node. */
const IS_COMPLAINT = /"level":(?:[56]0|"(?:error|fatal)")|\bWarning\b/

function messageIn(line: string): string {
  return /"(?:message|msg)":"[^"]*/.exec(line)?.[0] ?? ''
}

/** A stop that takes longer is a hang, on any machine. */
const LONGEST_STOP_MS = 10_000

async function stop({ findings, figures }: Run, program: Program): Promise<void> {
  const { status, milliseconds } = await program.end('SIGTERM')
  figures.set('ms to stop', milliseconds)
  if (status !== '0') findings.note(`the stop ended with ${status}`, 'end', program.complaints())
  else if (milliseconds > LONGEST_STOP_MS) findings.note(`the stop took ${Math.round(milliseconds)} ms`, 'end', '')
}

async function noteCrash({ run, program, inFlight }: Target): Promise<void> {
  const { status } = await program.end('SIGKILL')
  const last = program.complaints().split('\n').filter(Boolean).slice(0, 4).join(' | ')
  run.findings.note(`the program ended with ${status}: ${last}`, 'see the requests under way', '')
  for (const [lane, message] of inFlight) run.findings.note('under way when the program went', lane, message, lane)
}
