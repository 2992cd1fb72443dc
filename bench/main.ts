/** `npm run bench`: what the emulator costs, beside the least that a server on the same framework can cost. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { regressions } from './check.js'
import { captureConstants } from './constants.js'
import type { Figure } from './figures.js'
import { fill } from './fill.js'
import { installRows } from './rows/install.js'
import { floorFigures, peerFigures } from './rows/peers.js'
import { markdown, reportOf } from './report.js'
import { ROUNDS } from './rounds.js'
import { journalRows } from './rows/journal.js'
import { sandboxRows } from './rows/sandboxes.js'
import { NEW_SEARCHES, WORKS, requestRow } from './rows/requests.js'
import { resetRow } from './rows/reset.js'
import { SMALL_SIZE, sizeRows, written } from './rows/size.js'
import { memoryAfterLoad, startRows } from './rows/start.js'
import { startBare, startEmulator } from './server.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    check: { type: 'string' },
    full: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    rounds: { type: 'string', default: String(ROUNDS) }
  }
})
const rounds = Number(values.rounds)
const large = values.full ? 10_000_000 : 1_000_000
const begun = performance.now()
const folder = mkdtempSync(join(tmpdir(), 'oneuc-emulator-bench-'))
const say = (text: string) => process.stderr.write(`${text}\n`)

try {
  const figures: Figure[] = []
  const emulator = await startEmulator()
  const constants = await captureConstants(emulator, folder)
  const bare = await startBare(constants)
  figures.push(...installRows())
  say('start')
  figures.push(
    ...(await startRows(
      () => startEmulator(),
      () => startBare(constants),
      rounds
    ))
  )
  for (const work of WORKS) {
    say(work.name)
    figures.push(await requestRow(work, emulator, bare, rounds))
  }
  figures.push(await memoryAfterLoad(emulator, bare))
  figures.push(await requestRow(NEW_SEARCHES, emulator, bare, rounds))
  await emulator.stop()
  say('journal')
  figures.push(...(await journalRows(rounds)))
  say('sandboxes')
  figures.push(...(await sandboxRows()))
  say('reset')
  figures.push(resetRow())
  say(`sizes: making ${written(large)} numbers`)
  const sizes = {
    small: { file: join(folder, 'small'), count: SMALL_SIZE },
    large: { file: join(folder, 'large'), count: large }
  }
  for (const { file, count } of Object.values(sizes)) fill(file, count)
  say('sizes: driving')
  figures.push(...(await sizeRows(sizes, rounds)))
  say('floor')
  const floor = await floorFigures(constants, bare, rounds)
  const peers = values.peers ? await peerFigures(constants, bare, rounds, say) : []
  await bare.stop()
  const report = reportOf(figures, [...floor, ...peers], { rounds, seconds: (performance.now() - begun) / 1000 })
  process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : markdown(report)}\n`)
  const worse = values.check === undefined ? [] : regressions(values.check, figures)
  for (const line of worse) say(`dearer than recorded: ${line}`)
  if (worse.length > 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true })
}
