import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Budget } from './budget.js'
import { bytes } from './bytes.js'
import { described, describedKazoo, describedStrict } from './described.js'
import { Findings } from './findings.js'
import { kills } from './kills.js'
import { large } from './large.js'
import { models } from './models.js'
import type { StartProgram } from './program.js'
import { Random } from './random.js'
import type { Workload } from './run.js'
import { unique } from './unique.js'
import { pipelines, streams } from './unread.js'
import { waits } from './waits.js'

/** The workloads in their order. One without a share of the time runs only where it is named. */
export const WORKLOADS: readonly Workload[] = [
  described,
  describedKazoo,
  describedStrict,
  bytes,
  models,
  kills,
  large,
  streams,
  pipelines,
  unique,
  waits
]

/** What a workload did, and what it found. */
export interface Result {
  workload: Workload
  findings: Findings
  figures: ReadonlyMap<string, number>
  seconds: number
}

/** Runs one workload. The same seed makes the same requests. */
export async function runWorkload(
  workload: Workload,
  options: { seed: number; budget: Budget; start: StartProgram }
): Promise<Result> {
  const { seed, budget, start } = options
  const begin = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'oneuc-emulator-campaign-'))
  const findings = new Findings()
  const figures = new Map<string, number>()
  const random = new Random(`${seed}/${workload.name}`)
  try {
    await workload.run({ start, random, budget, findings, folder, figures })
  } catch (error) {
    findings.note(`the workload could not go on: ${String((error as Error).stack)}`, workload.name, '')
  } finally {
    rmSync(folder, { recursive: true })
  }
  return { workload, findings, figures, seconds: (performance.now() - begin) / 1000 }
}
