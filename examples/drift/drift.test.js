import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { createEmulator } from 'oneuc-emulator'
import { nightly } from './nightly.js'

const account = 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee'
const token = 'demo-token'

/** Lets a client work by way of a proxy, which records what the service answers. */
async function record(url, records) {
  const flags = ['proxy', '--upstream', url, '--record', records, '--port', '0', '--json']
  const proxy = spawn('oneuc-emulator', flags, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(proxy.stdout), 'line')
  const base = `${JSON.parse(line).url}/v2`
  const headers = { 'x-auth-token': token }
  await fetch(`${base}/phone_numbers?prefix=415&quantity=2`)
  await fetch(`${base}/accounts/${account}/phone_numbers?page_size=3`, { headers })
  proxy.kill()
  await once(proxy, 'exit')
}

test('A service that changes is told the next morning', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'oneuc-drift-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const summary = join(folder, 'summary.md')

  /** The comparisons of one night, and what they add to the summary. */
  async function night(name, dialect) {
    const service = await createEmulator({ dialect })
    const records = join(folder, name)
    await record(service.url, records)
    rmSync(summary, { force: true })
    const status = await nightly({ url: service.url, token, account, records, folder: join(folder, 'last'), summary })
    await service.close()
    return { status, text: readFileSync(summary, 'utf8') }
  }

  const first = await night('monday', 'oneuc')
  assert.equal(first.status, 0)
  assert.match(first.text, /^2 records: 2 same, 0 not comparable, 0 different\.$/m)

  const second = await night('tuesday', 'kazoo-4.3')
  assert.equal(second.status, 3)
  assert.match(second.text, /^\| new \| `search\.success` \| `data\.0\.e164 is missing` \|$/m)
  assert.match(second.text, /^\| new \| `search\.success` \| `\/data\/\*\/e164 is at the emulator only` \|$/m)
})
