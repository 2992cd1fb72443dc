import { verify as verifyTarget, type Verdict } from '../contract/verify/verify.js'
import { UsageError, type Settings } from '../settings.js'
import { EXIT } from './exit.js'

/** Asks a server the cases of the contract. Returns 3 where an answer differs, 1 where none came, so that a script can tell. */
export async function verify(settings: Settings): Promise<number> {
  const { base_url, token, account, allow_purchases, dialect } = settings
  if (base_url === undefined || token === undefined || account === undefined) {
    throw new UsageError('verify wants --base-url URL, --token T and --account A')
  }
  if (!/^https?:\/\//.test(base_url) || !URL.canParse(base_url)) {
    throw new UsageError(`--base-url: "${base_url}" is not a URL such as https://api.example.com`)
  }
  const baseUrl = base_url.replace(/\/(?:v2\/?)?$/, '')
  const verdicts = await verifyTarget({ baseUrl, token, account, dialect, allowsPurchases: allow_purchases })
  process.stdout.write(`${verdicts.map(line).join('\n')}\n`)
  const results = verdicts.map(({ result }) => result)
  if (results.includes('different')) return EXIT.gate
  return results.includes('same') ? EXIT.clean : EXIT.failure
}

function line({ name, result, differences }: Verdict): string {
  const note = result === 'skipped' ? ' (buys; run with --allow-purchases)' : ''
  return [`${result.padEnd(13)} ${name}${note}`, ...differences.map((one) => `              ${one}`)].join('\n')
}
