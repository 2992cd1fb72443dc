/** What the pages show of the source: each is written between two comments with its name. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ASSUMPTIONS } from '../../src/contract/assumptions.js'
import { Coverage } from '../../src/contract/coverage.js'
import { describeFidelity } from '../../src/contract/fidelity.js'
import { ANYWHERE, OPERATIONS, type Operation } from '../../src/contract/outcomes.js'
import { contractReport } from '../../src/contract/report.js'
import { textReport } from '../../src/contract/reports/text.js'
import { WARNINGS } from '../../src/contract/warnings.js'
import { dialectOf, fidelityTable } from '../../src/dialect.js'
import { MAGIC_ADDRESSES } from '../../src/e911/magic-addresses.js'
import { MAGIC_NUMBERS } from '../../src/inventory/magic-numbers.js'
import { stateTable } from '../../src/numbering/number-state.js'
import { PROBLEMS } from '../../src/problems.js'
import { settingsTable } from '../../src/cli/flags.js'
import { packageRoot } from '../../src/package.js'

/** Writes a table; `before` is what the page has in its place. */
type Write = (before: string) => string

export const TABLES: Readonly<Record<string, Write>> = {
  'magic-numbers': () =>
    table(
      ['+1 500 555 …', 'activating it, alone or in a collection, answers'],
      MAGIC_NUMBERS.map(({ line, description }) => [line, description])
    ),
  'magic-addresses': () =>
    table(
      ['`street_address`', 'answer'],
      MAGIC_ADDRESSES.map(({ street_address, result }) => [`\`${street_address}\``, result])
    ),
  'magic-inputs': magicInputs,
  states: stateTable,
  settings: settingsTable,
  fidelity: fidelityTable,
  warnings: () =>
    table(
      ['warning', 'what it means', 'in the document', 'what to do'],
      Object.entries(WARNINGS).map(([code, { description, source, advice }]) => [
        `\`${code}\``,
        description,
        source,
        advice
      ])
    ),
  outcomes: () =>
    table(
      ['operation', 'documented outcomes', 'heading in the document'],
      Object.entries<Operation>(OPERATIONS)
        .filter(([, { isDocumented }]) => isDocumented)
        .map(([name, { source, outcomes }]) => [
          `\`${name}\``,
          outcomes.flatMap((outcome) => (outcome.isDocumented ? [`\`${outcome.name}\``] : [])).join(' '),
          source
        ])
    ),
  origins: originsTable,
  failures: failuresTable,
  costs: costsTable,
  report: () =>
    `\`\`\`text\n${textReport(contractReport(exampleCoverage(), { sandbox: null, dialect: dialectOf('oneuc'), at: 0 })).trimEnd()}\n\`\`\``,
  assumed: () =>
    table(
      ['in', 'assumed'],
      ASSUMPTIONS.map(({ file, assumed }) => [`\`${file}\``, assumed])
    )
}

/** The magic inputs that a client needs most. */
const CHOSEN_NUMBERS = ['0200', '0402', '0429', '0500', '0504', '0599']
const CHOSEN_ADDRESSES = [
  '911 PROVISIONED TEST ST',
  '911 MULTIPLE TEST ST',
  '911 INVALID TEST ST',
  '911 UNREACHABLE TEST ST'
]

function magicInputs(): string {
  return table(
    ['input', 'answer'],
    [
      ...MAGIC_NUMBERS.filter(({ line }) => CHOSEN_NUMBERS.includes(line)).map(({ line, description }) => [
        `\`+1500555${line}\``,
        description
      ]),
      ...MAGIC_ADDRESSES.filter(({ street_address }) => CHOSEN_ADDRESSES.includes(street_address)).map(
        ({ street_address, result }) => [`\`${street_address}\``, result]
      )
    ]
  )
}

/** Lists the failures of the API. What to do about them is written in the page, and stays. */
function failuresTable(before: string): string {
  const written = new Map(before.split('\n').map((line) => [cellsOf(line)[0], cellsOf(line).at(-1)]))
  const outcomes = [...Object.values<Operation>(OPERATIONS).flatMap((operation) => operation.outcomes), ...ANYWHERE]
  const rows = new Map(
    outcomes.flatMap(({ name, kind, description }) => {
      if (kind === undefined) return []
      const { status, message } = PROBLEMS[kind]
      return [[name, [`\`${name}\``, `${status} \`${message}\``, description, written.get(`\`${name}\``) ?? '']]]
    })
  )
  return table(['outcome', 'status, `message`', 'what it means', 'what to do'], [...rows.values()])
}

/** Counts the outcomes of each operation by their origin. */
function originsTable(): string {
  const { operations, anywhere, summary } = describeFidelity()
  const origins = ['document', 'reference', 'assumed', 'emulator'] as const
  const groups = [...operations, { name: 'any operation', outcomes: anywhere }]
  return table(
    ['operation', ...origins],
    [
      ...groups.map(({ name, outcomes }) => [
        name === 'any operation' ? name : `\`${name}\``,
        ...origins.map((origin) => String(outcomes.filter((one) => one.origin === origin).length))
      ]),
      ['all', ...origins.map((origin) => String(summary[origin]))]
    ]
  )
}

const PEERS = ['bare Fastify', 'Prism', 'Mockoon', 'json-server', 'WireMock']

/** The ratios that the bench has measured, a row a call. */
function costsTable(): string {
  const rows = readFileSync(join(packageRoot(), 'bench', 'README.md'), 'utf8')
    .split('\n')
    .map(cellsOf)
  const ratio = (call: string, peer: string) =>
    rows.find(
      ([row, , other = '']) => [call, `${call}, ${peer}`].includes(row ?? '') && other.endsWith(`CPU, ${peer}`)
    )?.[3]
  return table(
    ['call', ...PEERS],
    ['search', 'read', 'list of 50, made anew', 'buy + remove'].map((call) => [
      call,
      ...PEERS.map((peer) => ratio(call, peer) ?? 'not measured')
    ])
  )
}

/** The cells of a line of a table. */
export function cellsOf(line: string): string[] {
  return line.split(' | ').map((cell) => cell.replaceAll(/^\| | \|$/g, ''))
}

/** What a search and one by half a prefix leave behind. */
function exampleCoverage(): Coverage {
  const coverage = new Coverage()
  const search = (prefix: string, status: number, outcome: string, warnings = new Map<string, string>()) => {
    const sighting = {
      request_id: '1',
      method: 'GET',
      url: `/v2/phone_numbers?prefix=${prefix}`,
      status,
      interaction: { length: 0, at: 0, describe: () => undefined }
    }
    coverage.add({ ...sighting, operation: 'search', outcome, warnings, unmatched: undefined })
  }
  search('415', 200, 'success')
  search('41', 400, 'validation_error', new Map([['prefix_form', 'prefix=41']]))
  return coverage
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** What stands between the two comments with a name. */
export const MARKED = /<!-- ([\w-]+):begin -->\n([^]*?)\n<!-- \1:end -->/g
