import { verify as verifyTarget, type Verdict } from '../contract/verify/verify.js'
import { UsageError, type Settings } from '../settings.js'
import { EXIT, type Terminal } from './process.js'

/** Sends the cases of the contract to a server. Returns 3 if a response differs, and 1 if the server sent none. */
export async function runVerify(settings: Settings, { stdout }: Terminal): Promise<number> {
  const { baseUrl, token, account, allowPurchases, dialect } = settings
  if (baseUrl === undefined || token === undefined || account === undefined) {
    throw new UsageError('verify wants --base-url URL, --token T and --account A')
  }
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new UsageError(`--base-url: "${baseUrl}" is not a URL such as https://api.example.com`)
  }
  const target = { baseUrl: baseUrl.replace(/\/(?:v2\/?)?$/, ''), token, account, dialect }
  const verdicts = await verifyTarget({ ...target, allowsPurchases: allowPurchases })
  stdout.write(`${verdicts.map(formatVerdict).join('\n')}\n`)
  const results = verdicts.map(({ result }) => result)
  if (results.includes('different')) return EXIT.gate
  return results.includes('same') ? EXIT.clean : EXIT.failure
}

function formatVerdict({ name, result, differences }: Verdict): string {
  const note = result === 'skipped' ? ' (buys; run with --allow-purchases)' : ''
  return [`${result.padEnd(13)} ${name}${note}`, ...differences.map((one) => `              ${one}`)].join('\n')
}
