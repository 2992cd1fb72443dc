// Compares the service with the contract, and records of it with the emulator. The folder keeps the reports of the last night.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Returns 0 where nothing differs, and 3 where the service has drifted. */
export async function nightly({ url, token, account, records, folder, summary }) {
  mkdirSync(folder, { recursive: true })
  const contract = await verify('contract', ['--base-url', url, '--token', token, '--account', account])
  const replay = await verify('replay', ['--replay', records])
  return Math.max(contract, replay)

  async function verify(name, flags) {
    const last = join(folder, `${name}.json`)
    const reports = ['--baseline', last, '--report-json', last, '--report-markdown', summary]
    const child = spawn('oneuc-emulator', ['verify', ...flags, ...reports], { stdio: ['ignore', 'ignore', 'inherit'] })
    const [status] = await once(child, 'exit')
    return status
  }
}
