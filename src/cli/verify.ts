import { writeFileSync } from 'node:fs'
import { reportFiles } from '../contract/reports/index.js'
import { countVerdicts, verdictJson, verdictJunit, verdictText } from '../contract/verify/verdicts.js'
import { chooseCases, verify } from '../contract/verify/verify.js'
import type { Settings } from '../settings.js'
import { ArgumentError } from './argument-error.js'
import { EXIT, type Terminal } from './process.js'
import { readServerUrl } from './server-url.js'

/** Sends the cases of the contract to a server. Returns 3 if a response differs, and 1 if the server sent none. */
export async function runVerify(settings: Settings, { stdout }: Terminal): Promise<number> {
  const { baseUrl, token, account, allowPurchases, dialect, only, json, reportJunit } = settings
  if (baseUrl === undefined || token === undefined || account === undefined) {
    throw new ArgumentError('verify wants --base-url URL, --token T and --account A', 'verify')
  }
  const serverUrl = readServerUrl('baseUrl', baseUrl)
  const cases = only === undefined ? undefined : chooseCases(only.split(',').map((name) => name.trim()))
  // One that cannot be written fails before the run.
  const junitFiles = reportFiles({ ...settings, ...NO_REPORTS, reportJunit })
  const target = { baseUrl: serverUrl, token, account, dialect }
  const verdicts = await verify({ ...target, allowsPurchases: allowPurchases }, cases)
  for (const { path } of junitFiles) writeFileSync(path, verdictJunit(verdicts))
  stdout.write(json ? verdictJson(verdicts) : verdictText(verdicts))
  const { same, different } = countVerdicts(verdicts)
  if (different > 0) return EXIT.gate
  return same > 0 ? EXIT.clean : EXIT.failure
}

/** Of the reports of a run, `verify` writes one. */
const NO_REPORTS = { reportJson: undefined, reportMarkdown: undefined, reportHtml: undefined, reportPact: undefined }
