import type { AdminClient, RecordedRequest } from '../library.js'

/** Formats the last requests of a test, given the newest first, as a table: method and path, status, outcome, warnings. */
export function formatRequests(newestFirst: readonly RecordedRequest[]): string {
  if (newestFirst.length === 0) return 'The test sent no request to the emulator.\n'
  const rows = [...newestFirst].reverse().map(({ request, response, outcome, fault, warnings }) => ({
    call: `${request.method} ${request.url}`,
    end: [String(response.status), outcome ?? 'no outcome', ...(fault === null ? [] : [`fault ${fault}`]), ...warnings]
  }))
  const width = Math.max(...rows.map(({ call }) => call.length))
  const lines = rows.map(({ call, end }) => `  ${call.padEnd(width)} -> ${end.join('  ')}\n`)
  return `Last requests to the emulator:\n${lines.join('')}`
}

type Rule = Awaited<ReturnType<AdminClient['faults']['list']>>[number]

/** Lists the fault rules that no request of a test has met: what they name may be misspelt, or never called. */
export function formatUnmet(rules: readonly Rule[]): string {
  const lines = rules
    .filter(({ hits }) => hits === 0)
    .map(({ id: _id, hits: _hits, name: _name, ...rule }) => `  ${JSON.stringify(rule)}\n`)
  return lines.length === 0 ? '' : `Fault rules that no request has met:\n${lines.join('')}`
}
