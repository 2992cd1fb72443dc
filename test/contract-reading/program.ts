import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../../src/package.js'

/** From its sources, as tests run, so that what it does is counted as covered. */
const PROGRAM = [...process.execArgv, join(packageRoot(), 'src', 'main.ts')]

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** The program, as a shell runs it; `heard` may act on what it prints. */
export function program(
  args: readonly string[],
  heard: (pid: number, text: string) => void = () => undefined
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...PROGRAM, ...args])
    const said = { stdout: '', stderr: '' }
    child.stdout.on('data', (data: Buffer) => {
      said.stdout += data.toString()
      if (child.pid !== undefined) heard(child.pid, said.stdout)
    })
    child.stderr.on('data', (data: Buffer) => (said.stderr += data.toString()))
    child.on('close', (code) => {
      resolve({ code, ...said })
    })
  })
}
