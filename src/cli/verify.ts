import { appendFileSync, writeFileSync } from 'node:fs'
import { changesSince, verdictJson } from '../contract/verify/baseline.js'
import { readVerdictReport } from '../contract/verify/report-file.js'
import { reportFiles } from '../contract/reports/index.js'
import { verdictMarkdown } from '../contract/verify/verdict-markdown.js'
import { verdictJunit, verdictText, type Found } from '../contract/verify/verdicts.js'
import { chooseCases, verify } from '../contract/verify/verify.js'
import type { Settings } from '../settings.js'
import { ArgumentError } from './argument-error.js'
import { EXIT, type Terminal } from './process.js'
import { replay } from './replay.js'
import { readServerUrl } from './server-url.js'
import { namesIn } from '../text/kinds.js'

/**
 * Compares a server with the contract, or records of one with the emulator, and reports what it has found. Returns 3 if an answer
 * differs, and 1 if none was the same.
 */
export async function runVerify(settings: Settings, { stdout }: Terminal): Promise<number> {
  const { json, reportJson, reportJunit, reportMarkdown, baseline } = settings
  const run = prepareRun(settings)
  const lastRun = baseline === undefined ? undefined : readVerdictReport('--baseline', baseline)
  // One that cannot be written fails before the run.
  reportFiles({ ...settings, reportHtml: undefined, reportPact: undefined })
  const found = await run()
  const changes = lastRun === undefined ? undefined : changesSince(lastRun, found)
  const report = () => verdictJson(found, changes, Date.now())
  if (reportJson !== undefined) writeFileSync(reportJson, report())
  if (reportJunit !== undefined) writeFileSync(reportJunit, verdictJunit(found))
  if (reportMarkdown !== undefined) appendFileSync(reportMarkdown, verdictMarkdown(found, changes))
  stdout.write(json ? report() : verdictText(found))
  const has = (result: string) => found.verdicts.some((one) => one.result === result)
  return has('different') ? EXIT.gate : has('same') ? EXIT.clean : EXIT.failure
}

/** Checks what the settings ask for, and returns what does it. Throws a UsageError. */
function prepareRun(settings: Settings): () => Promise<Found> {
  const { baseUrl, token, account, allowPurchases, dialect, only, replay: folder } = settings
  if (folder !== undefined) {
    if (baseUrl !== undefined) throw new ArgumentError('verify wants --base-url or --replay, not both', 'verify')
    return async () => ({ comparison: 'replay', verdicts: await replay(folder, settings) })
  }
  if (baseUrl === undefined || token === undefined || account === undefined) {
    throw new ArgumentError('verify wants --base-url URL, --token T and --account A, or --replay DIR', 'verify')
  }
  const serverUrl = readServerUrl('baseUrl', baseUrl)
  const cases = only === undefined ? undefined : chooseCases(namesIn(only))
  const target = { baseUrl: serverUrl, token, account, dialect }
  const options = { ...target, allowsPurchases: allowPurchases }
  const { origin: server } = new URL(serverUrl)
  return async () => ({ comparison: 'verify', server, verdicts: await verify(options, cases) })
}
