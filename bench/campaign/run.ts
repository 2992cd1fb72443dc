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

/**
 * Starts the program, lets a workload work on it, and checks what every workload leaves behind: a process that is alive, has
 * logged no error, has not grown by more than `growthMegabytes` and stops when it is told to.
 */
export async function onProgram(
  run: Run,
  options: { flags?: readonly string[]; growthMegabytes: number },
  work: (target: Target) => Promise<void>
): Promise<void> {
  const { budget, findings, figures } = run
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
  const growth = memory.growth()
  if (growth === undefined) return
  const { before, after } = growth
  figures.set('MB before', before).set('MB after', after).set('MB at most', memory.peak)
  if (after - before > options.growthMegabytes) {
    findings.note(`the process grew from ${Math.round(before)} to ${Math.round(after)} MB`, 'end', '')
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
