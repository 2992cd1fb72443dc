/** `npm run bench`: measures the built emulator beside a bare Fastify server, through HTTP alone. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Figure } from './figures.js'
import { peerRows } from './peers.js'
import { markdown, regressions, reportOf, writeFigures, type Report } from './report.js'
import { growthRows, requestRows, resetRow, sandboxRows, startRows } from './rows.js'
import { startBare, startEmulator } from './servers.js'
import { oneOfEach } from './works.js'

const README = fileURLToPath(new URL('../../bench/README.md', import.meta.url))
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    check: { type: 'string' },
    full: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    node: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string' },
    'write-readme': { type: 'boolean', default: false }
  }
})
const rounds = Number(values.rounds ?? (values.full ? 15 : 3))
const say = (text: string) => process.stderr.write(`${text}\n`)
const folder = mkdtempSync(join(tmpdir(), 'oneuc-emulator-bench-'))
const emulator = await startEmulator()
const bare = await startBare()

try {
  await assertSameAnswers()
  const figures: Figure[] = []
  for (const node of [process.execPath, ...values.node]) {
    const version = execFileSync(node, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }).trim()
    say(`start, Node ${version}`)
    figures.push(...(await startRows(node, version, rounds)))
  }
  say('requests')
  const requests = await requestRows(emulator, bare, rounds)
  figures.push(...requests)
  say('reset and sandboxes')
  const bareRead = (requests.find(({ row }) => row === 'read')?.other ?? Number.NaN) / 1000
  figures.push(await resetRow(emulator, bareRead), ...(await sandboxRows(bareRead)))
  say('growth')
  figures.push(...(await growthRows(folder, values.full ? 1_000_000 : 100_000, rounds)))
  if (values.peers) figures.push(...(await peerRows(emulator, folder, say)))

  const report = reportOf(figures, rounds, performance.now() / 1000)
  process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : markdown(report)}\n`)
  if (values['write-readme']) writeFigures(README, markdown(report))
  if (values.check !== undefined) {
    const recorded = JSON.parse(readFileSync(values.check, 'utf8')) as Report
    const worse = regressions(figures, recorded.figures)
    for (const line of worse) say(`dearer than recorded: ${line}`)
    if (worse.length > 0) process.exitCode = 1
  }
} finally {
  await Promise.all([emulator.stop(), bare.stop()])
  rmSync(folder, { recursive: true })
}

/** Throws unless both servers answer with the same statuses, headers and, within a fiftieth, body sizes. */
async function assertSameAnswers(): Promise<void> {
  const others = await oneOfEach(bare.port)
  for (const [i, { call, headers, text }] of (await oneOfEach(emulator.port)).entries()) {
    const other = others[i]
    const isSame = other?.headers.join() === headers.join() && Math.abs(other.text.length / text.length - 1) < 0.02
    if (!isSame) throw new Error(`${call.method} ${call.path} is answered by ${text} and ${other?.text}`)
  }
}
