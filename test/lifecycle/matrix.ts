/** Plays the matrices: sends each request about a number in each state, and compares what becomes of the number. */
import type { Test } from 'tap'
import type { DialectName } from '../../src/dialect.js'
import type { PhoneNumber } from '../../src/numbering/phone-number.js'
import { isState } from '../../src/numbering/number-state.js'
import { type AccountName, ACCOUNTS, pathOf } from '../harness/calls.js'
import { type Call, emulatorFor, type Subject } from '../harness/emulator-under-test.js'
import { NOON } from '../harness/play.js'
import { ADMIN, ADMIN_LOCAL, CUSTOMER, CUSTOMER_LOCAL, NO_ADDITIONS, PARENT } from './matrix.cases.js'
import { outcomeOf } from './outcome.js'

/** The request of each column, and the state that it aims at. */
const OPERATIONS: Readonly<Record<string, Pick<Call, 'method'> & { path?: string; state?: string; to: string }>> = {
  PUT: { method: 'PUT', to: 'in_service' },
  'PUT in_service': { method: 'PUT', state: 'in_service', to: 'in_service' },
  'PUT reserved': { method: 'PUT', state: 'reserved', to: 'reserved' },
  'PUT available': { method: 'PUT', state: 'available', to: 'available' },
  'PUT aging': { method: 'PUT', state: 'aging', to: 'aging' },
  'PUT deleted': { method: 'PUT', state: 'deleted', to: 'deleted' },
  port: { method: 'PUT', path: '/port', to: 'port_in' },
  activate: { method: 'PUT', path: '/activate', to: 'in_service' },
  reserve: { method: 'PUT', path: '/reserve', to: 'reserved' },
  POST: { method: 'POST', to: '-' },
  PATCH: { method: 'PATCH', to: '-' },
  DELETE: { method: 'DELETE', to: 'available' },
  'DELETE hard': { method: 'DELETE', path: '?hard=true', to: 'deleted' },
  GET: { method: 'GET', to: '-' },
  identify: { method: 'GET', path: '/identify', to: '-' }
}

interface Asker {
  as: AccountName
  on: AccountName
}

interface Row {
  before: string
  whose: string
  cells: readonly [operation: string, cell: string][]
}

/** The rows of a table, one for each state and owner that it stands for. */
function rowsOf(table: string): Row[] {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
  return rows.flatMap(([states = '', owners = '', ...cells]) => {
    const named = cells.map((cell, i): [string, string] => [head[i + 2] ?? '', cell])
    return states
      .split(' ')
      .flatMap((before) => owners.split(' ').map((whose): Row => ({ before, whose, cells: named })))
  })
}

const NUMBER = '+14157770001'
const OFFERED = '+14157770002'

function expected({ before }: Row, operation: string, cell: string, dialect: DialectName): string {
  const [one = '', other = one] = cell.split(' / ')
  const outcome = dialect === 'oneuc' ? one : other
  if (outcome === 'same') return before
  if (outcome === '400 from') return `400 from ${before} to ${OPERATIONS[operation]?.to ?? ''}`
  if (outcome === '200 or resting') return before === 'port_out' ? '200' : '400 not_in_service'
  return outcome
}

/** Stores the number, sends the request, and returns what the client saw and what the record has against it. */
async function outcome(emulator: Subject, asker: Asker, one: Row, carrier: PhoneNumber['carrier'], operation: string) {
  const { before, whose } = one
  const e164 = before === 'offered' ? OFFERED : NUMBER
  const owner = whose === 'own' ? ACCOUNTS[asker.on] : isAccount(whose) ? ACCOUNTS[whose] : null
  const history = before === 'reserved' && owner !== null ? [owner] : []
  if (isState(before)) emulator.put({ e164, state: before, owner, carrier, history })
  const record = emulator.find(e164)
  const { method, path = '', state } = OPERATIONS[operation] ?? { method: 'GET' }
  const data = state === undefined ? {} : { create_with_state: state }
  const url = `${pathOf(e164, ACCOUNTS[asker.on])}${path}`
  const reply = await emulator.call({ method, url, token: `${asker.as}-token`, body: { data } })
  const after = emulator.find(e164)
  emulator.remove(e164)
  const seen = outcomeOf(reply, e164)
  const doubts = isState(seen)
    ? doubtsOf(operation, reply.status, seen, record, after, ACCOUNTS[asker.on])
    : changed(record, after)
  return [seen, ...doubts].join(' but ')
}

function isAccount(name: string): name is AccountName {
  return Object.hasOwn(ACCOUNTS, name)
}

/** Differences between an answer that succeeded and the record: another state or another owner. */
function doubtsOf(
  operation: string,
  status: number,
  seen: string,
  before: PhoneNumber | undefined,
  after: PhoneNumber | undefined,
  path: string
): string[] {
  const isPut = OPERATIONS[operation]?.method === 'PUT'
  const isRelease = operation.startsWith('DELETE')
  const doubts = status === (isPut ? 201 : 200) ? [] : [`answered ${status}`]
  if (isRelease && seen === 'deleted') return after === undefined ? doubts : [...doubts, 'still there']
  const owner = isRelease ? null : isPut && operation !== 'PUT available' ? path : (before?.owner ?? null)
  if (after?.state !== seen || after.owner !== owner) doubts.push(`stored as ${JSON.stringify(after)}`)
  return doubts
}

/** A refused request leaves the record as it was. */
function changed(before: PhoneNumber | undefined, after: PhoneNumber | undefined): string[] {
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [`changed to ${JSON.stringify(after)}`]
}

interface Matrix {
  title: string
  asker: Asker
  table: string
  carrier: PhoneNumber['carrier']
  /** Columns that another table has. */
  without?: readonly string[]
}

const DEMO: Asker = { as: 'demo', on: 'demo' }
const PARENT_OF_DEMO: Asker = { as: 'reseller', on: 'demo' }
const MASTER: Asker = { as: 'master', on: 'demo' }
const WITHOUT_ADDITIONS: Asker = { as: 'no-additions', on: 'no-additions' }
const without = ['DELETE']

// prettier-ignore
const MATRICES: readonly Matrix[] = [
  { title: 'a customer',                                           asker: DEMO,              table: CUSTOMER,       carrier: 'external' },
  { title: 'a customer and local numbers',                         asker: DEMO,              table: CUSTOMER,       carrier: 'local', without },
  { title: 'a customer that releases local numbers',               asker: DEMO,              table: CUSTOMER_LOCAL, carrier: 'local' },
  { title: 'a parent on the path of its child',                    asker: PARENT_OF_DEMO,    table: PARENT,         carrier: 'external' },
  { title: 'a parent and local numbers',                           asker: PARENT_OF_DEMO,    table: PARENT,         carrier: 'local', without },
  { title: 'an admin',                                             asker: MASTER,            table: ADMIN,          carrier: 'external' },
  { title: 'an admin and local numbers',                           asker: MASTER,            table: ADMIN,          carrier: 'local', without },
  { title: 'an admin that releases local numbers',                 asker: MASTER,            table: ADMIN_LOCAL,    carrier: 'local' },
  { title: 'a customer that may not add numbers',                  asker: WITHOUT_ADDITIONS, table: NO_ADDITIONS,   carrier: 'external' },
  { title: 'a customer that may not add them and local numbers',   asker: WITHOUT_ADDITIONS, table: NO_ADDITIONS,   carrier: 'local', without }
]

export async function playMatrices(t: Test, dialect: DialectName): Promise<void> {
  const emulator = await emulatorFor(t, { clock: NOON, dialect })
  emulator.discover(OFFERED)
  for (const { title, asker, table, carrier, without = [] } of MATRICES) {
    await t.test(title, async (t) => {
      for (const row of rowsOf(table)) {
        const cells = row.cells.filter(([operation]) => !without.includes(operation))
        const seen: Record<string, string> = {}
        for (const [operation] of cells) seen[operation] = await outcome(emulator, asker, row, carrier, operation)
        const wanted = cells.map(([operation, cell]) => [operation, expected(row, operation, cell, dialect)])
        t.same(seen, Object.fromEntries(wanted), `${row.before}, ${row.whose}`)
      }
    })
  }
}
