// Runs the built program once, so that it keeps what the engine compiles of it for the next start.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'

/** What the first clients ask. */
const CALLS = ['/__admin/ready', '/v2/phone_numbers?prefix=415&quantity=2']

/** @param {string} program */
export async function warmUp(program) {
  const child = spawn(process.execPath, [program, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const url = String(line).trim().split(' ').pop()
  for (const call of CALLS) {
    const { status } = await fetch(url + call)
    if (status !== 200) throw new Error(`${call} answered ${status}`)
  }
  child.kill('SIGTERM')
  await once(child, 'exit')
}
